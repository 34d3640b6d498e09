import sharp from "sharp";
import { grain } from "./noise.ts";
import { channels, toPixels, type Rgb } from "./planes.ts";
import type { Random } from "./random.ts";

const GRAIN = 0.0075;

/** Darkens towards the corners and lays one grain over person and backdrop, so that they match. In place. */
export function develop(picture: Rgb, random: Random, vignette: number): void {
  const { width, height } = picture;
  const film = grain(random, width, height).data;
  const data = channels(picture);
  for (let y = 0; y < height; y++) {
    const dy = (y + 0.5) / height - 0.5;
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      const dx = (x + 0.5) / width - 0.5;
      const distance = (dx * dx + dy * dy) * 2;
      const by = 1 - vignette * distance * distance;
      const noise = GRAIN * film[p]!;
      for (const channel of data) channel[p] = channel[p]! * by + noise;
    }
  }
}

/** Black and white with the weights of panchromatic film behind a light yellow filter. In place. */
export function blackAndWhite(picture: Rgb): void {
  for (let p = 0; p < picture.r.length; p++) {
    const grey = 0.36 * picture.r[p]! + 0.5 * picture.g[p]! + 0.14 * picture.b[p]!;
    const toned = grey + 0.28 * (grey - 0.45) * grey * (1 - grey) * 4;
    picture.r[p] = toned;
    picture.g[p] = toned;
    picture.b[p] = toned;
  }
}

/** JPEG without any metadata. */
export async function encode(picture: Rgb): Promise<Uint8Array> {
  const { data, width, height } = toPixels(picture);
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92, chromaSubsampling: "4:4:4" })
    .toBuffer();
  // sharp's own memory may not change hands between threads; a copy may.
  return new Uint8Array(jpeg);
}
