import { encodeTime } from "ulid";
import { describe, expect, it } from "vitest";
import { countUp, readMetrics, renderMetrics, type Metric } from "../../src/operations/index.ts";
import type { Database, SqlValue } from "../../src/ports/database.ts";
import { memoryDatabase } from "../kit/database.ts";
import { fakeClock } from "../kit/time.ts";

const clock = fakeClock();
const NOW = clock.now();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Inserts a row, with something harmless in every column that is not named and must be there. */
async function insert(db: Database, table: string, row: Record<string, SqlValue>): Promise<void> {
  const columns = await db.query(`SELECT name, type FROM pragma_table_info('${table}')
    WHERE "notnull" = 1 AND dflt_value IS NULL`);
  const filled: Record<string, SqlValue> = {};
  for (const { name, type } of columns) filled[String(name)] = type === "text" ? "-" : 0;
  const all = { ...filled, ...row };
  const sql = `INSERT INTO ${table} (${Object.keys(all).join(", ")}) VALUES (${Object.keys(all).fill("?").join(", ")})`;
  const result = await db.batch([{ sql, args: Object.values(all) }]);
  expect(result).toMatchObject({ ok: true });
}

function find(metrics: readonly Metric[], name: string): Record<string, number> {
  const samples = metrics.find((metric) => metric.name === `proheadshots_${name}`)?.samples ?? [];
  return Object.fromEntries(samples.map(({ labels = {}, value }) => [Object.values(labels).join(), value]));
}

