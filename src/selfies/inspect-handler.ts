import { and, eq } from "drizzle-orm";
import { guarded } from "../db/index.ts";
import type { StoredBlob } from "../ports/blobs.ts";
import type { Statement } from "../ports/database.ts";
import { AppError } from "../ports/errors.ts";
import type { CleanPicture, Inspection, InspectResult } from "../ports/imaging.ts";
import type { Step, StepHandler, StepOutcome, StepRun } from "../ports/jobs.ts";
import type { Judgement, SetPhoto } from "../ports/selfie.ts";
import { commitFenced } from "./commit.ts";
import { judgeTogether, readPhotoSet, type PhotoSet } from "./photo-set.ts";
import { readSelfie, sentBefore } from "./read.ts";
import { judgeSelfie } from "./rules/verdict.ts";
import type { SelfieDeps, SelfieRow } from "./selfie-deps.ts";
import { selfie } from "./schema.ts";
import { sealIdentity, withoutIdentity } from "./stored-identity.ts";
import { waitForDisk } from "./wait-for-disk.ts";

/** A file that ended the imaging thread this often is taken to be broken. */
const POISON_RUNS = 3;

/** Photos of one face that are judged at the same moment wait for each other. */
const RACES = 20;
const LOOK_AGAIN_MS = 250;

type Uploaded = SelfieRow & { readonly blobId: string };

/**
 * `selfie.inspect`: measures an uploaded photo, keeps its clean picture instead of what was uploaded, and judges it
 * together with all others of the face. Of a refused photo nothing stays but the row.
 */
export function inspectHandler(deps: SelfieDeps): StepHandler {
  return waitForDisk(deps, (step, run) => inspectAndJudge(deps, step, run));
}

async function inspectAndJudge(deps: SelfieDeps, step: Step, run: StepRun): Promise<StepOutcome> {
  const row = await readSelfie(deps, step.subjectId);
  if (row === null || row.state !== "uploaded" || row.blobId === null) return { kind: "done" };
  const uploaded: Uploaded = { ...row, blobId: row.blobId };
  const measured = await measure(deps, step, uploaded);
  if (measured === null) return { kind: "done" };
  const alone = judgeSelfie(measured);
  const photo = measured.ok && alone.verdict !== "refuse" ? await keepSafe(deps, uploaded, measured) : null;
  for (let tried = 0; tried < RACES; tried++) {
    const set = await readPhotoSet(deps, row.faceId);
    if (set === null) return { kind: "done" };
    const statements = photo ? accept(deps, uploaded, photo, alone, set) : refuse(deps, uploaded, alone);
    if (await commitFenced(deps, run, statements)) return { kind: "done" };
    if ((await readSelfie(deps, row.id))?.state !== "uploaded") return { kind: "done" };
  }
  return {
    kind: "snooze",
    until: deps.clock.now() + LOOK_AGAIN_MS,
    reason: "many photos are judged at once",
  };
}

/** Null when the person was erased meanwhile. */
async function measure(deps: SelfieDeps, step: Step, row: Uploaded): Promise<InspectResult | null> {
  if (deps.imaging === null) throw new AppError("DEFECT", "selfie.inspect ran without imaging");
  try {
    return await deps.imaging.inspect(await deps.blobs.read(row.personId, row.blobId));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "KEY_DROPPED") return null;
    const lost = error.code === "BLOB_MISSING" || error.code === "BLOB_DAMAGED";
    const poison = error.code === "IMAGING_FAILED" && step.attempts + 1 >= POISON_RUNS;
    if (!lost && !poison) throw error;
    return { ok: false, code: "unreadable" };
  }
}

/** What is kept of a good photo, stored and sealed, not yet owned. */
interface SafePhoto {
  readonly clean: CleanPicture;
  readonly blob: StoredBlob;
  readonly inspection: Inspection;
  readonly sealedIdentity: string | null;
}

async function keepSafe(
  deps: SelfieDeps,
  { personId }: SelfieRow,
  { clean, inspection }: InspectResult & { ok: true },
): Promise<SafePhoto> {
  const identity = inspection.face?.identity ?? null;
  return {
    clean,
    inspection,
    blob: await deps.blobs.put(personId, "selfie", clean.jpeg),
    sealedIdentity: identity && (await sealIdentity(deps, personId, identity)),
  };
}

function accept(
  deps: SelfieDeps,
  row: Uploaded,
  { clean, blob, inspection, sealedIdentity }: SafePhoto,
  alone: Judgement,
  set: PhotoSet,
): Statement[] {
  const photo: SetPhoto = { id: row.id, inspection, alone, confirmed: row.confirmed };
  const place = set.rows.filter((other) => sentBefore(other, row)).length;
  return [
    set.unchanged,
    judged(deps, row, alone, {
      blobId: blob.id,
      width: clean.width,
      height: clean.height,
      inspection: withoutIdentity(inspection),
      sealedIdentity,
    }),
    deps.blobs.keep(blob),
    deps.blobs.release(row.blobId),
    ...judgeTogether(deps, set.photos.toSpliced(place, 0, photo), set.rows),
    ...announce(deps, row),
  ];
}

function refuse(deps: SelfieDeps, row: Uploaded, alone: Judgement): Statement[] {
  return [judged(deps, row, alone, { blobId: null }), deps.blobs.release(row.blobId), ...announce(deps, row)];
}

function judged(
  deps: SelfieDeps,
  row: Uploaded,
  { verdict, reasons, score }: Judgement,
  kept: Partial<SelfieRow>,
): Statement {
  const judgedAt = deps.clock.now();
  return guarded(
    "selfie",
    deps.db.orm
      .update(selfie)
      .set({ ...kept, state: "judged", verdict, reasons, score, judgedAt })
      .where(and(eq(selfie.id, row.id), eq(selfie.state, "uploaded"))),
  );
}

function announce(deps: SelfieDeps, { personId, chatId, faceId, id }: SelfieRow): readonly Statement[] {
  return deps.announce({ kind: "selfie_judged", personId, chatId, faceId, selfieId: id });
}
