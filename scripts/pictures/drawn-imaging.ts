import sharp from "sharp";
import type { CleanPicture, Imaging, Inspection, StudioStyle } from "../../src/ports/imaging.ts";
import { goodPhoto, vectorAt } from "../../test/selfies/kit.ts";
import { drawnHeadshot, type DrawnSelfie } from "./drawn-people.ts";

/** As long as the thread takes, so that progress can be seen. */
const RENDER_MS = 800;
const INSPECT_MS = 400;

const STYLES: readonly StudioStyle[] = [
  "corporate-grey",
  "corporate-white",
  "business-casual",
  "creative-colour",
  "black-white",
  "outdoor-park",
  "city",
  "plain-white",
  "own-background",
];

const FINDS: Readonly<Record<DrawnSelfie["finds"], () => Inspection>> = {
  good: () => goodPhoto(),
  soft: () => goodPhoto({ sharpness: 0.1 }),
  "two faces": () => goodPhoto({}, { faceHeights: [400, 380] }),
};

async function resized(
  jpeg: Uint8Array,
  width: number,
  height: number,
  fit: "cover" | "inside" = "cover",
): Promise<CleanPicture> {
  const made = await sharp(jpeg)
    .resize(width, height, { fit, position: "top" })
    .jpeg()
    .toBuffer({ resolveWithObject: true });
  return { jpeg: new Uint8Array(made.data), width: made.info.width, height: made.info.height };
}

/**
 * Stands in for the imaging thread where no photo of a person may appear: it finds in the drawn selfies what was said,
 * and draws headshots instead of retouching them. Everything around it is the program as it is.
 */
export function drawnImaging(selfies: readonly DrawnSelfie[]): Imaging {
  let seen = 0;
  // One after another, as on the thread.
  let worked = Promise.resolve();
  const work = (ms: number): Promise<void> =>
    (worked = worked.then(() => new Promise((resolve) => setTimeout(resolve, ms))));
  return {
    status: () =>
      Promise.resolve({ faces: "ready", identity: "ready", segmentation: "ready", heic: "ready" }),
    async inspect(bytes) {
      await work(INSPECT_MS);
      const selfie = selfies.find((one) => one.bytes.length === bytes.length);
      const found = FINDS[selfie?.finds ?? "good"]();
      // Spreads the bits, so that no two look alike.
      const bits = (0x9e3779b97f4a7c15n * BigInt(++seen)) & 0xffffffffffffffffn;
      const identity = vectorAt(selfie === undefined ? 0.2 + ((seen * 7) % 10) * 0.034 : 0);
      const { width, height } = await sharp(bytes).metadata();
      const inspection: Inspection = {
        ...found,
        width,
        height,
        hash: bits.toString(16).padStart(16, "0"),
        mirrorHash: (bits ^ 0x5555555555555555n).toString(16).padStart(16, "0"),
        face: found.face === null ? null : { ...found.face, identity },
      };
      return { ok: true, clean: { jpeg: Uint8Array.from(bytes), width, height }, inspection };
    },
    planStudio: () => Promise.resolve({ styles: STYLES, cropCost: 0, maskTrusted: true }),
    async renderStudio({ style, seed }) {
      await work(RENDER_MS);
      const jpeg = new Uint8Array(await drawnHeadshot(style, seed));
      const backdropReplaced = style !== "own-background" && style !== "black-white";
      return { jpeg, width: 1024, height: 1280, backdropReplaced };
    },
    crop: (jpeg, kind) => resized(jpeg, 800, kind === "portrait-4x5" ? 1000 : 800),
    thumbnail: (jpeg, side) => resized(jpeg, side, side, "inside"),
    trainingCrop: (jpeg) => resized(jpeg, 1024, 1024),
    close: () => Promise.resolve(),
  };
}
