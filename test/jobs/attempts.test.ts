import { expect, it } from "vitest";
import { raw } from "../../src/db/index.ts";
import { takeWebhook } from "../../src/jobs/index.ts";
import { AppError } from "../../src/ports/errors.ts";
import { seat } from "./kit/fleet.ts";
import { mortals } from "./kit/mortal.ts";
import { PART_DEADLINE_MS } from "./kit/shop.ts";
import { createWorld, PRICE, reusableDatabase, type World, type WorldOptions } from "./kit/world.ts";

const { client, wipe } = await reusableDatabase();

async function fresh(options: WorldOptions = {}): Promise<World> {
  await wipe();
  return createWorld(client, options);
}

const attempts = (world: World) =>
  world.db.query(
    `SELECT provider, attempt.state, external_id, failure_code, resolution.kind AS money, actual_micros AS cost
FROM attempt LEFT JOIN resolution ON attempt_id = attempt.id ORDER BY attempt.created_at, attempt.id`,
  );
const part = async (world: World) => (await world.db.query("SELECT * FROM step WHERE subject = 'prompt'"))[0];
const orderState = async (world: World) => (await world.db.query("SELECT state FROM orders"))[0]?.["state"];
const balance = async (world: World, account: string) =>
  (
    await world.db.query("SELECT coalesce(sum(amount), 0) AS n FROM ledger_entry WHERE account = ?", [
      account,
    ])
  )[0]?.["n"];

/** Time passes in steps of a poll, with what falls due done each time, without any sweep. */
async function pass(world: World, ms: number, process = world.boot()): Promise<void> {
  for (let gone = 0; gone < ms; gone += 15_000) {
    world.clock.advance(15_000);
    await process.runner.runDue();
  }
}

it("takes, settles and delivers a run that is over at once", async () => {
  const world = await fresh();
  const { shop, runner } = world.boot();
  await shop.order("o", 1);
  await runner.runDue();
  expect(await attempts(world)).toMatchObject([{ state: "succeeded", money: "settle", cost: PRICE }]);
  expect(await orderState(world)).toBe("delivered");
  expect(await balance(world, "cost:o")).toBe(PRICE);
  expect(await world.problems({ orders: ["o"] })).toEqual([]);
});

it("polls a run that takes a while, and a failing poll costs no try", async () => {
  let away = 3;
  const world = await fresh({
    polls: 2,
    twist: (vendor) => ({
      ...vendor,
      read: (id) => (away-- > 0 ? Promise.reject(new AppError("PROVIDER_FAILED", "away")) : vendor.read(id)),
    }),
  });
  const { shop, runner } = world.boot();
  await shop.order("o", 1);
  await runner.runDue();
  expect(await attempts(world)).toMatchObject([
    { state: "accepted", external_id: "replicate-1", money: null },
  ]);
  await pass(world, 90_000);
  expect(await part(world)).toMatchObject({ state: "done", attempts: 0 });
  expect(await orderState(world)).toBe("delivered");
});

it("looks for a run whose answer was lost instead of sending again", async () => {
  const world = await fresh({ polls: 1, unsure: 2, faults: [["lost_answer"], []] });
  const { shop, runner } = world.boot();
  await shop.order("o", 1);
  await runner.runDue();
  expect(await attempts(world)).toMatchObject([{ state: "unknown", external_id: null }]);
  await pass(world, 90_000);
  expect(world.vendors[0].runs()).toHaveLength(1);
  expect(await attempts(world)).toMatchObject([
    { state: "succeeded", external_id: "replicate-1", cost: PRICE },
  ]);
  expect(await world.problems({ orders: ["o"] })).toEqual([]);
});

it("sends again, as a new attempt, only after the first was proven never to have begun", async () => {
  const world = await fresh({ polls: 1, faults: [["lost_request"], []] });
  const { shop, runner } = world.boot();
  await shop.order("o", 1);
  await runner.runDue();
  await pass(world, 90_000);
  expect(await attempts(world)).toMatchObject([
    { state: "lost", failure_code: "absent", money: "void", cost: 0 },
    { state: "succeeded", money: "settle", cost: PRICE },
  ]);
  expect(await world.problems({ orders: ["o"] })).toEqual([]);
});

