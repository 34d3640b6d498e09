import sharp, { type Metadata, type Sharp } from "sharp";
import { AppError } from "../../ports/errors.ts";
import type { DecodeRefusal } from "../../ports/imaging.ts";
import { isDisplayP3, toSrgb } from "./display-p3.ts";
import { captureDay } from "./exif.ts";
import { decodeHeic } from "./heic.ts";
import { toPixels, type Pixels } from "../pixels.ts";
import { sniff } from "./sniff.ts";

/** The contract's limits on one file. */
const DECODE_LIMITS = {
  bytes: 25 * 1024 * 1024,
  pixels: 50_000_000,
  longSide: 16_000,
  shortSide: 100,
  seconds: 20,
} as const;

/** The long side of what is kept: enough for a 1024 px crop of a face that fills a third of the picture. */
const KEPT_SIDE = 3000;

interface Decoded {
  readonly ok: true;
  /** The upright picture, long side at most 3,000 px. */
  readonly pixels: Pixels;
  /** The upright original's size. */
  readonly width: number;
  readonly height: number;
  readonly captureDay: string | null;
}

type DecodeResult = Decoded | { readonly ok: false; readonly code: DecodeRefusal; readonly detail?: string };

/** Bytes from a stranger to upright 8-bit sRGB pixels, cheapest checks first. A bad file is a value, never an error. */
export async function decode(bytes: Uint8Array): Promise<DecodeResult> {
  if (bytes.length > DECODE_LIMITS.bytes)
    return { ok: false, code: "file_too_large", detail: megabytes(bytes) };
  const kind = sniff(bytes);
  if (kind === "not-an-image") return { ok: false, code: "not_an_image" };
  if (kind === "other-image") return { ok: false, code: "unsupported_type" };
  const metadata = await readMetadata(bytes);
  if (!metadata) return { ok: false, code: "unreadable" };
  const { width, height } = metadata.autoOrient;
  const detail = `${width} x ${height}`;
  if (width * height > DECODE_LIMITS.pixels || Math.max(width, height) > DECODE_LIMITS.longSide) {
    return { ok: false, code: "dimensions_too_large", detail };
  }
  if (Math.min(width, height) < DECODE_LIMITS.shortSide) return { ok: false, code: "low_resolution", detail };
  if (kind !== "heic" && (metadata.pages ?? 1) > 1) return { ok: false, code: "animated" };
  if (kind === "heic") {
    const heic = await decodeHeic(bytes);
    if (heic === "no-decoder") return { ok: false, code: "unsupported_type", detail: "HEIC" };
    if (heic === "damaged") return { ok: false, code: "unreadable" };
    const pixels = await keep(
      sharp(heic.data, { raw: { width: heic.width, height: heic.height, channels: 4 } }),
    );
    if (!pixels) return { ok: false, code: "unreadable" };
    const inSrgb = isDisplayP3(metadata.icc) ? toSrgb(pixels) : pixels;
    return {
      ok: true,
      pixels: inSrgb,
      width: heic.width,
      height: heic.height,
      captureDay: captureDay(metadata.exif),
    };
  }
  const source = sharp(bytes, { limitInputPixels: DECODE_LIMITS.pixels, failOn: "truncated" }).autoOrient();
  const pixels = await keep(source);
  if (!pixels) return { ok: false, code: "unreadable" };
  return { ok: true, pixels, width, height, captureDay: captureDay(metadata.exif) };
}

/** Decodes a JPEG that this program made, shrunk to `longSide`. Damage is a defect here. */
export async function decodeOwn(jpeg: Uint8Array, longSide = KEPT_SIDE): Promise<Pixels> {
  const pixels = await keep(sharp(jpeg, { failOn: "truncated" }).autoOrient(), longSide);
  if (!pixels) throw new AppError("IMAGING_FAILED", "a stored picture could not be decoded");
  return pixels;
}

async function keep(source: Sharp, longSide = KEPT_SIDE): Promise<Pixels | null> {
  const pipeline = source
    .flatten({ background: "#ffffff" })
    .resize(longSide, longSide, { fit: "inside", withoutEnlargement: true })
    .timeout({ seconds: DECODE_LIMITS.seconds });
  return toPixels(pipeline).catch((error: unknown) => {
    if (error instanceof AppError) throw error;
    return null;
  });
}

async function readMetadata(bytes: Uint8Array): Promise<Metadata | null> {
  // The pixel limit is off here so that the size can be told; no pixel is decoded by this call.
  return sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
}

function megabytes(bytes: Uint8Array): string {
  return `${Math.ceil(bytes.length / 1024 / 1024)} MB`;
}
