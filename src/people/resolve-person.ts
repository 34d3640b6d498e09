import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { Platform } from "../ports/chat.ts";
import type { Deps } from "../ports/deps.ts";
import { erasure, identity, person } from "./schema.ts";

const PLATFORMS: readonly Platform[] = ["discord", "telegram", "web", "cli"];

/**
 * The person that an operator means: `discord:ID`, `telegram:ID`, `order:ID` or a person id; null when nobody is known by it.
 * A person that was linked into another is that other one.
 */
export async function resolvePerson(
  deps: Pick<Deps, "db">,
  name: string,
  personOfOrder: (orderId: string) => Promise<string | null>,
): Promise<string | null> {
  const [, kind, value] = /^([a-z]+):(.+)$/.exec(name.trim()) ?? [];
  if (kind === undefined || value === undefined) return current(deps, name.trim());
  if (kind === "order") {
    const owner = await personOfOrder(value);
    return owner === null ? null : current(deps, owner);
  }
  const platform = PLATFORMS.find((known) => known === kind);
  if (platform === undefined) return null;
  const [row] = await deps.db.orm
    .select({ personId: identity.personId })
    .from(identity)
    .where(and(eq(identity.platform, platform), eq(identity.externalId, value)));
  return row?.personId ?? null;
}

async function current(deps: Pick<Deps, "db">, id: string): Promise<string | null> {
  const [row] = await deps.db.orm.select().from(person).where(eq(person.id, id));
  if (row === undefined) return null;
  const personId = row.mergedInto ?? row.id;
  return (await isErased(deps, personId)) ? null : personId;
}

/** What stays of an erased person, an order without pictures or a row without a name, leads to nobody. */
async function isErased(deps: Pick<Deps, "db">, personId: string): Promise<boolean> {
  const rows = await deps.db.orm
    .select({ id: erasure.id })
    .from(erasure)
    .where(and(eq(erasure.personId, personId), isNotNull(erasure.finishedAt)))
    .limit(1);
  return rows.length > 0;
}

/** Whether the person has an account outside the browser. */
export async function hasLinkedAccount(deps: Pick<Deps, "db">, personId: string): Promise<boolean> {
  const rows = await deps.db.orm
    .select({ id: identity.id })
    .from(identity)
    .where(and(eq(identity.personId, personId), inArray(identity.platform, ["discord", "telegram"])))
    .limit(1);
  return rows.length > 0;
}
