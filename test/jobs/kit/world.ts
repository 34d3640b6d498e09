import type { Client } from "@libsql/client";
import { createDatabase, openClient } from "../../../src/db/index.ts";
import { migrateDatabase } from "../../../src/db/migrate.ts";
import { checkHistory, sweep } from "../../../src/jobs/index.ts";
import type { Database } from "../../../src/ports/database.ts";
import type { Provider } from "../../../src/ports/provider.ts";
import { createNoopProvider, type NoopFault, type NoopProvider } from "../../../src/providers/noop/index.ts";
import { collectGarbageNowAndThen } from "../../kit/garbage.ts";
import { countingIds, fakeClock, seededRandom, type FakeClock } from "../../kit/time.ts";
import { startProcess, type Point, type Process } from "./process.ts";
import { openChat, type SendAnswer } from "./shop.ts";

const TABLES = [
  "step",
  "attempt",
  "inbox",
  "delivery",
  "event",
  "reservation",
  "resolution",
  "ledger_entry",
  "ledger_txn",
  "budget",
  "orders",
  "chat",
  "counter",
  "operation",
  "audit",
];

export const PRICE = 100;

/** A migrated database in memory that is emptied for each run, which is a hundred times faster than a new one. */
export async function reusableDatabase(): Promise<{ client: Client; wipe(): Promise<void> }> {
  const client = openClient({ url: ":memory:" });
  await migrateDatabase(client);
  const noDelete = ["DROP TRIGGER ledger_txn_no_delete", "DROP TRIGGER ledger_entry_no_delete"];
  await client.batch(noDelete, "write");
  return { client, wipe: () => wipeTables(client) };
}

/** Empties everything that the durable core touches. */
export async function wipeTables(client: Client): Promise<void> {
  await collectGarbageNowAndThen();
  await client.batch(
    TABLES.map((table) => `DELETE FROM ${table}`),
    "write",
  );
}

export interface WorldOptions {
  /** Faults of the nth submit, at the first and the second provider. */
  readonly faults?: readonly [readonly (NoopFault | null)[], readonly (NoopFault | null)[]];
  readonly polls?: number;
  readonly unsure?: number;
  readonly sends?: readonly SendAnswer[];
  readonly budgetMicros?: number | null;
  readonly seed?: number;
  readonly concurrency?: number;
  /** Changes how the vendors behave towards the processes. */
  readonly twist?: (vendor: NoopProvider) => Provider;
}

/** Everything outside the processes: the database, the clock, two vendors and a chat. It outlives every crash. */
export interface World {
  readonly db: Database;
  readonly clock: FakeClock;
  readonly vendors: readonly [NoopProvider, NoopProvider];
  /** What the chat was sent, as "delivery:version". */
  readonly sent: string[];
  boot(point?: Point): Process;
  /** Time passes and healthy processes work until nothing is left to do. */
  drain(): Promise<void>;
  /** Everything that is wrong once all work is over. */
  problems(expected: { readonly orders: readonly string[] }): Promise<string[]>;
  /** The final state as a text that is equal for equal histories, whatever the ids and times. */
  fingerprint(): Promise<string>;
}

/** Unsettled work and when it is due. */
const OPEN =
  "SELECT count(*) AS n, min(run_at) AS due FROM step WHERE state IN ('ready', 'waiting', 'leased')";

export async function createWorld(client: Client, options: WorldOptions = {}): Promise<World> {
  const clock = fakeClock();
  const random = seededRandom(options.seed ?? 1);
  const ids = countingIds();
  const db = createDatabase(client, { clock, random });
  await db.batch([openChat]);
  const vendor = (name: "replicate" | "runpod", at: 0 | 1): NoopProvider =>
    createNoopProvider({
      name,
      products: ["best"],
      output: Uint8Array.of(1),
      price: { train: PRICE, render: PRICE },
      polls: options.polls ?? 0,
      unsure: options.unsure ?? 0,
      fault: (_request, nth) => options.faults?.[at][nth] ?? null,
    });
  const vendors = [vendor("replicate", 0), vendor("runpod", 1)] as const;
  const twist = options.twist ?? ((provider) => provider);
  const sent: string[] = [];
  let sends = 0;
  const send = async (deliveryId: string, version: number): Promise<SendAnswer> => {
    const answer = options.sends?.[sends++] ?? "sent";
    sent.push(`${deliveryId}:${version}`);
    return answer;
  };
  const boot = (point: Point = () => undefined): Process =>
    startProcess({
      db,
      clock,
      ids,
      random,
      makers: [twist(vendors[0]), twist(vendors[1])],
      send,
      point,
      budgetMicros: options.budgetMicros ?? null,
      concurrency: options.concurrency ?? 4,
    });

  async function drain(): Promise<void> {
    const healthy = boot();
    for (let round = 0; round < 400; round++) {
      await sweep(healthy.deps, healthy.deps.providers);
      await healthy.runner.runDue();
      const [open] = await db.query(OPEN);
      if (open?.["n"] === 0) return;
      clock.advance(Math.max(1000, Math.min(20 * 60_000, Number(open?.["due"]) - clock.now())));
    }
    const left = await db.query(
      "SELECT subject, subject_id, kind, state, reason FROM step WHERE state IN ('ready', 'waiting', 'leased')",
    );
    throw new Error(`work that never ends: ${JSON.stringify(left)}`);
  }

  return {
    db,
    clock,
    vendors,
    sent,
    boot,
    drain,
    problems: (expected) => findProblems(db, vendors, expected.orders, options.budgetMicros ?? null),
    fingerprint: () => fingerprint(db),
  };
}

