import { createHash } from "node:crypto";
import { AppError } from "../../ports/errors.ts";
import type { StudioPlan, StudioRender, StudioRequest, StudioStyle } from "../../ports/imaging.ts";
import type { Models } from "../models/shelf.ts";
import { planSource, type SourcePlan } from "./plan-source.ts";
import { remembering } from "./remember.ts";
import { renderStyle } from "./render.ts";
import { stageOf, type Stage } from "./stage.ts";

/** Every look the studio makes, in the order people are shown them. */
export const STUDIO_STYLES: readonly StudioStyle[] = [
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
/** These need no outline that can be trusted. */
const WITHOUT_MASK: readonly StudioStyle[] = ["own-background", "black-white"];

/** A plan is about 1 MB, a stage 12 MB at most. */
const PLANS_KEPT = 8;
const STAGES_KEPT = 3;

export interface Studio {
  plan(source: Uint8Array): Promise<StudioPlan>;
  render(request: StudioRequest): Promise<StudioRender>;
}

/** The local studio; keeps what it worked out of the last few sources. One call at a time. */
export function createStudio(models: Pick<Models, "faces" | "segmentation">): Studio {
  const planOf = remembering(PLANS_KEPT, async (source: Uint8Array): Promise<SourcePlan | null> => {
    const [faces, segmentation] = [await models.faces(), await models.segmentation()];
    return planSource(source, { faces, segmentation });
  });
  const stages = remembering(STAGES_KEPT, (of: { source: Uint8Array; plan: SourcePlan }): Promise<Stage> =>
    stageOf(of.source, of.plan),
  );
  const stylesOf = (plan: SourcePlan) => (plan.maskTrusted ? STUDIO_STYLES : WITHOUT_MASK);
  const keyOf = (source: Uint8Array) => createHash("sha256").update(source).digest("hex");

  return {
    async plan(source) {
      const plan = await planOf(keyOf(source), source);
      if (!plan) return { styles: [], cropCost: 1, maskTrusted: false };
      return { styles: stylesOf(plan), cropCost: plan.crop.cost, maskTrusted: plan.maskTrusted };
    },
    async render({ source, style, seed }) {
      const key = keyOf(source);
      const plan = await planOf(key, source);
      if (!plan) throw new AppError("IMAGING_FAILED", "studio: the source has no face");
      if (!stylesOf(plan).includes(style)) {
        throw new AppError("IMAGING_FAILED", `studio: ${style} was not offered for this source`);
      }
      const stage = await stages(key, { source, plan });
      return renderStyle(plan, stage, style, seed);
    },
  };
}
