import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import { guarded, raw, write } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import type { LinkOutcome } from "../ports/for-people.ts";
import { stillHere } from "./consent.ts";
import { linkCodeId } from "./create-link-code.ts";
import { LINK_CODE_MS, LINK_TRIES, mergeOrder, normalizeLinkCode } from "./rules.ts";
import { consent, identity, linkCode, linkTry, person, report } from "./schema.ts";

/** Two persons turn out to be one: everything of `from` goes to `into`. */
export interface Merge {
  readonly from: string;
  readonly into: string;
}

/** Hands over the rows of one room. Called again for rows that came late, it must not mind. */
export type Merger = (merge: Merge) => readonly Statement[];

type LinkDeps = Pick<Deps, "db" | "clock">;

/**
 * Links the typing person with the one who was shown the code: the one known longer takes over all accounts, chats and, by
 * `mergers`, everything else. Five tries in ten minutes; every try costs the same work, whatever was typed.
 */
export async function redeemLinkCode(
  deps: LinkDeps,
  personId: string,
  typed: string,
  mergers: readonly Merger[],
): Promise<LinkOutcome> {
  const id = await linkCodeId(normalizeLinkCode(typed));
  const tries = await countTry(deps, personId);
  const owner = await ownerOf(deps, id);
  if (tries === null) return { kind: "too_many_tries" };
  const wrong: LinkOutcome = { kind: "wrong_code", triesLeft: LINK_TRIES - tries };
  if (owner === null) return wrong;
  if (owner === personId) return { kind: "same_person" };

  const both = await deps.db.orm
    .select({ id: person.id, createdAt: person.createdAt })
    .from(person)
    .where(inArray(person.id, [personId, owner]));
  const [a, b] = both;
  if (a === undefined || b === undefined) return wrong;
  const merge = mergeOrder(a, b);
  const linked = await deps.db.batch([
    useCode(deps, id),
    ...mergePersons(deps, merge),
    ...mergers.flatMap((merger) => merger(merge)),
  ]);
  return linked.ok ? { kind: "linked", personId: merge.into } : wrong;
}

/** Counts a try before it is judged; null when none is left in this window. */
async function countTry(deps: LinkDeps, personId: string): Promise<number | null> {
  const now = deps.clock.now();
  const over = now - LINK_CODE_MS;
  const counted = await deps.db.batch([
    raw(
      `INSERT INTO link_try (person_id, tries, window_start) VALUES (?, 1, ?)
ON CONFLICT (person_id) DO UPDATE SET
  tries = CASE WHEN window_start <= ? THEN 1 ELSE tries + 1 END,
  window_start = CASE WHEN window_start <= ? THEN excluded.window_start ELSE window_start END
WHERE window_start <= ? OR tries < ?`,
      [personId, now, over, over, over, LINK_TRIES],
      "tries",
    ),
  ]);
  if (!counted.ok) return null;
  const [row] = await deps.db.orm.select().from(linkTry).where(eq(linkTry.personId, personId));
  return row?.tries ?? LINK_TRIES;
}

async function ownerOf(deps: LinkDeps, id: string): Promise<string | null> {
  const [row] = await deps.db.orm
    .select({ personId: linkCode.personId })
    .from(linkCode)
    .where(and(eq(linkCode.id, id), isNull(linkCode.usedAt), gt(linkCode.expiresAt, deps.clock.now())));
  return row?.personId ?? null;
}

function useCode(deps: LinkDeps, id: string): Statement {
  const now = deps.clock.now();
  return guarded(
    "code",
    deps.db.orm
      .update(linkCode)
      .set({ usedAt: now })
      .where(and(eq(linkCode.id, id), isNull(linkCode.usedAt), gt(linkCode.expiresAt, now))),
  );
}

/** Everything in this room that hangs on a person. */
function mergePersons(deps: LinkDeps, { from, into }: Merge): Statement[] {
  const orm = deps.db.orm;
  return [
    stillHere(deps, from),
    stillHere(deps, into),
    write(orm.update(person).set({ mergedInto: into }).where(eq(person.id, from))),
    write(orm.update(person).set({ mergedInto: into }).where(eq(person.mergedInto, from))),
    write(orm.update(identity).set({ personId: into }).where(eq(identity.personId, from))),
    // Both may have spoken in one channel; that chat stays with its old owner and is found by its id.
    raw("UPDATE OR IGNORE chat SET person_id = ? WHERE person_id = ?", [into, from]),
    write(orm.update(consent).set({ personId: into }).where(eq(consent.personId, from))),
    write(orm.update(report).set({ personId: into }).where(eq(report.personId, from))),
    write(orm.delete(linkTry).where(inArray(linkTry.personId, [from, into]))),
    write(orm.delete(linkCode).where(and(inArray(linkCode.personId, [from, into]), isNull(linkCode.usedAt)))),
  ];
}
