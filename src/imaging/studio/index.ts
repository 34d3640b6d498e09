import { createHash } from "node:crypto";
import { AppError } from "../../ports/errors.ts";
import type { StudioPlan, StudioRender, StudioRequest, StudioStyle } from "../../ports/imaging.ts";
import type { Models } from "../models/shelf.ts";
import { prepareSource, type Prepared } from "./prepare.ts";
import { renderStyle } from "./render.ts";

const ALL_STYLES: readonly StudioStyle[] = [
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
const WITHOUT_MASK: readonly StudioStyle[] = ["own-background", "black-white"];
const KEPT = 3;

export interface Studio {
  plan(source: Uint8Array): Promise<StudioPlan>;
  render(request: StudioRequest): Promise<StudioRender>;
}

/** The local studio on the given models; keeps the last three prepared sources. Not for two calls at once. */
export function createStudio(models: Pick<Models, "faces" | "segmentation">): Studio {
  const kept = new Map<string, Prepared | null>();

  async function prepared(source: Uint8Array): Promise<Prepared | null> {
    const key = createHash("sha256").update(source).digest("hex");
    const known = kept.get(key);
    const found =
      known === undefined
        ? await prepareSource(source, await models.faces(), await models.segmentation())
        : known;
    kept.delete(key);
    kept.set(key, found);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return found;
  }

  return {
    async plan(source) {
      const ready = await prepared(source);
      if (!ready) return { styles: [], cropCost: 1, maskTrusted: false };
      return {
        styles: ready.maskTrusted ? ALL_STYLES : WITHOUT_MASK,
        cropCost: ready.cropCost,
        maskTrusted: ready.maskTrusted,
      };
    },
    async render({ source, style, seed }) {
      const ready = await prepared(source);
      if (!ready) throw new AppError("IMAGING_FAILED", "studio: no face in the source");
      return renderStyle(ready, style, seed);
    },
  };
}
