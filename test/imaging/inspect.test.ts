import sharp, { type Sharp } from "sharp";
import { describe, expect, it, vi } from "vitest";
import { inspect } from "../../src/imaging/inspect.ts";
import type { FaceMeasures, Inspection } from "../../src/ports/imaging.ts";
import { anotherFace, bytesOf, groupPhoto, jpegOf, models, noFace, noModels, oneFace } from "./kit.ts";

// Models start in seconds, on a busy machine in many.
vi.setConfig({ testTimeout: 120_000 });

async function inspectionOf(bytes: Uint8Array): Promise<Inspection> {
  const result = await inspect(bytes, models);
  if (!result.ok) throw new Error(result.code);
  return result.inspection;
}

async function faceOf(picture: Sharp): Promise<FaceMeasures> {
  const { face } = await inspectionOf(await jpegOf(picture));
  if (!face) throw new Error("no face was found");
  return face;
}

function apart(one: Float32Array | null, other: Float32Array | null): number {
  if (!one || !other) throw new Error("not identified");
  return Math.hypot(...one.map((value, index) => value - (other[index] ?? 0)));
}

/** A JPEG as a phone makes it: where, when, with which camera, in what position. */
async function fromPhone(orientation = 1): Promise<Uint8Array> {
  const laid = orientation === 6 ? oneFace().rotate(270) : oneFace();
  return bytesOf(
    laid
      .withExif({
        IFD0: { Make: "PhoneMaker", Software: "SecretSoftware" },
        IFD2: { DateTimeOriginal: "2026:05:17 10:11:12", BodySerialNumber: "SERIAL4711" },
        IFD3: {
          GPSLatitudeRef: "N",
          GPSLatitude: "52/1 31/1 12/1",
          GPSLongitudeRef: "E",
          GPSLongitude: "13/1 24/1 36/1",
        },
      })
      .withMetadata({ orientation })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>XMPSECRET</secret></x:xmpmeta>')
      .jpeg({ quality: 95 }),
  );
}

describe("inspecting a photo", () => {
  it("finds the one face and measures it in the original's pixels", async () => {
    const small = await faceOf(oneFace());
    const large = await faceOf(oneFace().resize({ width: 2480 }));
    expect(small.faceHeight).toBeGreaterThan(220);
    expect(small.faceHeight).toBeLessThan(260);
    expect(large.faceHeight / small.faceHeight).toBeCloseTo(4, 0);
    expect(small.box.top).toBeGreaterThan(0);
    expect(small.eyeLine).toBeGreaterThan(0.2);
    expect(small.eyeLine).toBeLessThan(0.6);
    expect(small.outsideShare).toBe(0);
    expect(small.identity).toHaveLength(128);
  });

  it("counts every face of a group, tallest first", async () => {
    const { faceHeights } = await inspectionOf(groupPhoto());
    expect(faceHeights).toHaveLength(4);
    expect(faceHeights).toEqual([...(faceHeights ?? [])].sort((a, b) => b - a));
  });

  it("says that there is no face where there is none", async () => {
    const { face, faceHeights } = await inspectionOf(await jpegOf(noFace()));
    expect(face).toBeNull();
    expect(faceHeights).toEqual([]);
  });

  it("leaves nothing of the file's metadata and keeps only the day", async () => {
    const bytes = await fromPhone();
    const words = ["SERIAL4711", "PhoneMaker", "SecretSoftware", "XMPSECRET", "Exif", "GPS"];
    const original = Buffer.from(bytes).toString("latin1");
    expect(original).toContain("SERIAL4711");
    expect(original).toContain("XMPSECRET");
    const result = await inspect(bytes, models);
    if (!result.ok) throw new Error(result.code);
    const clean = Buffer.from(result.clean.jpeg).toString("latin1");
    for (const word of words) expect(clean).not.toContain(word);
    const { exif, xmp, iptc, icc, orientation } = await sharp(result.clean.jpeg).metadata();
    expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
    expect(result.inspection.captureDay).toBe("2026-05-17");
  });

  it("applies the EXIF orientation", async () => {
    const tagged = await inspect(await fromPhone(6), models);
    const plain = await inspect(await fromPhone(1), models);
    if (!tagged.ok || !plain.ok) throw new Error("refused");
    expect([tagged.clean.width, tagged.clean.height]).toEqual([620, 760]);
    expect(
      apart(tagged.inspection.face?.identity ?? null, plain.inspection.face?.identity ?? null),
    ).toBeLessThan(0.1);
  });

  it("turns a photo that lies on its side without saying so", async () => {
    const upright = await faceOf(oneFace());
    for (const degrees of [90, 270]) {
      const result = await inspect(await jpegOf(oneFace().rotate(degrees)), models);
      if (!result.ok || !result.inspection.face) throw new Error(`not found at ${degrees}`);
      expect([result.clean.width, result.clean.height]).toEqual([620, 760]);
      expect([result.inspection.width, result.inspection.height]).toEqual([620, 760]);
      expect(apart(result.inspection.face.identity, upright.identity)).toBeLessThan(0.2);
    }
  });

  it("tells blur, darkness, glare and lost colour by their own numbers", async () => {
    const good = await faceOf(oneFace());
    expect((await faceOf(oneFace().blur(4))).sharpness).toBeLessThan(good.sharpness / 4);
    expect((await faceOf(oneFace().linear(0.25, 0))).luminanceMean).toBeLessThan(good.luminanceMean / 3);
    expect((await faceOf(oneFace().linear(2.2, 60))).brightShare).toBeGreaterThan(good.brightShare + 0.3);
    expect((await faceOf(oneFace().greyscale())).cheekChroma).toBeLessThan(2);
    expect(good.cheekChroma).toBeGreaterThan(8);
  });

  it("tells two people apart and one person's copies together", async () => {
    const one = await faceOf(oneFace());
    const again = await faceOf(oneFace().resize({ width: 500 }).modulate({ brightness: 1.15 }));
    const other = await faceOf(anotherFace());
    expect(apart(one.identity, again.identity)).toBeLessThan(0.25);
    expect(apart(one.identity, other.identity)).toBeGreaterThan(0.5);
  });

  it("says how much of a face is outside the picture", async () => {
    const { box, faceHeight } = await faceOf(oneFace());
    const left = Math.round(box.left + box.width * 0.45);
    const half = sharp(await oneFace().png().toBuffer()).extract({
      left,
      top: 0,
      width: 620 - left,
      height: 760,
    });
    const cut = await inspectionOf(await jpegOf(half));
    expect(faceHeight).toBeGreaterThan(0);
    // A detector may also lose half a face altogether; what it must not do is call it whole.
    expect(cut.face?.outsideShare ?? 1).toBeGreaterThan(0.12);
  });

  it("still cleans and hashes where no model loads, and says that faces were not checked", async () => {
    const result = await inspect(await fromPhone(6), noModels);
    if (!result.ok) throw new Error(result.code);
    expect(result.inspection.faceHeights).toBeNull();
    expect(result.inspection.face).toBeNull();
    expect(result.inspection.hash).toMatch(/^[0-9a-f]{16}$/);
    expect([result.clean.width, result.clean.height]).toEqual([620, 760]);
  });

  it("measures the same numbers every time", async () => {
    const bytes = await jpegOf(oneFace());
    expect(await inspectionOf(bytes)).toEqual(await inspectionOf(bytes));
  });
});