it("counts a run of which nothing can be learnt as spent, and tries at most once more", async () => {
  const world = await fresh({ unsure: 1e9, faults: [["lost_answer", "lost_answer", null], []] });
  const { shop, runner } = world.boot();
  await shop.order("o", 1);
  await runner.runDue();
  await pass(world, 3 * PART_DEADLINE_MS);
  const lost = { provider: "replicate", state: "lost", failure_code: "lost", money: "settle", cost: PRICE };
  expect(await attempts(world)).toMatchObject([lost, lost, { provider: "runpod", state: "succeeded" }]);
  expect(await balance(world, "waste")).toBe(2 * PRICE);
  expect(await balance(world, "cost:o")).toBe(PRICE);
});

it("adopts the run of a process that died before it could note the answer", async () => {
  const world = await fresh({ polls: 1 });
  const whole = mortals(world, []);
  await whole.act(({ shop }) => shop.order("o", 1));
  await whole.act(({ runner }) => runner.runDue());
  const heard = whole.passed().indexOf("submit:after") + 1;

  const again = await fresh({ polls: 1 });
  const line = mortals(again, [heard]);
  await line.act(({ shop }) => shop.order("o", 1));
  await line.act(({ runner }) => runner.runDue());
  expect(await attempts(again)).toMatchObject([{ state: "intended", external_id: null }]);
  await pass(again, 120_000);
  expect(again.vendors[0].runs()).toHaveLength(1);
  expect(await attempts(again)).toMatchObject([{ state: "succeeded", external_id: "replicate-1" }]);
});

it("stops a run that begins after its attempt was given up, and still knows whose it is", async () => {
  const world = await fresh({ polls: 5 });
  const slow = seat(world);
  await slow.calm.shop.order("o", 1);
  // The process stands still right before it sends, longer than its lease.
  const next = { kind: "pause", afterPoints: 1 } as const;
  await slow.work(next);
  while (slow.pausedAt() !== "submit:before") await slow.resume(next);
  await pass(world, 120_000);
  expect((await attempts(world))[0]).toMatchObject({
    state: "lost",
    failure_code: "absent",
    external_id: null,
  });
  await slow.resume();
  const late = world.vendors[0].runs().at(-1);
  expect(late?.cancelAsked).toBe(true);
  expect((await attempts(world))[0]).toMatchObject({ state: "lost", external_id: late?.externalId });
  await world.drain();
  expect(await orderState(world)).toBe("delivered");
});

it("asks a cancelled run to stop and books what it really cost", async () => {
  const world = await fresh({ polls: 3, faults: [["late_success", null], []] });
  const { shop, runner } = world.boot();
  await shop.order("o", 2);
  await runner.runDue();
  await shop.cancel("o");
  await runner.runDue();
  expect(world.vendors[0].runs().map((run) => run.cancelAsked)).toEqual([true, true]);
  await pass(world, 60_000);
  expect(await attempts(world)).toMatchObject([
    { state: "succeeded", money: "settle", cost: PRICE },
    { state: "cancelled", money: "settle", cost: 0 },
  ]);
  expect(await orderState(world)).toBe("cancelled");
  expect(world.sent).toHaveLength(1);
  expect(await world.problems({ orders: ["o"] })).toEqual([]);
});

it("begins nothing once the order is cancelled, however close", async () => {
  let cancel: () => Promise<unknown> = () => Promise.resolve();
  const world = await fresh({
    twist: (vendor) => ({
      ...vendor,
      async estimate(input) {
        await cancel();
        return vendor.estimate(input);
      },
    }),
  });
  const { shop, runner } = world.boot();
  await shop.order("o", 1);
  cancel = () => shop.cancel("o");
  await runner.runDue();
  expect(await attempts(world)).toEqual([]);
  expect(world.vendors[0].runs()).toEqual([]);
});

