import sharp from "sharp";
import { afterAll, describe, expect, it, vi } from "vitest";
import { createImaging } from "../../src/imaging/index.ts";
import { realClock } from "../kit/time.ts";
import { jpegOf, noFace, oneFace } from "./kit.ts";

// Models start in seconds, on a busy machine in many.
vi.setConfig({ testTimeout: 120_000 });

const imaging = createImaging({ clock: realClock });

afterAll(() => imaging.close());

describe("the real imaging thread", () => {
  it("starts from sources and passes its self-test", async () => {
    const { faces, identity, segmentation } = await imaging.status();
    expect({ faces, identity, segmentation }).toEqual({
      faces: "ready",
      identity: "ready",
      segmentation: "ready",
    });
  });

  it("inspects a photo and hands back a JPEG of its own", async () => {
    const result = await imaging.inspect(await jpegOf(oneFace()));
    if (!result.ok) throw new Error(result.code);
    expect(result.inspection.face?.identity).toBeInstanceOf(Float32Array);
    expect(result.clean.jpeg.buffer.byteLength).toBe(result.clean.jpeg.byteLength);
    expect(await sharp(result.clean.jpeg).metadata()).toMatchObject({
      format: "jpeg",
      width: 620,
      height: 760,
    });
  });

  it("answers a bad file with a value and goes on working", async () => {
    expect(await imaging.inspect(new Uint8Array([1, 2, 3]))).toEqual({ ok: false, code: "not_an_image" });
    const whole = await jpegOf(oneFace());
    expect(await imaging.inspect(whole.subarray(0, 9000))).toEqual({ ok: false, code: "unreadable" });
    expect((await imaging.inspect(whole)).ok).toBe(true);
  });

  it("fails a task on a damaged stored picture without losing the thread", async () => {
    await expect(imaging.thumbnail(new Uint8Array([1, 2, 3]), 100)).rejects.toMatchObject({
      code: "IMAGING_FAILED",
    });
    expect(await imaging.thumbnail(await jpegOf(oneFace()), 100)).toMatchObject({ height: 100 });
  });

  it("cuts the three crops round the face, never enlarged", async () => {
    const jpeg = await jpegOf(oneFace());
    const square = await imaging.crop(jpeg, "linkedin-square");
    expect(square.width).toBe(square.height);
    expect(square.width).toBeLessThanOrEqual(620);
    const circle = await imaging.crop(jpeg, "circle-safe");
    expect(circle.width).toBe(circle.height);
    expect(circle.width).toBeGreaterThan(square.width);
    const portrait = await imaging.crop(jpeg, "portrait-4x5");
    expect(portrait.width / portrait.height).toBeCloseTo(0.8, 2);
    const large = await imaging.crop(await jpegOf(oneFace().resize({ width: 2480 })), "linkedin-square");
    expect([large.width, large.height]).toEqual([800, 800]);
  });

  it("puts the eyes a little above the middle and the head inside the circle", async () => {
    const { jpeg } = await imaging.crop(await jpegOf(oneFace()), "circle-safe");
    const result = await imaging.inspect(jpeg);
    if (!result.ok || !result.inspection.face) throw new Error("the crop lost the face");
    const { box, eyeLine } = result.inspection.face;
    const { width } = result.inspection;
    expect(eyeLine).toBeGreaterThan(0.3);
    expect(eyeLine).toBeLessThan(0.5);
    const corners = [box.left, box.left + box.width].flatMap((x) =>
      [box.top, box.top + box.height].map((y) => ({ x, y })),
    );
    for (const { x, y } of corners) expect(Math.hypot(x - width / 2, y - width / 2)).toBeLessThan(width / 2);
  });

  it("makes a training square with the face at 46 % of its height, and none without a face", async () => {
    const crop = await imaging.trainingCrop(await jpegOf(oneFace()));
    if (!crop) throw new Error("no crop");
    expect([crop.width, crop.height]).toEqual([1024, 1024]);
    const result = await imaging.inspect(crop.jpeg);
    if (!result.ok || !result.inspection.face) throw new Error("the crop lost the face");
    const { box, faceHeight } = result.inspection.face;
    expect((box.top + box.height / 2) / 1024).toBeCloseTo(0.46, 1);
    expect(1024 / faceHeight).toBeCloseTo(2.6, 0);
    expect(await imaging.trainingCrop(await jpegOf(noFace()))).toBeNull();
  });
});
