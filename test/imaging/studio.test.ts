import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll, describe, expect, it, vi } from "vitest";
import { createImaging } from "../../src/imaging/index.ts";
import { inspect } from "../../src/imaging/inspect.ts";
import { createStudio, STUDIO_STYLES, type Studio } from "../../src/imaging/studio/index.ts";
import type { FaceMeasures, StudioRender, StudioStyle } from "../../src/ports/imaging.ts";
import { realClock } from "../kit/time.ts";
import { jpegOf, models, noFace, noModels, oneFace, photoSet } from "./kit.ts";

/** A third woman alone, before a dark room. */
const DARK_ROOM = resolve(import.meta.dirname, "../../node_modules/@vladmandic/face-api/demo/sample1.jpg");
const inADarkRoom = () => sharp(DARK_ROOM).extract({ left: 1283, top: 71, width: 522, height: 647 });

// A render is most of a second of plain computing, and test files run side by side.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const studio = createStudio(models);
const thread = createImaging({ clock: realClock });
afterAll(() => thread.close());

const WITHOUT_MASK: StudioStyle[] = ["own-background", "black-white"];

async function measured(jpeg: Uint8Array): Promise<FaceMeasures> {
  const result = await inspect(jpeg, models);
  if (!result.ok) throw new Error(result.code);
  const { face, faceHeights } = result.inspection;
  if (!face || faceHeights?.length !== 1) throw new Error(`${faceHeights?.length ?? 0} faces`);
  return face;
}

/** What intake would hand over: upright, clean, at most 3,000 px. */
async function cleaned(picture: Sharp): Promise<Uint8Array> {
  const result = await inspect(await jpegOf(picture), models);
  if (!result.ok) throw new Error(result.code);
  return result.clean.jpeg;
}

function apart(one: FaceMeasures, other: FaceMeasures): number {
  if (!one.identity || !other.identity) throw new Error("not identified");
  const { identity } = other;
  return Math.hypot(...one.identity.map((value, index) => value - (identity[index] ?? 0)));
}

type Colour = readonly [number, number, number];

/** Mean colour of a corner, a tenth of the width. */
async function corner(jpeg: Uint8Array, side: "left" | "right"): Promise<Colour> {
  const { width } = await sharp(jpeg).metadata();
  const size = Math.round(width / 10);
  const cut = { left: side === "left" ? 0 : width - size, top: 0, width: size, height: size };
  // `stats` looks at its input, whatever is done to it before.
  const { channels } = await sharp(await sharp(jpeg).extract(cut).png().toBuffer()).stats();
  const [r, g, b] = channels.map((channel) => channel.mean);
  return [r ?? 0, g ?? 0, b ?? 0];
}

function colourDistance(a: Colour, b: Colour): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Mean difference of two pictures at thumbnail size, 0 to 255. */
async function difference(a: Uint8Array, b: Uint8Array): Promise<number> {
  const small = (jpeg: Uint8Array) => sharp(jpeg).resize(64, 80, { fit: "fill" }).raw().toBuffer();
  const [one, other] = await Promise.all([small(a), small(b)]);
  let sum = 0;
  one.forEach((value, at) => (sum += Math.abs(value - (other[at] ?? 0))));
  return sum / one.length;
}

async function renderAll(of: Studio, source: Uint8Array, seed = 1): Promise<Map<StudioStyle, StudioRender>> {
  const out = new Map<StudioStyle, StudioRender>();
  for (const style of STUDIO_STYLES) out.set(style, await of.render({ source, style, seed }));
  return out;
}

