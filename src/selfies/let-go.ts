import { and, eq } from "drizzle-orm";
import { guarded } from "../db/index.ts";
import { cancelSteps } from "../jobs/index.ts";
import type { Statement } from "../ports/database.ts";
import type { SelfieDeps, SelfieRow } from "./selfie-deps.ts";
import { selfie } from "./schema.ts";

/** What a photo that is removed or forgotten leaves behind: a row with its dates. */
const NOTHING = {
  name: null,
  reference: null,
  uniqueId: null,
  blobId: null,
  width: null,
  height: null,
  verdict: null,
  reasons: null,
  score: null,
  confirmed: false,
  duplicateOf: null,
  inspection: null,
  sealedIdentity: null,
} as const;

export function isLiving(row: SelfieRow): boolean {
  return row.state !== "removed" && row.state !== "expired";
}

/** Deletes what is kept of a photo; fails its guard `selfie` when its state is no longer the one that was read. */
export function letGo(
  deps: Pick<SelfieDeps, "db" | "blobs">,
  row: SelfieRow,
  state: "removed" | "expired",
): Statement[] {
  const update = guarded(
    "selfie",
    deps.db.orm
      .update(selfie)
      .set({ ...NOTHING, state })
      .where(and(eq(selfie.id, row.id), eq(selfie.state, row.state))),
  );
  return row.blobId === null ? [update] : [update, deps.blobs.release(row.blobId)];
}

/** Stops the fetch or the inspection of a photo that nobody waits for any more. */
export function stopWork(deps: Pick<SelfieDeps, "db" | "clock" | "ids">, row: SelfieRow): Statement[] {
  if (row.state === "judged") return [];
  return [...cancelSteps(deps, { subject: "selfie", subjectId: row.id, reason: "the photo is gone" })];
}
