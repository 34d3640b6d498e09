import type { Row, Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import type { Capability, Step } from "../ports/jobs.ts";
import { claim, endLeases, endWaits } from "./claim.ts";
import { conclude, concludeDone, type Conclusion } from "./conclusion.ts";
import { LEASE_GUARD } from "./lease.ts";
import { concludeError, type OnDead } from "./run-step.ts";
import { backoffMs } from "./rules/backoff.ts";
import { toStep } from "./step-row.ts";

/** A run that ended and is not committed yet. */
export interface Ended {
  readonly step: Step;
  readonly token: string;
  readonly end: Conclusion;
}

export interface Claimed {
  readonly token: string;
  readonly steps: readonly Step[];
}

type ExchangeDeps = Pick<Deps, "db" | "clock" | "random" | "log">;

/** Rows that one turn moves besides what it claims. */
const MOST_MOVED = 200;

/** As often as an end is decided anew when another change came first. */
const RACES = 3;

/**
 * One turn with the database: commits the runs that ended and takes up to `free` due steps, in one batch, so that many
 * steps share one flush to disk. Each outcome stays whole: where a guard of one fails, each is committed alone.
 * `look` also makes ready what has waited or was leased for long enough.
 */
export async function exchange(
  deps: ExchangeDeps,
  parts: { readonly capabilities: readonly Capability[]; readonly onDead: OnDead },
  ended: readonly Ended[],
  { free, look }: { readonly free: number; readonly look: boolean },
): Promise<Claimed> {
  const now = deps.clock.now();
  const token = newToken(deps);
  const due = look ? [endWaits(now, MOST_MOVED), endLeases(now, MOST_MOVED)] : [];
  const take = free === 0 ? due : [...due, claim(now, free, token, parts.capabilities)];
  const plain = concludePlain(ended.filter(isPlain), now);
  const special = ended.filter((one) => !isPlain(one));
  const together = special.flatMap((one) => conclude(one.step, one.token, one.end, now));
  const result = await deps.db.batch([...plain, ...together, ...take]);
  if (result.ok) return { token, steps: claimedSteps(result.rows.at(-1), free, now) };

  for (const one of special) await concludeAlone(deps, parts.onDead, one);
  const rest = await deps.db.batch([...plain, ...take]);
  if (!rest.ok) throw new AppError("DEFECT", "a claim was refused");
  return { token, steps: claimedSteps(rest.rows.at(-1), free, now) };
}

function newToken(deps: ExchangeDeps): string {
  return Array.from(deps.random.bytes(16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Done, and nothing else to commit. */
function isPlain({ end }: Ended): boolean {
  return end.kind === "done" && (end.also ?? []).length === 0;
}

function concludePlain(ended: readonly Ended[], now: number): Statement[] {
  const byToken = new Map<string, string[]>();
  for (const { token, step } of ended) byToken.set(token, [...(byToken.get(token) ?? []), step.id]);
  return [...byToken].map(([token, ids]) => concludeDone(ids, token, now));
}

function claimedSteps(rows: readonly Row[] | undefined, free: number, now: number): Step[] {
  if (free === 0 || rows === undefined) return [];
  return rows.map((row) => ({ ...toStep(row), runAt: now })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Commits one end by itself. When a guard of its own fails, another change came first and the step runs again. */
async function concludeAlone(deps: ExchangeDeps, onDead: OnDead, one: Ended): Promise<void> {
  let end = one.end;
  for (let tried = 1; ; tried++) {
    const result = await deps.db.batch(conclude(one.step, one.token, end, deps.clock.now()));
    if (result.ok || (result.kind === "guard" && result.guard === LEASE_GUARD)) return;
    const reason = result.kind === "guard" ? `guard ${result.guard}` : "a constraint";
    const conflict = new AppError("CONFLICT", `another change came before its outcome (${reason})`, {
      retryable: true,
    });
    end =
      tried < RACES
        ? await concludeError(deps, onDead, one.step, conflict)
        : { kind: "retry", until: deps.clock.now() + backoffMs(tried, deps.random.float()), reason };
  }
}
