/** One piece of a JPEG file (ITU-T T.81 annex B). */
export interface Segment {
  /** Second byte of the marker: 0xd8 SOI, 0xe0 to 0xef APP0 to APP15, 0xda SOS, 0xd9 EOI ... */
  readonly marker: number;
  /** The whole piece with its marker; of a scan also its coded data. */
  readonly bytes: Uint8Array;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

/** Cuts a JPEG into its segments, SOI to EOI; whatever follows EOI is dropped. Null for bytes that are no complete JPEG. */
export function jpegSegments(jpeg: Uint8Array): readonly Segment[] | null {
  if (jpeg[0] !== 0xff || jpeg[1] !== SOI) return null;
  const segments: Segment[] = [{ marker: SOI, bytes: jpeg.subarray(0, 2) }];
  let at = 2;
  while (at < jpeg.length) {
    while (jpeg[at] === 0xff && jpeg[at + 1] === 0xff) at += 1;
    const marker = jpeg[at + 1];
    if (jpeg[at] !== 0xff || marker === undefined) return null;
    if (marker === EOI) return [...segments, { marker, bytes: jpeg.subarray(at, at + 2) }];
    const length = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0);
    const end = marker === SOS ? endOfScan(jpeg, at + 2 + length) : at + 2 + length;
    if (length < 2 || end > jpeg.length) return null;
    segments.push({ marker, bytes: jpeg.subarray(at, end) });
    at = end;
  }
  return null;
}

/** Coded data ends at the next marker that is neither a stuffed zero nor a restart; beyond the file when there is none. */
function endOfScan(jpeg: Uint8Array, start: number): number {
  for (let at = jpeg.indexOf(0xff, start); at !== -1; at = jpeg.indexOf(0xff, at + 1)) {
    const next = jpeg[at + 1] ?? 0;
    const inside = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!inside) return at;
  }
  return jpeg.length + 1;
}
