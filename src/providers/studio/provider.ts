import type { Blobs } from "../../ports/blobs.ts";
import { AppError } from "../../ports/errors.ts";
import type { Imaging, StudioPlan } from "../../ports/imaging.ts";
import type {
  Provider,
  RunFailure,
  RunInput,
  RunRequest,
  RunSnapshot,
  SourcePhoto,
} from "../../ports/provider.ts";
import { allows, studioStyle } from "./rules.ts";

export interface StudioParts {
  readonly imaging: Imaging;
  readonly blobs: Pick<Blobs, "read">;
}

/** Measured on two cores: preparing a photo, and one picture from it. */
const PREPARE_MS = 1500;
const PICTURE_MS = 1000;

/** Plans of the photos in use; a plan depends on the photo alone, and a blob's id on its bytes. */
const PLANS_KEPT = 64;

type Render = Extract<RunInput, { kind: "render" }>;

/**
 * The built-in studio: retouches a person's own photo on this machine. A run is over when `submit` answers and costs
 * nothing; runs are not kept, so a lost one is absent and is simply made again, with the same bytes for the same seed.
 */
export function createStudioProvider({ imaging, blobs }: StudioParts): Provider {
  const plans = new Map<string, StudioPlan>();

  async function planOf(photo: SourcePhoto, source: Uint8Array): Promise<StudioPlan> {
    const plan = plans.get(photo.blobId) ?? (await imaging.planStudio(source));
    plans.set(photo.blobId, plan);
    const [oldest] = plans.keys();
    if (plans.size > PLANS_KEPT && oldest !== undefined) plans.delete(oldest);
    return plan;
  }

  async function render({ attemptId }: RunRequest, input: Render): Promise<RunSnapshot | RunFailure> {
    const style = studioStyle(input.style);
    if (style === undefined) return refusal("style_not_possible", `${input.style} needs AI`);
    if (input.photos.length === 0) return refusal("photo_missing", "there is no photo to work on");
    for (const photo of input.photos) {
      const source = await blobs.read(photo.personId, photo.blobId);
      if (!allows(await planOf(photo, source), style)) continue;
      const { jpeg, backdropReplaced } = await imaging.renderStudio({ source, style, seed: input.seed });
      return {
        externalId: externalIdOf(attemptId),
        state: "succeeded",
        progress: 1,
        queuePosition: null,
        outputs: [{ kind: "bytes", bytes: jpeg, mime: "image/jpeg", backdropReplaced }],
        externalVersion: null,
        actualMicros: 0,
        failure: null,
      };
    }
    return refusal("style_not_possible", `the photo does not allow ${style}`);
  }

  return {
    name: "studio",
    products: ["studio"],
    needs: "imaging",

    async estimate(input) {
      const work = input.kind === "render" ? input.count * PICTURE_MS : 0;
      const expectedMs = work + input.photos.length * PREPARE_MS;
      return { expectedMicros: 0, ceilingMicros: 0, expectedMs, priceId: null };
    },

    async submit(request, signal) {
      const { input } = request;
      if (input.kind === "train") return refused(refusal("not_offered", "the studio trains nothing"));
      if (signal.aborted)
        return refused({ class: "retryable", code: "stopped", detail: "stopped before it began" });
      try {
        const made = await render(request, input);
        return "state" in made ? { kind: "accepted", snapshot: made } : refused(made);
      } catch (error) {
        const failure = failureOf(error);
        if (failure === null) throw error;
        return refused(failure);
      }
    },

    /** Runs are not kept: whoever still asks for one has lost its pictures and makes them again. */
    async read(externalId) {
      return {
        externalId,
        state: "failed",
        progress: null,
        queuePosition: null,
        outputs: [],
        externalVersion: null,
        actualMicros: 0,
        failure: { class: "retryable", code: "run_not_kept", detail: "the studio keeps no runs" },
      };
    },

    find: async () => ({ kind: "absent" }),
    cancel: async () => {},
    erase: async () => {},

    async collect(output) {
      if (output.kind === "link") throw new AppError("DEFECT", "the studio gives bytes, not links");
      return { bytes: output.bytes, mime: output.mime };
    },

    async health() {
      const { faces, segmentation } = await imaging.status();
      if (faces === "failed")
        return { ok: false, detail: "the face model did not load: no pictures can be made" };
      return segmentation === "ready"
        ? { ok: true, detail: "all nine styles" }
        : { ok: true, detail: "the mask model did not load: own-background and black-white only" };
    },
  };
}

function externalIdOf(attemptId: string): string {
  return `studio-${attemptId}`;
}

function refused(failure: RunFailure) {
  return { kind: "refused", failure } as const;
}

function refusal(code: string, detail: string): RunFailure {
  return { class: "persons_fault", code, detail };
}

/** What a broken thread or a deleted photo means for the run; null for what is no business of the studio's. */
function failureOf(error: unknown): RunFailure | null {
  if (!(error instanceof AppError)) return null;
  const { code, message } = error;
  if (code === "BLOB_MISSING" || code === "KEY_DROPPED") return refusal("photo_missing", message);
  if (code !== "IMAGING_FAILED") return null;
  return { class: error.retryable ? "retryable" : "poison", code: "imaging_failed", detail: message };
}
