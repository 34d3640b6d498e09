import { AppError } from "../../src/ports/errors.ts";
import type {
  DecodeRefusal,
  Imaging,
  ImagingStatus,
  Inspection,
  InspectResult,
  StudioPlan,
  StudioRender,
} from "../../src/ports/imaging.ts";

export interface ScriptedImaging extends Imaging {
  /** Bytes that will be measured as said. Equal names are equal bytes. */
  file(name: string, measured: Inspection | DecodeRefusal | AppError): Uint8Array<ArrayBuffer>;
  /** The measures said for a name. */
  measured(name: string): Inspection;
  /** What the studio can make of these bytes; without a word, everything. */
  plan(bytes: Uint8Array, plan: StudioPlan): void;
  /** Calls so far, as "verb name". */
  readonly calls: readonly string[];
}

const READY: ImagingStatus = { faces: "ready", identity: "ready", segmentation: "ready", heic: "ready" };

const EVERYTHING: StudioPlan = {
  styles: [
    "corporate-grey",
    "corporate-white",
    "business-casual",
    "creative-colour",
    "black-white",
    "outdoor-park",
    "city",
    "plain-white",
    "own-background",
  ],
  cropCost: 0,
  maskTrusted: true,
};

/** An imaging port that measures what it is told, so that only the state logic is under test. */
export function scriptedImaging(
  script: {
    status?: Partial<ImagingStatus>;
    jpeg?: Uint8Array;
    render?: (style: string) => StudioRender;
  } = {},
): ScriptedImaging {
  const measures = new Map<string, Inspection | DecodeRefusal | AppError>();
  const plans = new Map<string, StudioPlan>();
  const calls: string[] = [];
  const nameOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 80));
  const picture = (name: string) => {
    const jpeg = script.jpeg ?? new TextEncoder().encode(name);
    return { jpeg: Uint8Array.from(jpeg), width: 1000, height: 1200 };
  };

  return {
    calls,
    file(name, measured) {
      measures.set(name, measured);
      return new TextEncoder().encode(name);
    },
    measured(name) {
      const said = measures.get(name);
      if (said === undefined || typeof said === "string" || said instanceof AppError)
        throw new Error(`${name} has no measures`);
      return said;
    },
    plan(bytes, plan) {
      plans.set(nameOf(bytes), plan);
    },
    status: async () => ({ ...READY, ...script.status }),
    async inspect(bytes): Promise<InspectResult> {
      const name = nameOf(bytes);
      calls.push(`inspect ${name}`);
      const measured = measures.get(name);
      if (measured === undefined) throw new Error(`nothing is said about ${name}`);
      if (measured instanceof AppError) throw measured;
      if (typeof measured === "string") return { ok: false, code: measured };
      return { ok: true, clean: picture(`clean ${name}`), inspection: measured };
    },
    async planStudio(source) {
      calls.push(`plan ${nameOf(source)}`);
      return plans.get(nameOf(source)) ?? EVERYTHING;
    },
    async renderStudio({ source, style, seed }) {
      calls.push(`render ${style} of ${nameOf(source)}`);
      if (script.render) return script.render(style);
      const backdropReplaced = style !== "own-background" && style !== "black-white";
      return { ...picture(`${style} of ${nameOf(source)} with ${seed}`), backdropReplaced };
    },
    crop: async (_, kind) => picture(`crop ${kind}`),
    thumbnail: async () => picture("thumbnail"),
    trainingCrop: async () => picture("training crop"),
    close: async () => {},
  };
}