it("stops a run at its deadline and has the part made elsewhere", async () => {
  const world = await fresh({
    polls: 1e9,
    twist: (vendor) => (vendor.name === "runpod" ? { ...vendor, submit: instead(vendor) } : vendor),
  });
  const { shop, runner } = world.boot();
  await shop.order("o", 1);
  await runner.runDue();
  await pass(world, PART_DEADLINE_MS + 30_000);
  expect(world.vendors[0].runs()[0]?.cancelAsked).toBe(true);
  world.vendors[0].finish("replicate-1");
  await pass(world, 60_000);
  expect(await attempts(world)).toMatchObject([
    { provider: "replicate", state: "cancelled", cost: 0 },
    { provider: "runpod", state: "succeeded", cost: PRICE },
  ]);
  expect(await orderState(world)).toBe("delivered");
});

it("has a part made elsewhere when the provider has forgotten the run", async () => {
  const world = await fresh({
    polls: 1,
    twist: (vendor) =>
      vendor.name === "replicate"
        ? { ...vendor, read: () => Promise.reject(new AppError("NOT_FOUND", "no such run")) }
        : vendor,
  });
  const { shop, runner } = world.boot();
  await shop.order("o", 1);
  await runner.runDue();
  await pass(world, 90_000);
  expect(await attempts(world)).toMatchObject([
    { provider: "replicate", state: "lost", money: "settle", cost: PRICE },
    { provider: "runpod", state: "succeeded" },
  ]);
  expect(await balance(world, "waste")).toBe(PRICE);
});

it("starts no paid work above the budget", async () => {
  const world = await fresh({ budgetMicros: PRICE, concurrency: 1 });
  const { shop, runner } = world.boot();
  await shop.order("o", 2);
  await runner.runDue();
  expect(await attempts(world)).toHaveLength(1);
  const reasons = await world.db.query(
    "SELECT reason FROM step WHERE subject = 'prompt' AND state = 'failed'",
  );
  expect(reasons).toEqual([{ reason: "over_budget" }]);
  expect(await world.problems({ orders: ["o"] })).toEqual([]);
});

it("waits as long as a provider asks before another attempt", async () => {
  const failure = { class: "retryable", code: "busy", detail: "later", retryAfterMs: 200_000 } as const;
  let first = true;
  const world = await fresh({
    twist: (vendor) => ({
      ...vendor,
      submit: (request, signal) => {
        if (!first) return vendor.submit(request, signal);
        first = false;
        return Promise.resolve({ kind: "refused", failure });
      },
    }),
  });
  const { shop, runner } = world.boot();
  await shop.order("o", 1);
  await runner.runDue();
  expect(await part(world)).toMatchObject({
    state: "ready",
    attempts: 1,
    run_at: world.clock.now() + 200_000,
  });
  expect(await attempts(world)).toMatchObject([{ state: "failed", money: "void" }]);
});

it("goes on by itself after a webhook, without waiting for the poll", async () => {
  const world = await fresh({
    polls: 0,
    twist: (vendor) => ({ ...vendor, submit: instead(vendor, "starting") }),
  });
  const { shop, runner, deps } = world.boot();
  await shop.order("o", 1);
  await runner.runDue();
  expect(await part(world)).toMatchObject({ state: "waiting" });
  const [{ attemptId } = { attemptId: "" }] = world.vendors[0].takeWebhooks();
  await takeWebhook(deps, { source: "replicate", dedupeKey: "1", body: "{}", attemptId });
  await runner.runDue();
  expect(await orderState(world)).toBe("delivered");
});

it("lets the database itself refuse a second live attempt of a step", async () => {
  const world = await fresh();
  const insert = (id: string) =>
    raw(
      "INSERT INTO attempt (id, step_id, provider, state, request, created_at) VALUES (?, 's', 'noop', 'unknown', '{}', 0)",
      [id],
    );
  expect(await world.db.batch([insert("a")])).toMatchObject({ ok: true });
  expect(await world.db.batch([insert("b")])).toMatchObject({ ok: false, kind: "constraint" });
});

/** Submits, and ends the run at once, or says that it only starts. */
function instead(vendor: World["vendors"][number], say?: "starting"): World["vendors"][number]["submit"] {
  return async (request, signal) => {
    const answer = await vendor.submit(request, signal);
    if (answer.kind !== "accepted") return answer;
    vendor.finish(answer.snapshot.externalId);
    const snapshot = await vendor.read(answer.snapshot.externalId);
    return {
      kind: "accepted",
      snapshot: say === undefined ? snapshot : { ...snapshot, state: say, outputs: [] },
    };
  };
}
