import * as fc from "fast-check";
import sharp, { type JpegOptions } from "sharp";
import { describe, expect, it } from "vitest";
import { isPlainJpeg, markPicture } from "../../src/pictures/mark-picture.ts";
import { AppError } from "../../src/ports/errors.ts";

const gradient = sharp(
  Buffer.from(
    `<svg width="96" height="64"><linearGradient id="g"><stop stop-color="#357"/><stop offset="1" stop-color="#cb8"/>
    </linearGradient><rect width="96" height="64" fill="url(#g)"/></svg>`,
  ),
).flatten();

const plain = async (options: JpegOptions = {}): Promise<Uint8Array> =>
  new Uint8Array(await gradient.clone().jpeg(options).toBuffer());

/** A file with everything that cameras and editors leave in it. */
async function talkative(options: JpegOptions = {}): Promise<Uint8Array> {
  const withExif = await gradient
    .clone()
    .jpeg(options)
    .withExif({
      IFD0: { Make: "Camera of Somebody" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 0/1" },
    })
    .withIccProfile("srgb")
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>`,
    )
    .toBuffer();
  const comment = new TextEncoder().encode("made at home");
  const segment = Uint8Array.of(0xff, 0xfe, 0, comment.length + 2, ...comment);
  return Uint8Array.from([...withExif.subarray(0, 2), ...segment, ...withExif.subarray(2), ...comment]);
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const pixels = async (jpeg: Uint8Array): Promise<Buffer> => sharp(jpeg).raw().toBuffer();

describe("marking a picture", () => {
  it("says how it was made in one XMP packet that readers find", async () => {
    const marked = markPicture(await plain(), "trainedAlgorithmicMedia");
    const { xmp, exif, icc } = await sharp(marked).metadata();
    expect(xmp?.toString("utf8")).toContain(
      "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia<",
    );
    expect([exif, icc]).toEqual([undefined, undefined]);
  });

  it.each(["compositeSynthetic", "algorithmicallyEnhanced"] as const)("knows %s", async (source) => {
    expect(text(markPicture(await plain(), source))).toContain(`digitalsourcetype/${source}<`);
  });

  it.each([{}, { progressive: true }, { mozjpeg: true }, { chromaSubsampling: "4:4:4" }])(
    "lets nothing else survive and no pixel change: %o",
    async (options) => {
      const before = await talkative(options);
      const marked = markPicture(before, "compositeSynthetic");
      const { exif, icc, comments } = await sharp(marked).metadata();
      expect([exif, icc, comments]).toEqual([undefined, undefined, undefined]);
      expect(text(marked)).not.toMatch(/Camera of Somebody|GPS|made at home|ICC_PROFILE/);
      expect(await pixels(marked)).toEqual(await pixels(before));
    },
  );

  it("replaces an earlier mark and is then stable", async () => {
    const once = markPicture(await plain(), "trainedAlgorithmicMedia");
    const twice = markPicture(once, "compositeSynthetic");
    expect(text(twice)).not.toContain("trainedAlgorithmicMedia");
    expect(markPicture(twice, "compositeSynthetic")).toEqual(twice);
  });

  it("drops the small copy that a JFIF header may carry", () => {
    const header = [0xff, 0xe0, 0, 19, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 0, 0, 1, 0, 1, 1, 1, 7, 8, 9];
    const jpeg = Uint8Array.from([0xff, 0xd8, ...header, 0xff, 0xd9]);
    const marked = markPicture(jpeg, "compositeSynthetic");
    expect([...marked.subarray(2, 22)]).toEqual([
      0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xe1,
    ]);
  });

  it("knows which files hold pixels and nothing else", async () => {
    expect(isPlainJpeg(await plain())).toBe(true);
    expect(isPlainJpeg(await talkative())).toBe(false);
    expect(isPlainJpeg(new Uint8Array(await gradient.clone().png().toBuffer()))).toBe(false);
    expect(isPlainJpeg((await plain()).subarray(0, 300))).toBe(false);
  });

  it("answers any bytes with a mark or with one kind of error, never with a hang", async () => {
    const jpeg = await talkative();
    const damaged = fc
      .tuple(fc.nat(jpeg.length - 1), fc.nat(255), fc.nat(jpeg.length))
      .map(([at, byte, end]) => {
        const bytes = Uint8Array.from(jpeg);
        bytes[at] = byte;
        return bytes.subarray(0, end);
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array()), (bytes) => {
        try {
          markPicture(bytes, "compositeSynthetic");
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
