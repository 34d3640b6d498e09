import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sweep, takeWebhook } from "../../src/jobs/index.ts";
import type { Process } from "./kit/process.ts";
import { createWorld, reusableDatabase, type World, type WorldOptions } from "./kit/world.ts";

const RUNS = process.env["CI"] === undefined ? 60 : 400;
const TIME = { timeout: 600_000 };

const { client, wipe } = await reusableDatabase();

async function fresh(options: WorldOptions): Promise<World> {
  await wipe();
  return createWorld(client, options);
}

/** What the same order comes to when nothing unusual happens. */
async function undisturbed(options: WorldOptions): Promise<string> {
  const world = await fresh(options);
  await world.boot().shop.order("o", 2);
  await world.drain();
  expect(await world.problems({ orders: ["o"] })).toEqual([]);
  return world.fingerprint();
}

describe("whatever comes first", () => {
  it("two workers, a webhook and a sweep end the same in every order of their steps", TIME, async () => {
    const options = { polls: 1 };
    const expected = await undisturbed(options);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = await fresh(options);
        const slow = (name: string) => scheduler.schedule(Promise.resolve(), name).then(() => undefined);
        const workers = [world.boot(slow), world.boot(slow)];
        const calm = world.boot();
        await calm.shop.order("o", 2);
        const webhooks = async (): Promise<void> => {
          for (const { url, attemptId } of world.vendors[0].takeWebhooks())
            await takeWebhook(calm.deps, { source: "replicate", dedupeKey: url, body: "{}", attemptId });
        };
        const all = Promise.all([
          ...workers.map(({ runner }) => runner.runDue()),
          scheduler.schedule(Promise.resolve(), "webhook").then(webhooks),
          scheduler.schedule(Promise.resolve(), "sweep").then(() => sweep(calm.deps, calm.deps.providers)),
          scheduler
            .schedule(Promise.resolve(), "time")
            .then(() => world.clock.advance(2000))
            .then(webhooks),
        ]);
        await scheduler.waitFor(all);
        await world.drain();
        expect(await world.problems({ orders: ["o"] })).toEqual([]);
        expect(await world.fingerprint()).toBe(expected);
        expect(world.sent).toHaveLength(1);
      }),
      { numRuns: RUNS },
    );
  });

  it("webhooks end the same early, late, repeated, reordered, forged or never", TIME, async () => {
    const options = { polls: 3 };
    const expected = await undisturbed(options);
    const kind = fc.constantFrom("start", "output", "logs", "completed");
    /** -1 is before anything was sent; 9 is long after the end. */
    const hook = fc.record({
      kind,
      at: fc.integer({ min: -1, max: 9 }),
      run: fc.nat(1),
      forged: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(hook, { maxLength: 12 }), async (hooks) => {
        const world = await fresh(options);
        const { shop, deps, runner } = world.boot();
        await shop.order("o", 2);
        for (let moment = -1; moment <= 9; moment++) {
          const runs = await world.db.query("SELECT id FROM attempt ORDER BY id");
          for (const { kind, run, forged, at } of hooks) {
            if (at !== moment) continue;
            const attemptId = forged ? "forged" : String(runs[run]?.["id"] ?? "too early");
            const known = { source: "replicate", dedupeKey: `${attemptId}:${kind}`, body: "{}", attemptId };
            await takeWebhook(deps, known);
          }
          await runner.runDue();
          world.clock.advance(700);
        }
        await world.drain();
        expect(await world.problems({ orders: ["o"] })).toEqual([]);
        expect(await world.fingerprint()).toBe(expected);
      }),
      { numRuns: RUNS },
    );
  });

  it("ends the same when every wake-up is lost and when every one comes three times", TIME, async () => {
    const options = { polls: 2 };
    const expected = await undisturbed(options);
    for (const times of [0, 3]) {
      const world = await fresh(options);
      const process: Process = world.boot();
      await process.shop.order("o", 2);
      for (let moment = 0; moment < 12; moment++) {
        for (let time = 0; time < times; time++) {
          process.runner.notify();
          await process.runner.runDue();
          for (const { id } of await world.db.query("SELECT id FROM attempt"))
            await takeWebhook(process.deps, {
              source: "replicate",
              dedupeKey: `${String(id)}:${moment}:${time}`,
              body: "{}",
              attemptId: String(id),
            });
        }
        world.clock.advance(5000);
      }
      await world.drain();
      expect(await world.problems({ orders: ["o"] })).toEqual([]);
      expect(await world.fingerprint()).toBe(expected);
    }
  });
});
