import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import sharp, { type Sharp } from "sharp";
import { createModels, type Models } from "../../src/imaging/models/shelf.ts";

const root = resolve(import.meta.dirname, "../..");

/** Faces that come with a dependency, so that a clean clone has some to test with. */
const DEMO = join(root, "node_modules/@vladmandic/face-api/demo");

/** One woman alone, cut out of a group photo; the face is about 240 px high and looks into the camera. */
export function oneFace(): Sharp {
  return sharp(join(DEMO, "sample6.jpg")).extract({ left: 30, top: 330, width: 620, height: 760 });
}

/** Another woman alone, face about 245 px. */
export function anotherFace(): Sharp {
  return sharp(join(DEMO, "sample3.jpg")).extract({ left: 330, top: 130, width: 690, height: 760 });
}

/** Four women side by side. */
export function groupPhoto(): Uint8Array {
  return new Uint8Array(readFileSync(join(DEMO, "sample6.jpg")));
}

/** A picture without any face. */
export function noFace(): Sharp {
  const svg = `<svg width="640" height="480"><defs><linearGradient id="g"><stop offset="0" stop-color="#357"/><stop
    offset="1" stop-color="#cb8"/></linearGradient></defs><rect width="640" height="480" fill="url(#g)"/></svg>`;
  return sharp(Buffer.from(svg)).flatten();
}

export async function bytesOf(picture: Sharp): Promise<Uint8Array> {
  return new Uint8Array(await picture.toBuffer());
}

export async function jpegOf(picture: Sharp, quality = 95): Promise<Uint8Array> {
  return bytesOf(picture.jpeg({ quality }));
}

/** The shared photo set beside the checkout, or null with the reason said once. */
export function photoSet(): string | null {
  const folder = resolve(root, "../shared/photos");
  if (existsSync(join(folder, "manifest.json"))) return folder;
  console.info("skipped: the photo set ../shared/photos is not there");
  return null;
}

/** The real models, loaded once per test file. */
export const models: Models = createModels();

/** A process in which no model loads. */
export const noModels: Models = createModels({
  faces: () => Promise.reject(new Error("no face model")),
  identity: () => Promise.reject(new Error("no identity model")),
  segmentation: () => Promise.reject(new Error("no segmentation model")),
});
