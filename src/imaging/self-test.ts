import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ImagingStatus } from "../ports/imaging.ts";
import { decodeOwn, heicDecoder } from "./decode/index.ts";
import { identify, tallestFace } from "./measure/index.ts";
import { packageFolder } from "./models/files.ts";
import type { Models } from "./models/shelf.ts";

/** Loads every model and runs one picture through it: a model that answers nonsense counts as failed. */
export async function selfTest(models: Models): Promise<ImagingStatus> {
  const sample = path.join(packageFolder("@vladmandic/face-api"), "demo", "sample1.jpg");
  const pixels = await decodeOwn(new Uint8Array(await readFile(sample)), 640);
  const passes = async (test: () => Promise<boolean>) =>
    (await test().catch(() => false)) ? "ready" : "failed";
  const face = () => tallestFace(models, pixels);
  return {
    faces: await passes(async () => Boolean(await face())),
    identity: await passes(async () => {
      const [model, found] = [await models.identity(), await face()];
      if (!model || !found) return false;
      const length = Math.hypot(...(await identify(model, pixels, found)));
      return length > 0.5 && length < 3;
    }),
    segmentation: await passes(async () => {
      const model = await models.segmentation();
      if (!model) return false;
      const mask = await model.segment(pixels);
      const share = mask.reduce((sum, value) => sum + value, 0) / mask.length;
      return share > 0.02 && share < 0.98;
    }),
    heic: heicDecoder() ? "ready" : "failed",
  };
}
