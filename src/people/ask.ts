import { and, desc, eq, isNull } from "drizzle-orm";
import { guarded, write } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import type { NewStep } from "../ports/jobs.ts";
import { stillHere } from "./consent.ts";
import { erasure, person } from "./schema.ts";

/** Makes a step ready, also one that was done before (jobs' `rearmStep`; this room lies below it). */
export type ArmStep = (step: NewStep) => Statement;

export interface Asked {
  readonly personId: string;
  /** Where the answer goes; null when an operator asked. */
  readonly chatId: string | null;
}

/**
 * Starts an erasure: from now on nothing new is taken, and the step `person.erase` deletes what there is.
 * Asking again returns the same erasure.
 * @throws AppError NOT_FOUND for nobody's id
 */
export async function askErasure(
  deps: Pick<Deps, "db" | "clock" | "ids">,
  { personId, chatId }: Asked,
  armStep: ArmStep,
): Promise<{ readonly erasureId: string }> {
  const erasureId = deps.ids.next();
  const askedAt = deps.clock.now();
  const orm = deps.db.orm;
  const asked = await deps.db.batch([
    guarded(
      "person",
      orm
        .update(person)
        .set({ deletedAt: askedAt })
        .where(and(eq(person.id, personId), isNull(person.deletedAt))),
    ),
    write(orm.insert(erasure).values({ id: erasureId, personId, chatId, askedAt })),
    armStep({ subject: "person", subjectId: personId, kind: "erase" }),
  ]);
  if (asked.ok) return { erasureId };
  const [before] = await orm
    .select({ id: erasure.id })
    .from(erasure)
    .where(eq(erasure.personId, personId))
    .orderBy(desc(erasure.id))
    .limit(1);
  if (before === undefined) throw new AppError("NOT_FOUND", "nobody has this id");
  return { erasureId: before.id };
}

/** Starts an export to one chat by the step `person.export`; not for somebody who is being erased. */
export async function askExport(
  deps: Pick<Deps, "db">,
  { personId, chatId }: Asked & { readonly chatId: string },
  armStep: ArmStep,
): Promise<{ readonly asked: boolean }> {
  const asked = await deps.db.batch([
    stillHere(deps, personId),
    armStep({ subject: "person", subjectId: chatId, kind: "export" }),
  ]);
  return { asked: asked.ok };
}