async function expectHeadshot(render: StudioRender, source: FaceMeasures): Promise<void> {
  const metadata = await sharp(render.jpeg).metadata();
  expect(metadata).toMatchObject({ format: "jpeg", width: render.width, height: render.height });
  expect(render.width / render.height).toBeCloseTo(0.8, 2);
  expect([metadata.exif, metadata.icc, metadata.xmp, metadata.iptc]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  const face = await measured(render.jpeg);
  expect(face.boxScore).toBeGreaterThan(0.5);
  expect(face.sharpness).toBeGreaterThan(0.12);
  expect(face.outsideShare).toBe(0);
  expect(face.eyeLine).toBeGreaterThan(0.28);
  expect(face.eyeLine).toBeLessThan(0.5);
  expect(apart(face, source)).toBeLessThan(0.35);
}

describe("the studio with faces that come with a dependency", async () => {
  const source = await cleaned(oneFace());
  const other = await cleaned(inADarkRoom());
  const sourceFace = await measured(source);
  const renders = await renderAll(studio, source);
  const of = (style: StudioStyle) => {
    const render = renders.get(style);
    if (!render) throw new Error(style);
    return render;
  };

  it("offers all nine looks where it trusts its mask", async () => {
    const plan = await studio.plan(source);
    expect(plan.styles).toEqual(STUDIO_STYLES);
    expect(plan.maskTrusted).toBe(true);
    expect(plan.cropCost).toBeLessThan(0.8);
  });

  it.each(STUDIO_STYLES)("makes %s: the same person, well framed, no metadata", async (style) => {
    const render = of(style);
    await expectHeadshot(render, sourceFace);
    expect(render.width).toBeGreaterThanOrEqual(1024);
    expect(render.backdropReplaced).toBe(style !== "own-background");
  });

  it("puts different people before the same backdrop, and not before their own", async () => {
    for (const style of ["corporate-grey", "plain-white", "black-white"] as const) {
      const theirs = await studio.render({ source: other, style, seed: 1 });
      for (const side of ["left", "right"] as const) {
        const mine = await corner(of(style).jpeg, side);
        expect(colourDistance(mine, await corner(theirs.jpeg, side))).toBeLessThan(22);
        // Her own place is bright, so white tells nothing.
        if (style !== "plain-white") {
          expect(colourDistance(mine, await corner(source, side))).toBeGreaterThan(25);
        }
      }
    }
  });

  it("keeps a white backdrop white and a person's own background hers", async () => {
    for (const side of ["left", "right"] as const) {
      expect(Math.min(...(await corner(of("plain-white").jpeg, side)))).toBeGreaterThan(240);
    }
    const kept = await difference(of("own-background").jpeg, of("outdoor-park").jpeg);
    expect(kept).toBeGreaterThan(10);
  });

  it("makes looks that differ from each other", async () => {
    const pictures = [...renders.values()];
    for (const [i, one] of pictures.entries()) {
      for (const two of pictures.slice(i + 1))
        expect(await difference(one.jpeg, two.jpeg)).toBeGreaterThan(3);
    }
  });

  it("makes black and white without any colour", async () => {
    const { channels } = await sharp(of("black-white").jpeg).stats();
    expect(channels[0]?.mean).toBeCloseTo(channels[1]?.mean ?? 0, 0);
    expect(channels[1]?.mean).toBeCloseTo(channels[2]?.mean ?? 0, 0);
  });

  it("gives the same bytes for the same seed, also on another thread with nothing kept", async () => {
    for (const style of ["city", "own-background"] as const) {
      const elsewhere = await thread.renderStudio({ source, style, seed: 1 });
      expect(Buffer.from(elsewhere.jpeg).equals(of(style).jpeg)).toBe(true);
    }
  });

  it("gives another picture for another seed", async () => {
    for (const style of ["corporate-grey", "city"] as const) {
      const next = await studio.render({ source, style, seed: 2 });
      expect(await difference(next.jpeg, of(style).jpeg)).toBeGreaterThan(1);
      await expectHeadshot(next, sourceFace);
    }
  });

  it("falls back to the two looks that need no outline when segmentation did not load", async () => {
    const blind = createStudio({ faces: models.faces, segmentation: noModels.segmentation });
    expect(await blind.plan(source)).toMatchObject({ styles: WITHOUT_MASK, maskTrusted: false });
    for (const style of WITHOUT_MASK) {
      const render = await blind.render({ source, style, seed: 1 });
      expect(render.backdropReplaced).toBe(false);
      await expectHeadshot(render, sourceFace);
    }
  });

  it("falls back to them when the mask fails its self-check", async () => {
    const vague = createStudio({
      faces: models.faces,
      segmentation: () =>
        Promise.resolve({
          segment: (pixels) =>
            Promise.resolve(
              Float32Array.from({ length: pixels.width * pixels.height }, (_, p) =>
                p % pixels.width < pixels.width / 2 ? 0.9 : 0.55,
              ),
            ),
        }),
    });
    expect(await vague.plan(source)).toMatchObject({ styles: WITHOUT_MASK, maskTrusted: false });
    const render = await vague.render({ source, style: "black-white", seed: 1 });
    expect(render.backdropReplaced).toBe(false);
    await expect(vague.render({ source, style: "city", seed: 1 })).rejects.toMatchObject({
      code: "IMAGING_FAILED",
    });
  });

  it("offers nothing where there is no face, and fails a render of it", async () => {
    const empty = await jpegOf(noFace());
    expect(await studio.plan(empty)).toEqual({ styles: [], cropCost: 1, maskTrusted: false });
    await expect(studio.render({ source: empty, style: "city", seed: 1 })).rejects.toMatchObject({
      code: "IMAGING_FAILED",
    });
  });
});

const folder = photoSet();
describe.skipIf(folder === null)("the studio with the photo set", () => {
  const files = [
    "a-1.jpg",
    "d-1.jpg",
    "e-selfie.jpg",
    "f-glasses.jpg",
    "g-selfie.png",
    "h-portrait.webp",
    "m-close-selfie.jpg",
  ];

  it.each(files)("makes headshots of %s before grey paper and its own background", async (file) => {
    const result = await inspect(new Uint8Array(readFileSync(join(folder ?? "", file))), models);
    if (!result.ok) throw new Error(result.code);
    const source = result.clean.jpeg;
    expect((await studio.plan(source)).styles).toEqual(STUDIO_STYLES);
    const face = await measured(source);
    for (const style of ["corporate-grey", "own-background"] as const) {
      await expectHeadshot(await studio.render({ source, style, seed: 3 }), face);
    }
  });

  it("does not trust a mask across a microphone, nor one that loses itself in the dark", async () => {
    for (const file of ["a-2.jpg", "dark.jpg"]) {
      const result = await inspect(new Uint8Array(readFileSync(join(folder ?? "", file))), models);
      if (!result.ok) throw new Error(result.code);
      expect((await studio.plan(result.clean.jpeg)).styles).toEqual(WITHOUT_MASK);
    }
  });
});
