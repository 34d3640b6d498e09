import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { decode } from "../../src/imaging/decode/index.ts";
import { bytesOf, jpegOf, noFace, oneFace } from "./kit.ts";

async function codeOf(bytes: Uint8Array): Promise<string> {
  const result = await decode(bytes);
  return result.ok ? "ok" : result.code;
}

async function meanColour(bytes: Uint8Array): Promise<number[]> {
  const result = await decode(bytes);
  if (!result.ok) throw new Error(result.code);
  const { data, width, height } = result.pixels;
  expect(data.length).toBe(width * height * 3);
  const sum = [0, 0, 0];
  data.forEach((value, at) => (sum[at % 3] = (sum[at % 3] ?? 0) + value));
  return sum.map((value) => value / (width * height));
}

function expectNear(actual: number[], wanted: number[], tolerance: number): void {
  actual.forEach((value, channel) =>
    expect(Math.abs(value - (wanted[channel] ?? 0))).toBeLessThan(tolerance),
  );
}

/** A PNG header that announces a size; the pixels are missing. */
function pngHeader(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(57);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  bytes.write("IHDR", 12, "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.set([8, 2, 0, 0, 0], 24);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  bytes.write("IDAT", 37, "latin1");
  return new Uint8Array(bytes);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe("decoding a file from a stranger", () => {
  it("takes JPEG, PNG and WebP by what they hold", async () => {
    expect(await codeOf(await bytesOf(noFace().jpeg()))).toBe("ok");
    expect(await codeOf(await bytesOf(noFace().png()))).toBe("ok");
    expect(await codeOf(await bytesOf(noFace().webp()))).toBe("ok");
  });

  it("refuses what is not an image, an SVG above all", async () => {
    const text = (words: string) => new TextEncoder().encode(words);
    expect(await codeOf(new Uint8Array())).toBe("not_an_image");
    expect(await codeOf(text("just some words in a file named photo.jpg"))).toBe("not_an_image");
    expect(await codeOf(text('<svg xmlns="http://www.w3.org/2000/svg"><rect width="9"/></svg>'))).toBe(
      "not_an_image",
    );
    expect(await codeOf(text('<?xml version="1.0"?><svg></svg>'))).toBe("not_an_image");
    expect(await codeOf(text("\0\0\0\x20ftypisom and a film"))).toBe("not_an_image");
  });

  it("names images of another type", async () => {
    expect(await codeOf(await bytesOf(noFace().gif()))).toBe("unsupported_type");
    expect(await codeOf(await bytesOf(noFace().tiff()))).toBe("unsupported_type");
    expect(await codeOf(new TextEncoder().encode("\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"))).toBe(
      "unsupported_type",
    );
    expect(await codeOf(new TextEncoder().encode("\0\0\0\x1cftypmif1\0\0\0\0avifmif1miaf"))).toBe(
      "unsupported_type",
    );
  });

  it("refuses a moving WebP", async () => {
    const frames = await Promise.all(["#f00", "#0f0"].map((background) => frame(background)));
    const moving = sharp(frames, { join: { animated: true } }).webp({ loop: 0 });
    expect(await codeOf(await bytesOf(moving))).toBe("animated");
  });

  it("refuses what was cut off, whatever the format", async () => {
    for (const whole of [
      await jpegOf(oneFace()),
      await bytesOf(oneFace().png()),
      await bytesOf(oneFace().webp()),
    ]) {
      expect(await codeOf(whole.subarray(0, Math.floor(whole.length * 0.55)))).toBe("unreadable");
      expect(await codeOf(whole.subarray(0, 16))).toBe("unreadable");
    }
  });

  it("refuses a bomb from its header, telling the size", async () => {
    expect(await decode(pngHeader(30_000, 30_000))).toEqual({
      ok: false,
      code: "dimensions_too_large",
      detail: "30000 x 30000",
    });
    expect(await codeOf(pngHeader(16_001, 200))).toBe("dimensions_too_large");
    expect(await codeOf(pngHeader(8_000, 6_251))).toBe("dimensions_too_large");
  });

  it("refuses more than 25 MB unread, and under 100 px", async () => {
    expect(await decode(new Uint8Array(25 * 1024 * 1024 + 1))).toMatchObject({
      ok: false,
      code: "file_too_large",
    });
    expect(await codeOf(await bytesOf(noFace().resize(300, 99, { fit: "fill" }).png()))).toBe(
      "low_resolution",
    );
    expect(await codeOf(await bytesOf(noFace().resize(300, 100, { fit: "fill" }).png()))).toBe("ok");
  });

  it("turns CMYK, 16 bits, grey, transparency and Display P3 into plain sRGB", async () => {
    const wanted = await meanColour(await bytesOf(oneFace().png()));
    expectNear(await meanColour(await bytesOf(oneFace().toColourspace("rgb16").png())), wanted, 1);
    expectNear(await meanColour(await bytesOf(oneFace().ensureAlpha().webp({ lossless: true }))), wanted, 1);
    expectNear(await meanColour(await bytesOf(oneFace().withIccProfile("p3").png())), wanted, 2);
    expectNear(
      await meanColour(await bytesOf(oneFace().toColourspace("cmyk").jpeg({ quality: 95 }))),
      wanted,
      12,
    );
    const grey = await meanColour(await bytesOf(oneFace().greyscale().png()));
    expectNear(grey, [grey[0] ?? 0, grey[0] ?? 0, grey[0] ?? 0], 0.01);
  });

  it("lays transparent pixels on white", async () => {
    const clear = sharp({ create: { width: 120, height: 120, channels: 4, background: "#0000" } });
    expect(await meanColour(await bytesOf(clear.png()))).toEqual([255, 255, 255]);
  });

  it("applies all eight EXIF orientations", async () => {
    const upright = await decode(await bytesOf(oneFace().resize(310).png()));
    if (!upright.ok) throw new Error(upright.code);
    // How a camera that was held that way stores the picture; sharp mirrors before it turns.
    const stored: ((picture: Sharp) => Sharp)[] = [
      (picture) => picture,
      (picture) => picture.flop(),
      (picture) => picture.rotate(180),
      (picture) => picture.flip(),
      (picture) => picture.flip().rotate(90),
      (picture) => picture.rotate(270),
      (picture) => picture.flop().rotate(90),
      (picture) => picture.rotate(90),
    ];
    for (const [index, store] of stored.entries()) {
      const still = sharp(await oneFace().resize(310).png().toBuffer());
      const laid = await store(still).png().toBuffer();
      const tagged = await bytesOf(
        sharp(laid)
          .withMetadata({ orientation: index + 1 })
          .png(),
      );
      const result = await decode(tagged);
      if (!result.ok) throw new Error(result.code);
      expect([result.width, result.height]).toEqual([310, 380]);
      const off = result.pixels.data.filter(
        (value, at) => Math.abs(value - (upright.pixels.data[at] ?? 0)) > 2,
      );
      expect(off.length, `orientation ${index + 1}`).toBe(0);
    }
  });

  it("keeps at most 3,000 px of a long side and still tells the original's size", async () => {
    const result = await decode(await bytesOf(noFace().resize(4000, 3000, { fit: "fill" }).jpeg()));
    if (!result.ok) throw new Error(result.code);
    expect([result.width, result.height]).toEqual([4000, 3000]);
    expect([result.pixels.width, result.pixels.height]).toEqual([3000, 2250]);
  });
});

async function frame(background: string): Promise<Buffer> {
  return sharp({ create: { width: 120, height: 120, channels: 3, background } })
    .png()
    .toBuffer();
}
