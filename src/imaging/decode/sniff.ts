/** What the first bytes say. Names and announced types are never believed: sharp would render a renamed SVG. */
export type FileKind = "jpeg" | "png" | "webp" | "heic" | "other-image" | "not-an-image";

const HEIC_BRANDS = new Set(["heic", "heix", "heim", "heis", "mif1"]);
/** Picture sequences and AV1 pictures use the same container. */
const OTHER_BRANDS = new Set(["hevc", "hevx", "msf1", "avif", "avis"]);

const OTHER_IMAGES: readonly string[] = [
  "GIF87a",
  "GIF89a",
  "BM",
  "II*\0",
  "MM\0*",
  "8BPS",
  "\0\0\x01\0",
  "\xff\x0a",
  "\0\0\0\x0cJXL ",
  "\0\0\0\x0cjP  ",
];

/** Tells the file's kind from its magic bytes alone. */
export function sniff(bytes: Uint8Array): FileKind {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\xff\xd8\xff")) return "jpeg";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "webp";
  if (head.slice(4, 8) === "ftyp") return boxKind(bytes, head.slice(8, 12));
  return OTHER_IMAGES.some((magic) => head.startsWith(magic)) ? "other-image" : "not-an-image";
}

function boxKind(bytes: Uint8Array, brand: string): FileKind {
  if (OTHER_BRANDS.has(brand)) return "other-image";
  if (!HEIC_BRANDS.has(brand)) return "not-an-image";
  // "mif1" only says "a picture"; its compatible brands say which codec.
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const compatible = String.fromCharCode(...bytes.subarray(16, Math.min(length, 128, bytes.length)));
  return compatible.includes("avif") && !compatible.includes("heic") ? "other-image" : "heic";
}
