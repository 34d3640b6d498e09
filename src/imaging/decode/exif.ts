const IFD_POINTER = 0x8769;
/** DateTimeOriginal, then DateTimeDigitized (Exif 2.32, table 8); DateTime (0x0132) is when a file was edited. */
const TAKEN_TAGS = [0x9003, 0x9004];
const HEADER = "Exif\0\0";

/** The capture day "YYYY-MM-DD" in an EXIF block, as the camera's own clock told it, or null. Never throws. */
export function captureDay(exif: Uint8Array | undefined): string | null {
  if (!exif) return null;
  try {
    return readDay(exif);
  } catch (error) {
    // A pointer beyond the block: the metadata is damaged, the picture need not be.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readDay(exif: Uint8Array): string | null {
  const start = latin1(exif.subarray(0, HEADER.length)) === HEADER ? HEADER.length : 0;
  const tiff = new DataView(exif.buffer, exif.byteOffset + start, exif.byteLength - start);
  const order = tiff.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const little = order === 0x4949;
  const pointer = findEntry(tiff, tiff.getUint32(4, little), IFD_POINTER, little);
  if (pointer === null) return null;
  const folder = tiff.getUint32(pointer + 8, little);
  for (const tag of TAKEN_TAGS) {
    const entry = findEntry(tiff, folder, tag, little);
    if (entry === null) continue;
    const offset = tiff.getUint32(entry + 8, little);
    const day = parseDay(latin1(new Uint8Array(tiff.buffer, tiff.byteOffset + offset, 10)));
    if (day) return day;
  }
  return null;
}

/** Offset of the twelve-byte entry with this tag, or null. */
function findEntry(tiff: DataView, folder: number, tag: number, little: boolean): number | null {
  const count = tiff.getUint16(folder, little);
  for (let index = 0; index < count; index++) {
    const entry = folder + 2 + index * 12;
    if (tiff.getUint16(entry, little) === tag) return entry;
  }
  return null;
}

function parseDay(text: string): string | null {
  const match = /^(\d{4})[:-](\d{2})[:-](\d{2})$/.exec(text);
  if (!match || match[1] === "0000") return null;
  const month = Number(match[2]);
  const day = Number(match[3]);
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? `${match[1]}-${match[2]}-${match[3]}` : null;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
