import { z } from "zod";
import { requireFrom } from "../models/files.ts";

export interface HeicPixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const pictureSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  data: z.instanceof(Uint8ClampedArray),
});

type Decoder = (input: { buffer: Uint8Array }) => Promise<unknown>;

/** heic-decode is an optional dependency (LGPL libheif as WebAssembly); null when it is not installed. */
export function heicDecoder(): Decoder | null {
  try {
    const decoder: Decoder = requireFrom("heic-decode");
    return decoder;
  } catch {
    return null;
  }
}

/** HEIC to upright RGBA: libheif applies the container's rotation itself. Check the size before calling. */
export async function decodeHeic(bytes: Uint8Array): Promise<HeicPixels | "no-decoder" | "damaged"> {
  const decoder = heicDecoder();
  if (!decoder) return "no-decoder";
  try {
    const { data, width, height } = pictureSchema.parse(await decoder({ buffer: bytes }));
    return { data: new Uint8Array(data.buffer, data.byteOffset, data.length), width, height };
  } catch {
    return "damaged";
  }
}
