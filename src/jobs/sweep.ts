import { raw } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import type { ProviderName } from "../ports/product.ts";
import type { Provider } from "../ports/provider.ts";
import { endOrphans } from "./attempt/end-orphans.ts";
import { endLeases, endWaits } from "./claim.ts";

const SWEEPS = [
  "lostLeases",
  "endedWaits",
  "deadlines",
  "unknownSubmits",
  "orphanedAttempts",
  "unshownDeliveries",
  "failedDeliveries",
] as const;

type SweepName = (typeof SWEEPS)[number];

/** Rows that each sweep moved. */
export type SweepReport = Readonly<Record<SweepName, number>>;

const MOST = 500;

/** A submit whose answer is this late is looked up. */
const SUBMIT_GRACE_MS = 2 * 60_000;

/** A message that nothing will show any more although it should be shown. */
const DELIVERY_GRACE_MS = 60_000;

function statements(
  now: number,
  providers: ReadonlyMap<ProviderName, Provider>,
): Record<SweepName, Statement> {
  const names = [...providers.keys()];
  return {
    lostLeases: endLeases(now, MOST),
    endedWaits: endWaits(now, MOST),
    /** Whoever claims a step past its deadline ends it. */
    deadlines: raw(
      `UPDATE step SET state = 'ready', run_at = ? WHERE id IN (SELECT id FROM step WHERE deadline_at <= ?
AND deadline_at IS NOT NULL AND state IN ('ready','waiting') AND (state = 'waiting' OR run_at > ?) LIMIT ${MOST}) RETURNING id`,
      [now, now, now],
    ),
    unknownSubmits: raw(
      `UPDATE step SET state = 'ready', run_at = ? WHERE state = 'waiting' AND id IN (
SELECT step_id FROM attempt WHERE state IN ('intended','accepted','running','unknown')
AND external_id IS NULL AND created_at < ? LIMIT ${MOST}) RETURNING id`,
      [now, now - SUBMIT_GRACE_MS],
    ),
    orphanedAttempts: endOrphans(now, {
      where: `attempt.provider IN (${names.map(() => "?").join(", ")})`,
      args: names,
    }),
    unshownDeliveries: raw(
      `UPDATE step SET state = 'ready', run_at = ?, attempts = 0, finished_at = NULL WHERE state = 'done' AND id IN (
SELECT step.id FROM delivery JOIN step ON step.subject = 'delivery' AND step.subject_id = delivery.id
WHERE delivery.state = 'pending' AND delivery.created_at < ? LIMIT ${MOST}) RETURNING id`,
      [now, now - DELIVERY_GRACE_MS],
    ),
    failedDeliveries: raw(
      `UPDATE delivery SET state = 'failed' WHERE id IN (
SELECT delivery.id FROM delivery JOIN step ON step.subject = 'delivery' AND step.subject_id = delivery.id
WHERE delivery.state = 'pending' AND step.state IN ('failed', 'dead', 'cancelled') LIMIT ${MOST}) RETURNING id`,
    ),
  };
}

/**
 * Finds what a lost wake-up, a crash or the clock left behind and makes it due. Each sweep is one bounded statement, safe
 * anywhere and at any time; attempts are ended where their provider is known.
 */
export async function sweep(
  deps: Pick<Deps, "db" | "clock" | "waker">,
  providers: ReadonlyMap<ProviderName, Provider>,
): Promise<SweepReport> {
  const all = statements(deps.clock.now(), providers);
  const result = await deps.db.batch(SWEEPS.map((name) => all[name]));
  if (!result.ok) throw new AppError("DEFECT", "a sweep was refused");
  const moved = (name: SweepName): number => result.rows[SWEEPS.indexOf(name)]?.length ?? 0;
  if (SWEEPS.some((name) => moved(name) > 0)) deps.waker.notify();
  return {
    lostLeases: moved("lostLeases"),
    endedWaits: moved("endedWaits"),
    deadlines: moved("deadlines"),
    unknownSubmits: moved("unknownSubmits"),
    orphanedAttempts: moved("orphanedAttempts"),
    unshownDeliveries: moved("unshownDeliveries"),
    failedDeliveries: moved("failedDeliveries"),
  };
}