/** Compares our rows with each other, with the vendors' own lists and with what had to be. */
export async function findProblems(
  db: Database,
  vendors: readonly NoopProvider[],
  orders: readonly string[],
  budgetMicros: number | null,
): Promise<string[]> {
  const problems = await checkHistory(db);
  const rows = await db.query("SELECT id, state FROM orders");
  for (const id of orders) {
    const state = rows.find((row) => row["id"] === id)?.["state"];
    if (state !== "delivered" && state !== "failed" && state !== "cancelled")
      problems.push(`order ${id} ended as ${String(state)} (I1)`);
    const ends = await db.query("SELECT kind FROM event WHERE subject = 'order' AND subject_id = ?", [id]);
    if (ends.length !== 1) problems.push(`order ${id} ended ${ends.length} times (I1)`);
  }
  const shown = await db.query("SELECT id FROM delivery WHERE state NOT IN ('sent', 'unknown')");
  for (const row of shown) problems.push(`delivery ${String(row["id"])} was never shown`);
  const made = await db.query(
    "SELECT subject_id, count(*) AS n FROM event WHERE subject = 'prompt' AND kind = 'made' GROUP BY subject_id",
  );
  for (const row of made)
    if (row["n"] !== 1) problems.push(`${String(row["subject_id"])} was made ${String(row["n"])} times (I2)`);
  problems.push(...(await billProblems(db, vendors)));
  if (budgetMicros !== null) problems.push(...(await capProblems(db, budgetMicros)));
  return problems;
}

/** Compares our books with each vendor's own. */
async function billProblems(db: Database, vendors: readonly NoopProvider[]): Promise<string[]> {
  const problems: string[] = [];
  const attempts = await db.query(
    `SELECT attempt.id, attempt.step_id, attempt.state, attempt.external_id, attempt.failure_code, actual_micros
FROM attempt LEFT JOIN resolution ON resolution.attempt_id = attempt.id`,
  );
  const runsOfStep = new Map<string, number>();
  for (const run of vendors.flatMap((vendor) => vendor.runs())) {
    const { attemptId } = run.request;
    const attempt = attempts.find((row) => row["id"] === attemptId);
    if (attempt === undefined) {
      problems.push(`run ${run.externalId} belongs to no attempt (I4)`);
      continue;
    }
    const heard = attempt["external_id"];
    const lost = attempt["state"] === "lost";
    if (heard !== run.externalId && !lost)
      problems.push(`run ${run.externalId} is not known by its attempt (I4)`);
    // A run that began after it was looked for in vain is stopped and shows in the vendor's bill only.
    if (lost) continue;
    if (run.billed !== attempt["actual_micros"])
      problems.push(`run ${run.externalId} cost ${run.billed}, booked ${String(attempt["actual_micros"])}`);
    if (run.billed === 0) continue;
    const step = String(attempt["step_id"]);
    const billed = (runsOfStep.get(step) ?? 0) + 1;
    runsOfStep.set(step, billed);
    if (billed > 1) problems.push(`step ${step} was billed ${billed} times`);
  }
  const perAttempt = new Set<string>();
  for (const run of vendors.flatMap((vendor) => vendor.runs())) {
    if (perAttempt.has(run.request.attemptId))
      problems.push(`attempt ${run.request.attemptId} was sent twice`);
    perAttempt.add(run.request.attemptId);
  }
  return problems;
}

/** Held and spent never pass the day's cap at any prefix of the ledger (I7). */
async function capProblems(db: Database, cap: number): Promise<string[]> {
  const rows = await db.query(
    `SELECT ledger_txn.rowid AS place, account, sum(amount) OVER (PARTITION BY account ORDER BY ledger_txn.rowid) * -1 AS used
FROM ledger_entry JOIN ledger_txn ON ledger_txn.id = txn_id WHERE account LIKE 'budget:day:%'`,
  );
  return rows
    .filter((row) => Number(row["used"]) > cap)
    .map((row) => `${String(row["account"])} reached ${String(row["used"])} of ${cap} (I7)`);
}

async function fingerprint(db: Database): Promise<string> {
  const parts = await Promise.all(
    [
      "SELECT id, state FROM orders ORDER BY id",
      "SELECT subject, CASE subject WHEN 'delivery' THEN '' WHEN 'provider' THEN '' ELSE subject_id END AS s, kind, ordinal, state FROM step WHERE subject <> 'provider' ORDER BY 1, 2, 3, 4",
      "SELECT subject_id, attempt.state FROM attempt JOIN step ON step.id = step_id ORDER BY 1, attempt.created_at, attempt.id",
      "SELECT account, sum(amount) AS amount FROM ledger_entry GROUP BY account ORDER BY account",
      "SELECT coalescing_key, state, version FROM delivery ORDER BY 1",
    ].map((sql) => db.query(sql)),
  );
  return JSON.stringify(parts);
}
