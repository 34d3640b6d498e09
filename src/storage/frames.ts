/**
 * The sealed form of a blob: a header, then frames of 1 MiB of plain bytes, each sealed alone with AES-256-GCM.
 *
 *   header = "PHSB" | version 1 | key id (8) | nonce prefix (7, random)
 *   frame  = ciphertext | tag (16)
 *   nonce  = nonce prefix | frame number (4, big endian) | 1 for the last frame, else 0
 *
 * The header is additional data of every frame. A frame moved, dropped, repeated or cut off at a border no longer fits
 * its nonce (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The name is checked at the
 * end as well, so a whole blob put under another's name is refused too. An empty blob has one empty frame.
 */
import { AppError } from "../ports/errors.ts";
import { createCutter, streamOf, type Cutter } from "./cutter.ts";
import type { Bytes } from "./encoding.ts";
import { startNaming, type Naming } from "./naming.ts";
import { KEY_ID_BYTES, type PersonKeys } from "./person-keys.ts";

export const FRAME_BYTES = 1024 * 1024;
const TAG_BYTES = 16;
const VERSION = 1;
const MAGIC = [0x50, 0x48, 0x53, 0x42, VERSION];
export const PREFIX_BYTES = 7;
const HEADER_BYTES = MAGIC.length + KEY_ID_BYTES + PREFIX_BYTES;

/** GCM parameters of one frame. */
function sealOf(header: Bytes, frame: number, last: boolean): AesGcmParams {
  const nonce = new Uint8Array(PREFIX_BYTES + 5);
  nonce.set(header.subarray(HEADER_BYTES - PREFIX_BYTES));
  new DataView(nonce.buffer).setUint32(PREFIX_BYTES, frame);
  nonce[PREFIX_BYTES + 4] = last ? 1 : 0;
  return { name: "AES-GCM", iv: nonce, additionalData: header };
}

/** Seals a stream. `naming` sees the plain frames, where the name is not known yet. */
export function seal(
  plain: ReadableStream<Uint8Array>,
  keys: PersonKeys,
  prefix: Bytes,
  naming: Naming | null,
): ReadableStream<Uint8Array> {
  const source = createCutter(plain);
  const header = new Uint8Array([...MAGIC, ...keys.id, ...prefix]);
  return streamOf(sealFrames(source, keys, header, naming), source);
}

async function* sealFrames(
  source: Cutter,
  keys: PersonKeys,
  header: Bytes,
  naming: Naming | null,
): AsyncGenerator<Bytes> {
  const buffer = new Uint8Array(FRAME_BYTES);
  yield header;
  for (let frame = 0, last = false; !last; frame++) {
    const piece = await source.cut(buffer);
    last = piece.last;
    await naming?.add(piece.bytes);
    yield new Uint8Array(await crypto.subtle.encrypt(sealOf(header, frame, last), keys.frames, piece.bytes));
  }
}

/** Opens a sealed stream; gives out a frame only after its tag was verified. Fails with `AppError` BLOB_DAMAGED. */
export function unseal(
  sealed: ReadableStream<Uint8Array>,
  keys: PersonKeys,
  expectedId: string,
): ReadableStream<Uint8Array> {
  const source = createCutter(sealed);
  return streamOf(openFrames(source, keys, expectedId), source);
}

async function* openFrames(source: Cutter, keys: PersonKeys, expectedId: string): AsyncGenerator<Bytes> {
  const naming = startNaming(keys.names);
  const buffer = new Uint8Array(FRAME_BYTES + TAG_BYTES);
  const header = await readHeader(source, keys);
  for (let frame = 0, last = false; !last; frame++) {
    const piece = await source.cut(buffer);
    last = piece.last;
    const plain = await openFrame(keys, sealOf(header, frame, last), piece.bytes);
    await naming.add(plain);
    if (last && (await naming.finish()).id !== expectedId) throw damaged("it lies under another blob's name");
    yield plain;
  }
}

async function readHeader(cutter: Cutter, keys: PersonKeys): Promise<Bytes> {
  const header = new Uint8Array(HEADER_BYTES);
  const piece = await cutter.cut(header);
  if (piece.bytes.length < HEADER_BYTES || MAGIC.some((byte, at) => header[at] !== byte))
    throw damaged("its header is not one of ours");
  if (keys.id.some((byte, at) => header[MAGIC.length + at] !== byte)) throw damaged("another key sealed it");
  return header;
}

async function openFrame(keys: PersonKeys, parameters: AesGcmParams, sealed: Bytes): Promise<Bytes> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters, keys.frames, sealed));
  } catch (cause) {
    throw damaged("a frame's seal is broken", cause);
  }
}

function damaged(why: string, cause?: unknown): AppError {
  return new AppError("BLOB_DAMAGED", `a stored blob is damaged: ${why}`, { cause });
}
