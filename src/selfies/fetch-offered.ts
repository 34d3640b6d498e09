import { and, eq } from "drizzle-orm";
import { addStep } from "../jobs/index.ts";
import { chat } from "../people/schema.ts";
import type { Statement } from "../ports/database.ts";
import { fetchedBy } from "./rules/limits.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import { selfie } from "./schema.ts";

/** Steps that fetch what was offered before the consent; belong into the batch that records it. Repeating adds nothing. */
export async function fetchOffered(
  deps: Pick<SelfieDeps, "db" | "clock" | "ids">,
  faceId: string,
): Promise<Statement[]> {
  const offered = await deps.db.orm
    .select({ id: selfie.id, platform: chat.platform })
    .from(selfie)
    .innerJoin(chat, eq(chat.id, selfie.chatId))
    .where(and(eq(selfie.faceId, faceId), eq(selfie.state, "offered")));
  return offered.map(({ id, platform }) =>
    addStep(deps, { subject: "selfie", subjectId: id, kind: "fetch", needs: fetchedBy(platform) }),
  );
}
