import { AppError } from "../ports/errors.ts";
import { jpegSegments, type Segment } from "./jpeg-segments.ts";

/** How a picture came to be; the last part of an IPTC news code. */
export type DigitalSource = "trainedAlgorithmicMedia" | "compositeSynthetic" | "algorithmicallyEnhanced";

/** cv.iptc.org/newscodes/digitalsourcetype */
const NEWSCODES = "http://cv.iptc.org/newscodes/digitalsourcetype/";

/** Adobe's XMP specification part 3: the APP1 segment of a JPEG that holds the packet starts with this. */
const XMP_HEADER = "http://ns.adobe.com/xap/1.0/\0";

const SOI = 0xd8;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;

/**
 * The same picture with one XMP packet that says how it was made, and without any other metadata. Marking again
 * replaces the mark. Throws `AppError` DEFECT for bytes that are no JPEG: only our own pictures come here.
 */
export function markPicture(jpeg: Uint8Array, source: DigitalSource): Uint8Array<ArrayBuffer> {
  const segments = jpegSegments(jpeg);
  if (segments === null) throw new AppError("DEFECT", "only a JPEG can be marked");
  const picture = segments.filter((segment) => !isMetadata(segment)).map(withoutThumbnail);
  // JFIF's header has to follow the start directly; the packet comes next.
  const opening = picture.filter(({ marker }) => marker === SOI || marker === APP0);
  const coding = picture.filter(({ marker }) => marker !== SOI && marker !== APP0);
  return join([...opening, xmpSegment(source), ...coding].map(({ bytes }) => bytes));
}

/** Whether the file holds pixels and nothing else, so that it may be kept byte for byte. */
export function isPlainJpeg(bytes: Uint8Array): boolean {
  const segments = jpegSegments(bytes);
  return segments !== null && !segments.some(isMetadata);
}

/** Every application segment and comment, save JFIF's header and Adobe's colour transform: decoders need these. */
function isMetadata({ marker, bytes }: Segment): boolean {
  if (marker === APP0) return !startsWith(bytes, "JFIF\0");
  if (marker === APP14) return !startsWith(bytes, "Adobe");
  return (marker >= APP0 && marker <= APP15) || marker === COMMENT;
}

/** JFIF's header may carry a small copy of an earlier picture. */
function withoutThumbnail(segment: Segment): Segment {
  if (segment.marker !== APP0) return segment;
  const bytes = new Uint8Array(18);
  bytes.set(segment.bytes.subarray(0, 16));
  bytes.set([0xff, APP0, 0, 16]);
  return { marker: APP0, bytes };
}

function xmpSegment(source: DigitalSource): Segment {
  const packet = [
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>`,
    `<x:xmpmeta xmlns:x="adobe:ns:meta/">`,
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`,
    `<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">`,
    `<Iptc4xmpExt:DigitalSourceType>${NEWSCODES}${source}</Iptc4xmpExt:DigitalSourceType>`,
    `</rdf:Description></rdf:RDF></x:xmpmeta>`,
    `<?xpacket end="r"?>`,
  ].join("");
  const body = new TextEncoder().encode(XMP_HEADER + packet);
  const length = body.length + 2;
  return { marker: APP1, bytes: join([Uint8Array.of(0xff, APP1, length >> 8, length & 0xff), body]) };
}

function startsWith(segment: Uint8Array, text: string): boolean {
  return Array.from(text).every((letter, index) => segment[4 + index] === letter.charCodeAt(0));
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
