import { and, eq } from "drizzle-orm";
import { guarded } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import { letGo } from "./let-go.ts";
import { readSelfie } from "./read.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import { selfie } from "./schema.ts";

/**
 * A photo whose fetch or inspection was given up: it is told to the person, and the rest of the set can go on. For the
 * batch that buries the step.
 */
export async function selfieDied(
  deps: Pick<SelfieDeps, "db" | "clock" | "blobs" | "announce">,
  selfieId: string,
): Promise<readonly Statement[]> {
  const row = await readSelfie(deps, selfieId);
  if (row === null || (row.state !== "offered" && row.state !== "uploaded")) return [];
  const { personId, chatId, faceId } = row;
  const announced = deps.announce({ kind: "selfie_judged", personId, chatId, faceId, selfieId });
  if (row.state === "offered") return [...letGo(deps, row, "expired"), ...announced];
  const refused = guarded(
    "selfie",
    deps.db.orm
      .update(selfie)
      .set({
        state: "judged",
        verdict: "refuse",
        reasons: ["unreadable"],
        score: 0,
        blobId: null,
        judgedAt: deps.clock.now(),
      })
      .where(and(eq(selfie.id, selfieId), eq(selfie.state, "uploaded"))),
  );
  const released = row.blobId === null ? [] : [deps.blobs.release(row.blobId)];
  return [refused, ...released, ...announced];
}
