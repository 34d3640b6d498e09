import { and, eq, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
import { guarded } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import { fetchOffered } from "./fetch-offered.ts";
import { isLiving, letGo, stopWork } from "./let-go.ts";
import { selfiesOf } from "./read.ts";
import { FETCHED_WITHIN_MS, HELD_MS } from "./rules/limits.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import { face, selfie } from "./schema.ts";

/**
 * Forgets references that no consent came for within the hour, photos that could not be fetched within a day, and the
 * photos of faces whose time is over; fetches what was offered in the moment of a consent. Returns how many photos went.
 * Safe anywhere, any time.
 */
export async function sweepSelfies(deps: SelfieDeps, limit = 100): Promise<number> {
  const held = await expireReferences(deps, limit);
  const timed = await expireFaces(deps, limit);
  await fetchMissed(deps, limit);
  return held + timed;
}

async function expireReferences(deps: SelfieDeps, limit: number): Promise<number> {
  const now = deps.clock.now();
  const old = await deps.db.orm
    .select({ row: selfie })
    .from(selfie)
    .innerJoin(face, eq(face.id, selfie.faceId))
    .where(
      and(
        eq(selfie.state, "offered"),
        or(
          and(isNull(face.consentId), lt(selfie.createdAt, now - HELD_MS)),
          lt(selfie.createdAt, now - FETCHED_WITHIN_MS),
        ),
      ),
    )
    .limit(limit);
  let gone = 0;
  for (const { row } of old) {
    const result = await deps.db.batch([...letGo(deps, row, "expired"), ...stopWork(deps, row)]);
    if (result.ok) gone++;
  }
  return gone;
}

async function expireFaces(deps: SelfieDeps, limit: number): Promise<number> {
  const now = deps.clock.now();
  const over = await deps.db.orm
    .select({ id: face.id })
    .from(face)
    .where(and(isNull(face.deletedAt), lt(face.expiresAt, now)))
    .limit(limit);
  let gone = 0;
  for (const { id } of over) {
    const rows = (await selfiesOf(deps, id)).filter(isLiving);
    const ended = guarded(
      "expiry",
      deps.db.orm
        .update(face)
        .set({ expiresAt: null })
        .where(and(eq(face.id, id), lt(face.expiresAt, now))),
    );
    const forgotten: Statement[] = rows.flatMap((row) => [
      ...letGo(deps, row, "expired"),
      ...stopWork(deps, row),
    ]);
    const result = await deps.db.batch([ended, ...forgotten]);
    if (result.ok) gone += rows.length;
  }
  return gone;
}

/** A photo offered in the very moment of the consent may have missed its fetch. */
async function fetchMissed(deps: SelfieDeps, limit: number): Promise<void> {
  const faces = await deps.db.orm
    .selectDistinct({ id: face.id })
    .from(face)
    .innerJoin(selfie, and(eq(selfie.faceId, face.id), inArray(selfie.state, ["offered"])))
    .where(and(isNull(face.deletedAt), isNotNull(face.consentId)))
    .limit(limit);
  for (const { id } of faces) await deps.db.batch(await fetchOffered(deps, id));
}
