import { and, eq } from "drizzle-orm";
import { guarded } from "../db/index.ts";
import { addStep } from "../jobs/index.ts";
import type { Platform } from "../ports/chat.ts";
import type { Statement } from "../ports/database.ts";
import type { StepHandler } from "../ports/jobs.ts";
import { commitFenced } from "./commit.ts";
import { letGo } from "./let-go.ts";
import { readFace, readSelfie } from "./read.ts";
import { mostBytes } from "./rules/limits.ts";
import type { SelfieDeps, SelfieRow } from "./selfie-deps.ts";
import { selfie } from "./schema.ts";
import { waitForDisk } from "./wait-for-disk.ts";

export type Fetched =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "too_large" }
  /** The platform no longer has it, and never will. */
  | { readonly kind: "gone" };

/** Gets the bytes that a reference stands for; throws a retryable `AppError` when the platform is away. */
export type PhotoFetcher = (reference: string, mostBytes: number, signal: AbortSignal) => Promise<Fetched>;

/** By the step's need, one for each platform that sends references. */
export type PhotoFetchers = Partial<Record<"fetch:telegram" | "fetch:discord-cdn", PhotoFetcher>>;

const PLATFORM = { "fetch:telegram": "telegram", "fetch:discord-cdn": "discord" } as const satisfies Record<
  keyof PhotoFetchers,
  Platform
>;

const REFUSED = {
  state: "judged",
  reference: null,
  verdict: "refuse",
  reasons: ["file_too_large"],
  score: 0,
} as const;

/** `selfie.fetch`: gets an offered photo from its platform, once the face has its consent, and has it inspected. */
export function fetchHandler(deps: SelfieDeps, fetchers: PhotoFetchers): StepHandler {
  return waitForDisk(deps, async (step, run) => {
    const row = await readSelfie(deps, step.subjectId);
    if (row === null || row.state !== "offered" || row.reference === null) return { kind: "done" };
    const face = await readFace(deps, row.faceId);
    if (face === null || face.consentId === null) return { kind: "done" };
    const needs = step.needs === "fetch:telegram" ? step.needs : "fetch:discord-cdn";
    const fetcher = fetchers[needs];
    if (fetcher === undefined) return { kind: "failed", reason: `nothing here can ${needs}` };
    const most = mostBytes(PLATFORM[needs]);
    const fetched = await fetcher(row.reference, most, run.signal);
    const outcome: Fetched =
      fetched.kind === "bytes" && fetched.bytes.length > most ? { kind: "too_large" } : fetched;
    await commitFenced(deps, run, await found(deps, row, outcome));
    return { kind: "done" };
  });
}

async function found(deps: SelfieDeps, row: SelfieRow, fetched: Fetched): Promise<Statement[]> {
  const { id, personId, chatId, faceId } = row;
  if (fetched.kind === "bytes") {
    const blob = await deps.blobs.put(personId, "selfie", fetched.bytes);
    return [
      move(deps, row, { state: "uploaded", reference: null, blobId: blob.id }),
      deps.blobs.keep(blob),
      addStep(deps, { subject: "selfie", subjectId: id, kind: "inspect", needs: "imaging" }),
    ];
  }
  const ended =
    fetched.kind === "gone"
      ? letGo(deps, row, "expired")
      : [move(deps, row, { ...REFUSED, judgedAt: deps.clock.now() })];
  return [...ended, ...deps.announce({ kind: "selfie_judged", personId, chatId, faceId, selfieId: id })];
}

function move(deps: SelfieDeps, row: SelfieRow, to: Partial<SelfieRow>): Statement {
  return guarded(
    "selfie",
    deps.db.orm
      .update(selfie)
      .set(to)
      .where(and(eq(selfie.id, row.id), eq(selfie.state, "offered"))),
  );
}
