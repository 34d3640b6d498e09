import type { Mutant } from "./mutant.ts";
import { ROOM_MUTANTS } from "./rooms.ts";

const SUITES = {
  attempts: "test/jobs/attempts.test.ts",
  running: "test/jobs/running.test.ts",
  failing: "test/jobs/failing.test.ts",
  lostLease: "test/jobs/lost-lease.test.ts",
  oneLiveAttempt: "test/jobs/one-live-attempt.test.ts",
  reserve: "test/money/reserve.test.ts",
  batch: "test/db/batch.test.ts",
} as const;

/** A checker that never fails proves nothing: each of these takes away one thing that the core relies on. */
export const MUTANTS: Readonly<Record<string, Mutant>> = {
  "the lease token is not compared": {
    file: "src/jobs/conclusion.ts",
    find: "WHERE id = ? AND state = 'leased' AND lease_token = ?`,\n      [...values",
    replace: "WHERE id = ? AND ? IS NOT NULL`,\n      [...values",
    suite: SUITES.failing,
  },
  "the index for one live attempt is gone": {
    file: "src/db/migrate.ts",
    find: "await migrate(drizzle(client), { migrationsFolder: folder });",
    replace:
      "await migrate(drizzle(client), { migrationsFolder: folder }); await client.execute('DROP INDEX attempt_live');",
    suite: SUITES.attempts,
  },
  "a lost answer is sent again": {
    file: "src/jobs/attempt/start-attempt.ts",
    find: "return await plan.provider.submit(request, run.signal);",
    replace:
      "const said = await plan.provider.submit(request, run.signal); return said.kind === 'unknown' ? await plan.provider.submit(request, run.signal) : said;",
    suite: SUITES.attempts,
  },
  "a lost run is not looked for": {
    file: "src/jobs/attempt/locate-run.ts",
    find: "const found = await provider.find(requestOf(attempt));",
    replace: "const found = { kind: 'absent' } as const; requestOf(attempt);",
    suite: SUITES.attempts,
  },
  "a new attempt does not check the lease": {
    file: "src/jobs/attempt/start-attempt.ts",
    find: "[run.fence, ...open(",
    replace: "[...open(",
    suite: SUITES.attempts,
  },
  "a late answer does not check that its attempt is open": {
    file: "src/jobs/attempt/accept-run.ts",
    find: "WHERE id = ? AND external_id IS NULL AND state IN ('intended', 'unknown')`",
    replace: "WHERE id = ?`",
    suite: SUITES.attempts,
  },
  "a run is never charged": {
    file: "src/jobs/attempt/close-attempt.ts",
    find: 'if (end.kind === "refused" || end.kind === "absent") return',
    replace: 'if (end.kind !== "lost") return',
    suite: SUITES.attempts,
  },
  "a cancelled run is left running": {
    file: "src/jobs/cancel-steps.ts",
    find: "endOrphans(now, { where: `step_id IN (${OF_SUBJECT})`",
    replace: "endOrphans(now, { where: `step_id IS NULL AND step_id IN (${OF_SUBJECT})`",
    suite: SUITES.attempts,
  },
  "the deadline of a run is forgotten": {
    file: "src/jobs/attempt/end-run.ts",
    find: "if (age <= plan.deadlineMs) return waitOn(",
    replace: "if (age >= 0) return waitOn(",
    suite: SUITES.attempts,
  },
  "a wake-up during a run is lost": {
    file: "src/jobs/wake-step.ts",
    find: "WHERE state IN ('waiting', 'leased')",
    replace: "WHERE state = 'waiting'",
    suite: SUITES.running,
  },
  "a step armed anew during its run stays done": {
    file: "src/jobs/conclusion.ts",
    find: "state = CASE WHEN run_at > ${WOKEN} THEN 'ready' ELSE 'done' END,",
    replace: "state = 'done',",
    suite: SUITES.running,
  },
  "anybody runs anything": {
    file: "src/jobs/claim.ts",
    find: "AND (${mine(capabilities)} OR deadline_at <= ?)",
    replace: "AND (${mine(capabilities)} OR 1 OR deadline_at <= ?)",
    suite: SUITES.running,
  },
  "a plain end does not look at its lease": {
    file: "src/jobs/conclusion.ts",
    find: `AND state = 'leased' AND lease_token = ?\`,
    [now, now`,
    replace: `AND ? IS NOT NULL\`,
    [now, now`,
    suite: SUITES.lostLease,
  },
  "two attempts may begin at once": {
    file: "src/jobs/attempt/start-attempt.ts",
    find: 'throw new AppError("CONFLICT", "another attempt of the step is not over", { retryable: true });',
    replace: "",
    suite: SUITES.oneLiveAttempt,
  },
  "a run that kills its program has endless lives": {
    file: "src/jobs/claim.ts",
    find: "attempts = attempts + 1",
    replace: "attempts = attempts",
    suite: SUITES.failing,
  },
  "leases are not renewed": {
    file: "src/jobs/claim.ts",
    find: "UPDATE step SET lease_until = ? WHERE state = 'leased' AND lease_token = ? RETURNING id",
    replace: "UPDATE step SET lease_until = lease_until WHERE ? AND lease_token = ? RETURNING id",
    suite: SUITES.failing,
  },
  "a stopped program keeps its steps": {
    file: "src/jobs/runner.ts",
    find: "if (left.length > 0)",
    replace: "if (left.length > 99)",
    suite: SUITES.failing,
  },
  "guards do not guard": {
    file: "src/db/database.ts",
    find: 'sent.push("INSERT INTO tx_guard VALUES (changes())");',
    replace: 'sent.push("SELECT 1");',
    suite: SUITES.batch,
  },
  "the cap is not checked": {
    file: "src/money/reserve.ts",
    find: "cap_micros >= posted_micros + held_micros + ?)",
    replace: "cap_micros >= 0 * ?)",
    suite: SUITES.reserve,
  },
  "the fence lets everybody through": {
    file: "src/jobs/lease.ts",
    find: "WHERE id = ? AND state = 'leased' AND lease_token = ?",
    replace: "WHERE id = ? AND ? IS NOT NULL",
    suite: SUITES.oneLiveAttempt,
  },
  "leases never end": {
    file: "src/jobs/claim.ts",
    find: "state = 'leased' AND lease_until <= ?",
    replace: "state = 'leased' AND lease_until <= ? AND 1 = 0",
    suite: SUITES.failing,
    test: "gives a run that kills its program eight lives",
  },
  "waits never end": {
    file: "src/jobs/claim.ts",
    find: "state = 'waiting' AND run_at <= ?",
    replace: "state = 'waiting' AND run_at <= ? AND 1 = 0",
    suite: SUITES.running,
    test: "waits until woken or until its time",
  },
  "a cancelled run is not asked to stop": {
    file: "src/jobs/attempt/accept-run.ts",
    find: "await provider.cancel(externalId);",
    replace: "",
    suite: SUITES.attempts,
    test: "asks a cancelled run to stop",
  },
  ...ROOM_MUTANTS,
};