describe("metrics", () => {
  it("tell of an empty program that nothing waits, without inventing averages", async () => {
    const { db } = await memoryDatabase({ clock });
    const metrics = await readMetrics({ db, clock });
    expect(find(metrics, "steps")).toEqual({ ready: 0, leased: 0, waiting: 0, dead: 0 });
    expect(find(metrics, "step_oldest_ready_seconds")).toEqual({ "": 0 });
    expect(find(metrics, "deliveries_pending")).toEqual({ "": 0 });
    expect(find(metrics, "wasted_usd_total")).toEqual({ "": 0 });
    expect(find(metrics, "order_success_ratio")).toEqual({});
    expect(find(metrics, "order_rating")).toEqual({});
  });

  it("count what is open and how long it has been waiting", async () => {
    const { db } = await memoryDatabase({ clock });
    const states = ["ready", "ready", "leased", "waiting", "dead", "done"];
    for (const [at, state] of states.entries())
      await insert(db, "step", { id: `s${at}`, state, ordinal: at, run_at: NOW - 90_000 * (at + 1) });
    await insert(db, "step", { id: "later", state: "ready", ordinal: 99, run_at: NOW + MINUTE });
    await insert(db, "attempt", { id: "a", provider: "studio", state: "running" });
    await insert(db, "delivery", { id: "d", state: "pending", created_at: NOW - 5000 });
    await insert(db, "inbox", { id: "i" });
    const metrics = await readMetrics({ db, clock });
    expect(find(metrics, "steps")).toEqual({ ready: 3, leased: 1, waiting: 1, dead: 1 });
    expect(find(metrics, "step_oldest_ready_seconds")).toEqual({ "": 180 });
    expect(find(metrics, "attempts_open")).toEqual({ "studio,running": 1 });
    expect(find(metrics, "deliveries_pending")).toEqual({ "": 1 });
    expect(find(metrics, "delivery_oldest_pending_seconds")).toEqual({ "": 5 });
    expect(find(metrics, "inbox_open")).toEqual({ "": 1 });
  });

  it("measure success, time to deliver, satisfaction and votes of recent orders only", async () => {
    const { db } = await memoryDatabase({ clock });
    const order = (id: string, row: Record<string, SqlValue>): Promise<void> =>
      insert(db, "orders", { id, face_id: id, created_at: NOW - MINUTE, ...row });
    for (let at = 1; at <= 20; at++)
      await order(`o${at}`, {
        state: "delivered",
        go_at: NOW - DAY,
        delivered_at: NOW - DAY + at * 1000,
        rating: 4,
      });
    for (let at = 1; at <= 5; at++) await order(`f${at}`, { state: "failed", rating: 0 });
    await order("old", {
      state: "delivered",
      created_at: NOW - 40 * DAY,
      go_at: 1,
      delivered_at: NOW,
      rating: 1,
    });
    await order("going", { state: "shooting", go_at: NOW });
    const votes = ["yes", "yes", "no", null];
    for (const [at, vote] of votes.entries())
      await insert(db, "picture", { id: `p${at}`, order_id: "o1", ordinal: at, vote });
    const metrics = await readMetrics({ db, clock });
    expect(find(metrics, "orders")).toEqual({ delivered: 21, failed: 5, shooting: 1 });
    expect(find(metrics, "order_success_ratio")).toEqual({ "": 0.8 });
    expect(find(metrics, "order_delivery_seconds")).toEqual({ "0.5": 10, "0.95": 19 });
    expect(find(metrics, "order_rating")).toEqual({ "": 4 });
    expect(find(metrics, "picture_votes")).toEqual({ yes: 2, no: 1 });
  });

  it("give the one delivery time for both quantiles when there is only one", async () => {
    const { db } = await memoryDatabase({ clock });
    await insert(db, "orders", {
      id: "o",
      created_at: NOW,
      go_at: NOW,
      delivered_at: NOW + 1500,
      state: "delivered",
    });
    expect(find(await readMetrics({ db, clock }), "order_delivery_seconds")).toEqual({
      "0.5": 1.5,
      "0.95": 1.5,
    });
  });

  it("show spend, verdicts and counted events", async () => {
    const { db } = await memoryDatabase({ clock });
    const day = new Date(NOW).toISOString().slice(0, 10);
    await insert(db, "budget", { scope: `day:${day}`, posted_micros: 1_500_000, held_micros: 250_000 });
    await insert(db, "budget", { scope: `month:${day.slice(0, 7)}`, posted_micros: 7_000_000 });
    await insert(db, "budget", { scope: "day:2000-01-01", posted_micros: 9 });
    await insert(db, "ledger_entry", { txn_id: "t", account: "waste", amount: 20_000 });
    const verdicts = ["keep", "keep", "refuse", null];
    for (const [at, verdict] of verdicts.entries())
      await insert(db, "selfie", { id: `${encodeTime(NOW - MINUTE, 10)}${at}`, verdict });
    await insert(db, "selfie", { id: encodeTime(NOW - 2 * DAY, 10), verdict: "keep" });
    await db.batch([countUp("webhook_refused"), countUp("webhook_refused", 2)]);
    const metrics = await readMetrics({ db, clock });
    expect(find(metrics, "spent_usd")).toEqual({ day: 1.5, month: 7 });
    expect(find(metrics, "held_usd")).toEqual({ day: 0.25, month: 0 });
    expect(find(metrics, "wasted_usd_total")).toEqual({ "": 0.02 });
    expect(find(metrics, "selfies_judged")).toEqual({ keep: 2, refuse: 1 });
    expect(find(metrics, "events_total")).toEqual({ webhook_refused: 3 });
  });

  it("find every number through an index, so that a scrape does not grow with the tables", async () => {
    const { db } = await memoryDatabase({ clock });
    const asked: { sql: string; args: readonly SqlValue[] }[] = [];
    const listening: Database = {
      ...db,
      query: (sql, args = []) => {
        asked.push({ sql, args });
        return db.query(sql, args);
      },
    };
    await readMetrics({ db: listening, clock });
    const scans: string[] = [];
    for (const { sql, args } of asked) {
      const plan = await db.query(`EXPLAIN QUERY PLAN ${sql}`, args);
      for (const { detail } of plan)
        if (/^SCAN (?!counter|.*USING (COVERING )?INDEX|\(?subquery|CONSTANT)/i.test(String(detail)))
          scans.push(`${String(detail)}: ${sql}`);
    }
    expect(scans).toEqual([]);
    expect(asked.length).toBeGreaterThan(10);
  });

  it("read as Prometheus text, with names and labels escaped", () => {
    const text = renderMetrics([
      { name: "proheadshots_a", help: 'a "help"\nof \\ two lines', type: "gauge", samples: [{ value: 1.5 }] },
      {
        name: "proheadshots_b",
        help: "b",
        type: "counter",
        samples: [{ value: 2, labels: { name: 'x"y\\z\n', other: "o" } }],
      },
      { name: "proheadshots_none", help: "none", type: "gauge", samples: [] },
    ]);
    expect(text).toBe(
      [
        '# HELP proheadshots_a a "help"\\nof \\\\ two lines',
        "# TYPE proheadshots_a gauge",
        "proheadshots_a 1.5",
        "# HELP proheadshots_b b",
        "# TYPE proheadshots_b counter",
        'proheadshots_b{name="x\\"y\\\\z\\n",other="o"} 2',
        "# HELP proheadshots_none none",
        "# TYPE proheadshots_none gauge",
        "",
      ].join("\n"),
    );
  });
});
