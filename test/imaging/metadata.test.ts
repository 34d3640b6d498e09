import sharp from "sharp";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDisplayP3, toSrgb } from "../../src/imaging/decode/display-p3.ts";
import { captureDay } from "../../src/imaging/decode/exif.ts";
import { toPixels } from "../../src/imaging/pixels.ts";
import { oneFace } from "./kit.ts";

async function exifOf(fields: Record<string, Record<string, string>>): Promise<Uint8Array> {
  const { exif } = await sharp(await oneFace().resize(64).withExif(fields).jpeg().toBuffer()).metadata();
  if (!exif) throw new Error("no EXIF was written");
  return exif;
}

describe("the capture day", () => {
  it("is when the picture was taken, else when it was digitised, never when it was edited", async () => {
    const taken = { DateTimeOriginal: "2026:05:17 23:59:59", DateTimeDigitized: "2026:06:01 00:00:00" };
    expect(captureDay(await exifOf({ IFD0: { DateTime: "2026:07:01 00:00:00" }, IFD2: taken }))).toBe(
      "2026-05-17",
    );
    expect(captureDay(await exifOf({ IFD2: { DateTimeDigitized: "2026:06:01 00:00:00" } }))).toBe(
      "2026-06-01",
    );
    expect(captureDay(await exifOf({ IFD0: { DateTime: "2026:07:01 00:00:00" } }))).toBeNull();
  });

  it("is unknown for empty, impossible and absent dates", async () => {
    expect(captureDay(undefined)).toBeNull();
    expect(captureDay(await exifOf({ IFD2: { DateTimeOriginal: "0000:00:00 00:00:00" } }))).toBeNull();
    expect(captureDay(await exifOf({ IFD2: { DateTimeOriginal: "2026:13:41 00:00:00" } }))).toBeNull();
  });

  it("never throws, whatever the block holds", async () => {
    const whole = await exifOf({ IFD2: { DateTimeOriginal: "2026:05:17 10:00:00" } });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), (length, at, value) => {
        const damaged = whole.slice(0, length);
        damaged[at] = value;
        const day = captureDay(damaged);
        expect(day === null || /^\d{4}-\d{2}-\d{2}$/.test(day)).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void captureDay(bytes)));
  });
});

describe("Display P3", () => {
  it("is recognised by the profile's name", async () => {
    const plain = await sharp(await oneFace().resize(64).withIccProfile("srgb").png().toBuffer()).metadata();
    expect(isDisplayP3(plain.icc)).toBe(false);
    expect(isDisplayP3(undefined)).toBe(false);
    // As cameras write it: a multi-language text in UTF-16, big-endian.
    const named = Buffer.from("\0\0\0\0mluc\0\0\0\0enUS\0D\0i\0s\0p\0l\0a\0y\0 \0P\x003", "latin1");
    expect(isDisplayP3(named)).toBe(true);
  });

  it("converts to sRGB as libvips does", async () => {
    const png = await oneFace().resize(96).withIccProfile("p3").png().toBuffer();
    const wanted = await toPixels(sharp(png));
    // The same file without its profile: the numbers are still Display P3.
    const raw = await sharp(png, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true });
    const { width, height } = raw.info;
    const converted = toSrgb({ data: new Uint8Array(raw.data), width, height });
    const off = converted.data.map((value, at) => Math.abs(value - (wanted.data[at] ?? 0)));
    expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(1.5);
  });
});
