import type { CleanPicture } from "../../ports/imaging.ts";
import { decodeOwn } from "../decode/index.ts";
import { encode } from "../pixels.ts";

const QUALITY = 80;

/** The whole picture with a long side of at most `side` pixels. */
export async function thumbnail(jpeg: Uint8Array, side: number): Promise<CleanPicture> {
  return encode(await decodeOwn(jpeg, side), QUALITY);
}
