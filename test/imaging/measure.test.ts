import * as fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it, vi } from "vitest";
import { alignedChip, chipExtent, mirrored } from "../../src/imaging/measure/align.ts";
import { hashPair } from "../../src/imaging/measure/hash.ts";
import { findFaces } from "../../src/imaging/measure/index.ts";
import { toLab } from "../../src/imaging/measure/lab.ts";
import { eachPixelInside } from "../../src/imaging/measure/polygon.ts";
import { sharpness } from "../../src/imaging/measure/sharpness.ts";
import type { Face } from "../../src/imaging/models/faces.ts";
import { rawOf, toPixels, type Pixels } from "../../src/imaging/pixels.ts";
import { hashDistance } from "../../src/selfies/rules/distance.ts";
import { anotherFace, models, noFace, oneFace } from "./kit.ts";

// Models start in seconds, on a busy machine in many.
vi.setConfig({ testTimeout: 120_000 });

async function tallest(pixels: Pixels): Promise<Face> {
  const model = await models.faces();
  const face = model && (await findFaces(model, pixels))[0];
  if (!face) throw new Error("no face was found");
  return face;
}

function redo(pixels: Pixels): Sharp {
  return sharp(pixels.data, rawOf(pixels));
}

describe("the hash of a picture", () => {
  it("stays near for copies and goes far for other pictures", async () => {
    const original = await toPixels(oneFace());
    const { hash } = await hashPair(original);
    const away = async (picture: Sharp) => hashDistance(hash, (await hashPair(await toPixels(picture))).hash);
    expect(await away(redo(original).resize(200))).toBeLessThanOrEqual(4);
    expect(await away(redo(original).modulate({ brightness: 1.2 }))).toBeLessThanOrEqual(4);
    expect(await away(sharp(await redo(original).greyscale().png().toBuffer()))).toBeLessThanOrEqual(4);
    expect(await away(sharp(await redo(original).jpeg({ quality: 30 }).toBuffer()))).toBeLessThanOrEqual(4);
    expect(
      await away(redo(original).extract({ left: 9, top: 11, width: 601, height: 737 })),
    ).toBeLessThanOrEqual(10);
    expect(await away(anotherFace())).toBeGreaterThanOrEqual(16);
    expect(await away(noFace())).toBeGreaterThanOrEqual(16);
  });

  it("knows its mirror image", async () => {
    const original = await toPixels(oneFace());
    const flopped = await hashPair(await toPixels(redo(original).flop()));
    const { hash, mirrorHash } = await hashPair(original);
    expect(hashDistance(flopped.hash, mirrorHash)).toBeLessThanOrEqual(2);
    expect(hashDistance(flopped.hash, hash)).toBeGreaterThanOrEqual(16);
  });
});

describe("sharpness", () => {
  it("falls with every step of blur, and for motion along either axis", async () => {
    const original = await toPixels(oneFace());
    const face = await tallest(original);
    const of = async (picture: Sharp) => sharpness(await toPixels(picture), face);
    const steps = [sharpness(original, face)];
    for (const sigma of [1, 2, 3, 5]) steps.push(await of(redo(original).blur(sigma)));
    expect(steps).toEqual(steps.toSorted((a, b) => b - a));
    expect(steps.at(-2)).toBeLessThan(0.062);
    const row = Array.from({ length: 121 }, (_, at) => (Math.floor(at / 11) === 5 ? 1 : 0));
    const column = Array.from({ length: 121 }, (_, at) => (at % 11 === 5 ? 1 : 0));
    for (const kernel of [row, column]) {
      expect(await of(redo(original).convolve({ width: 11, height: 11, kernel }))).toBeLessThan(0.12);
    }
  });

  it("does not depend on light or contrast", async () => {
    const original = await toPixels(oneFace());
    const face = await tallest(original);
    const dim = await toPixels(redo(original).linear(0.5, 20));
    expect(sharpness(dim, face)).toBeCloseTo(sharpness(original, face), 1);
  });
});

describe("the aligned chip", () => {
  it("is the same whichever way the head leans", async () => {
    const original = await toPixels(oneFace().resize({ width: 1240 }));
    const leaning = await toPixels(redo(original).rotate(20, { background: "#808080" }));
    const [one, other] = [
      alignedChip(original, await tallest(original), 64),
      alignedChip(leaning, await tallest(leaning), 64),
    ];
    const off =
      one.data.reduce((sum, value, at) => sum + Math.abs(value - (other.data[at] ?? 0)), 0) / one.data.length;
    expect(off).toBeLessThan(12);
  });

  it("repeats the edge beyond the picture", () => {
    const data = new Uint8Array(100 * 100 * 3).fill(77);
    const corner: Face = { boxScore: 1, meshScore: 1, yaw: 0, pitch: 0, roll: 0, mesh: meshAround(2, 2) };
    const chip = alignedChip({ data, width: 100, height: 100 }, corner, 32);
    expect(chipExtent(corner)).toBeGreaterThan(20);
    expect(chip.data.every((value) => value === 77)).toBe(true);
  });

  it("is mirrored left to right", () => {
    const data = Uint8Array.from([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
    expect(mirrored({ data, width: 2, height: 2 }).data).toEqual(
      Uint8Array.from([2, 2, 2, 1, 1, 1, 4, 4, 4, 3, 3, 3]),
    );
  });
});

describe("polygons and colours", () => {
  it("visits the pixels of a rectangle exactly once, inside the picture only", () => {
    const side = fc.integer({ min: -20, max: 60 });
    fc.assert(
      fc.property(side, side, side, side, (x1, y1, x2, y2) => {
        const corners = [
          { x: x1, y: y1 },
          { x: x2, y: y1 },
          { x: x2, y: y2 },
          { x: x1, y: y2 },
        ];
        const seen: number[] = [];
        eachPixelInside(corners, 40, 30, 1, (index) => seen.push(index));
        const span = (a: number, b: number, size: number) =>
          Math.max(0, Math.min(size, Math.max(a, b)) - Math.max(0, Math.min(a, b)));
        expect(seen.length).toBe(span(x1, x2, 40) * span(y1, y2, 30));
        expect(new Set(seen).size).toBe(seen.length);
      }),
    );
  });

  it("knows the Lab values of well-known colours", () => {
    expect(toLab(255, 255, 255).l).toBeCloseTo(100, 1);
    const red = toLab(255, 0, 0);
    expect([red.l, red.a, red.b].map(Math.round)).toEqual([53, 80, 67]);
    const grey = toLab(119, 119, 119);
    expect(Math.hypot(grey.a, grey.b)).toBeLessThan(0.05);
  });
});

/** A mesh whose eyes and mouth stand ten pixels apart round a point; nothing else of it is read. */
function meshAround(x: number, y: number): Face["mesh"] {
  const mouth = new Set([61, 291, 0, 17, 13, 14]);
  const right = new Set([362, 385, 387, 263, 373, 380]);
  return Array.from({ length: 478 }, (_, index) => ({
    x: mouth.has(index) ? x : right.has(index) ? x + 4 : x - 4,
    y: mouth.has(index) ? y + 10 : y,
    z: 0,
  }));
}
