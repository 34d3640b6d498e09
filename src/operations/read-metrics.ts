import { encodeTime, TIME_LEN } from "ulid";
import type { Row, SqlValue } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import type { Metric, Sample } from "./metric.ts";

const DAY_MS = 24 * 60 * 60_000;
const RATING_DAYS = 30;

/**
 * One query and how its rows become samples. Operations lies below the rooms whose tables it reads, so it knows them
 * by SQL only. Every query goes through an index and looks at what is open or at a bounded time, so that a scrape costs
 * the same with a million orders.
 */
interface Question {
  readonly name: string;
  readonly help: string;
  readonly type?: "counter";
  readonly sql: string;
  readonly args?: (now: number) => readonly SqlValue[];
  /** Columns that become labels; `value` is the number. */
  readonly labels?: readonly string[];
}

/** Ids are ULIDs, so a range of them is a range of time. */
const idAt = (time: number): string => encodeTime(Math.max(0, time), TIME_LEN);
const lastDay = (now: number): readonly SqlValue[] => [now - DAY_MS];

const isoDay = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** A partial index is used only when the state is written out. */
const stepCount = (state: string): string =>
  `SELECT '${state}' AS state, count(*) AS value FROM step WHERE state = '${state}'`;

const DELIVERY_TIMES = `SELECT quantile, value FROM (
  SELECT (delivered_at - go_at) / 1000.0 AS value,
    row_number() OVER (ORDER BY delivered_at - go_at) AS place, count(*) OVER () AS total
  FROM orders WHERE created_at >= ? AND delivered_at IS NOT NULL AND go_at IS NOT NULL
) JOIN (SELECT '0.5' AS quantile, 50 AS percent UNION ALL SELECT '0.95', 95)
  ON place = (total * percent + 99) / 100`;

const QUESTIONS: readonly Question[] = [
  {
    name: "orders",
    help: "Orders by state.",
    sql: "SELECT state, count(*) AS value FROM orders GROUP BY state",
    labels: ["state"],
  },
  {
    name: "steps",
    help: "Steps that are not over, by state; dead ones wait for a human.",
    sql: ["ready", "leased", "waiting", "dead"].map(stepCount).join(" UNION ALL "),
    labels: ["state"],
  },
  {
    name: "step_oldest_ready_seconds",
    help: "For how long the step that is due longest has been waiting to run.",
    sql: "SELECT max(0, ? - coalesce(min(run_at), ?)) / 1000.0 AS value FROM step WHERE state = 'ready'",
    args: (now) => [now, now],
  },
  {
    name: "attempts_open",
    help: "Runs at providers that have not ended, by provider and state.",
    sql: `SELECT provider, state, count(*) AS value FROM attempt
      WHERE state IN ('intended','accepted','running','unknown') GROUP BY provider, state`,
    labels: ["provider", "state"],
  },
  {
    name: "deliveries_pending",
    help: "Messages that have not reached their chat.",
    sql: "SELECT count(*) AS value FROM delivery WHERE state = 'pending'",
  },
  {
    name: "delivery_oldest_pending_seconds",
    help: "For how long the oldest such message has been waiting.",
    sql: "SELECT max(0, ? - coalesce(min(created_at), ?)) / 1000.0 AS value FROM delivery WHERE state = 'pending'",
    args: (now) => [now, now],
  },
  {
    name: "inbox_open",
    help: "Webhooks stored and not yet worked on.",
    sql: "SELECT count(*) AS value FROM inbox WHERE processed_at IS NULL",
  },
  {
    name: "order_success_ratio",
    help: "Of the orders of the last day that ended by themselves, the share that was delivered.",
    sql: `SELECT avg(delivered_at IS NOT NULL) AS value FROM orders
      WHERE created_at >= ? AND (delivered_at IS NOT NULL OR state = 'failed')`,
    args: lastDay,
  },
  {
    name: "order_delivery_seconds",
    help: "From Go to the pictures, for orders of the last day.",
    sql: DELIVERY_TIMES,
    args: lastDay,
    labels: ["quantile"],
  },
  {
    name: "spent_usd",
    help: "Provider cost booked today and this month, UTC.",
    sql: `SELECT substr(scope, 1, instr(scope, ':') - 1) AS period, posted_micros / 1e6 AS value
      FROM budget WHERE scope IN (?, ?)`,
    args: (now) => [`day:${isoDay(now)}`, `month:${isoDay(now).slice(0, 7)}`],
    labels: ["period"],
  },
  {
    name: "held_usd",
    help: "Provider cost reserved for work under way, by budget.",
    sql: `SELECT substr(scope, 1, instr(scope, ':') - 1) AS period, held_micros / 1e6 AS value
      FROM budget WHERE scope IN (?, ?)`,
    args: (now) => [`day:${isoDay(now)}`, `month:${isoDay(now).slice(0, 7)}`],
    labels: ["period"],
  },
  {
    name: "wasted_usd_total",
    help: "Provider cost that no order bears, ever.",
    type: "counter",
    sql: "SELECT coalesce(sum(amount), 0) / 1e6 AS value FROM ledger_entry WHERE account = 'waste'",
  },
  {
    name: "order_rating",
    help: `Mean answer to the one question, 1 to 5, for orders of the last ${RATING_DAYS} days.`,
    sql: "SELECT avg(rating) AS value FROM orders WHERE created_at >= ? AND rating > 0",
    args: (now) => [now - RATING_DAYS * DAY_MS],
  },
  {
    name: "picture_votes",
    help: "Votes on pictures of the last day's orders: yes is 'looks like me'.",
    sql: `SELECT vote, count(*) AS value FROM orders JOIN picture ON picture.order_id = orders.id
      WHERE orders.created_at >= ? AND vote IS NOT NULL GROUP BY vote`,
    args: lastDay,
    labels: ["vote"],
  },
  {
    name: "selfies_judged",
    help: "Photos offered in the last day, by verdict.",
    sql: "SELECT verdict, count(*) AS value FROM selfie WHERE id >= ? AND verdict IS NOT NULL GROUP BY verdict",
    args: (now) => [idAt(now - DAY_MS)],
    labels: ["verdict"],
  },
  {
    name: "events_total",
    help: "Things that happened and are counted for good, by name.",
    type: "counter",
    sql: "SELECT name, value FROM counter ORDER BY name",
    labels: ["name"],
  },
];

/** Everything that `/metrics` shows, from the database, so that every process and isolate says the same. */
export async function readMetrics(deps: Pick<Deps, "db" | "clock">): Promise<Metric[]> {
  const now = deps.clock.now();
  const metrics: Metric[] = [];
  for (const question of QUESTIONS) {
    const rows = await deps.db.query(question.sql, question.args?.(now) ?? []);
    metrics.push({
      name: `proheadshots_${question.name}`,
      help: question.help,
      type: question.type ?? "gauge",
      samples: rows.flatMap((row) => sampleOf(row, question.labels ?? [])),
    });
  }
  return metrics;
}

/** Nothing where there is no number: an average of nothing is not zero. */
function sampleOf(row: Row, labels: readonly string[]): Sample[] {
  const { value } = row;
  if (typeof value !== "number") return [];
  if (labels.length === 0) return [{ value }];
  return [{ value, labels: Object.fromEntries(labels.map((label) => [label, String(row[label])])) }];
}
