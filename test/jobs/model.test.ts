import fc from "fast-check";
import { expect, it } from "vitest";
import { retryStep, sweep, takeWebhook } from "../../src/jobs/index.ts";
import type { NoopFault } from "../../src/providers/noop/index.ts";
import { seat, type Mishap, type Seat } from "./kit/fleet.ts";
import { createWorld, reusableDatabase, type World, type WorldOptions } from "./kit/world.ts";

const RUNS = Number(process.env["MODEL_RUNS"] ?? (process.env["CI"] === undefined ? 2000 : 20_000));
const SEED = Number(process.env["MODEL_SEED"] ?? Date.now() % 2 ** 31);

/** What people were told; everything else is the world's affair. */
interface Model {
  readonly placed: Set<string>;
}

interface Real {
  readonly world: World;
  readonly seats: readonly [Seat, Seat];
}

type Command = fc.AsyncCommand<Model, Real>;

const command = (name: string, run: (model: Model, real: Real) => Promise<unknown>): Command => ({
  check: () => true,
  run: async (model, real) => {
    await run(model, real);
  },
  toString: () => name,
});

const admin = { kind: "admin", adminId: "a", role: "owner" } as const;
const which: fc.Arbitrary<0 | 1> = fc.constantFrom(0, 1);
const orderId = fc.constantFrom("a", "b", "c");
const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Mishap>({ kind: "none" }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("die", "die", "pause", "busy", "answer_lost"),
      afterPoints: fc.integer({ min: 1, max: 25 }),
    }),
  },
);

const COMMANDS = [
  fc.tuple(orderId, fc.integer({ min: 1, max: 2 })).map(([id, parts]) =>
    command(`order ${id} of ${parts}`, async (model, { seats }) => {
      const placed = await seats[0].calm.shop.order(id, parts);
      expect(placed).toBe(!model.placed.has(id));
      model.placed.add(id);
    }),
  ),
  fc
    .tuple(which, mishap)
    .map(([at, what]) =>
      command(`work ${at} ${JSON.stringify(what)}`, (_model, { seats }) => seats[at].work(what)),
    ),
  fc.tuple(which, mishap).map(([at, what]) =>
    command(`poll ${at} ${JSON.stringify(what)}`, async (_model, { seats, world }) => {
      world.clock.advance(16_000);
      await seats[at].work(what);
    }),
  ),
  which.map((at) => command(`resume ${at}`, (_model, { seats }) => seats[at].resume())),
  fc
    .constantFrom(1000, 61_000, 130_000, 11 * 60_000)
    .map((ms) => command(`tick ${ms}`, async (_model, { world }) => world.clock.advance(ms))),
  fc.constantFrom(0, 1, 2).map((times) =>
    command(`webhooks ${times}x`, async (_model, { world, seats }) => {
      for (const vendor of world.vendors) {
        for (const { url, attemptId } of vendor.takeWebhooks())
          for (let time = 0; time < times; time++)
            await takeWebhook(seats[0].calm.deps, {
              source: vendor.name,
              dedupeKey: url,
              body: "{}",
              attemptId,
            });
      }
    }),
  ),
  fc.nat(9).map((nth) =>
    command(`webhook out of the blue ${nth}`, async (_model, { world, seats }) => {
      const attempts = await world.db.query("SELECT id FROM attempt ORDER BY id LIMIT 1 OFFSET ?", [nth]);
      const attemptId = String(attempts[0]?.["id"] ?? "nobody");
      await takeWebhook(seats[0].calm.deps, {
        source: "replicate",
        dedupeKey: `blue ${nth}`,
        body: "{}",
        attemptId,
      });
    }),
  ),
  orderId.map((id) => command(`cancel ${id}`, (_model, { seats }) => seats[0].calm.shop.cancel(id))),
  fc.constant(
    command("retry the dead", async (_model, { world, seats }) => {
      for (const { id } of await world.db.query(
        "SELECT id FROM step WHERE state = 'dead' AND subject = 'delivery'",
      ))
        await retryStep(seats[0].calm.deps, String(id), admin);
    }),
  ),
  fc.constant(
    command("sweep", (_model, { seats }) => sweep(seats[1].calm.deps, seats[1].calm.deps.providers)),
  ),
];

const fault = fc.constantFrom<(NoopFault | null)[]>(
  null,
  null,
  null,
  "lost_answer",
  "lost_request",
  "refuse",
  "busy",
  "fail",
  "out_of_memory",
  "late_success",
);
const faults = fc.array(fault, { maxLength: 4 });
const circumstances: fc.Arbitrary<WorldOptions> = fc.record({
  faults: fc.tuple(faults, faults),
  polls: fc.constantFrom(0, 1, 3),
  unsure: fc.constantFrom(0, 0, 1),
  sends: fc.array(fc.constantFrom("sent" as const, "unknown" as const), { maxLength: 3 }),
  budgetMicros: fc.constantFrom(null, null, 250),
  concurrency: fc.constantFrom(1, 4),
  seed: fc.nat(),
});

const { client, wipe } = await reusableDatabase();

it(
  `keeps every promise through ${RUNS} random histories (MODEL_SEED=${SEED})`,
  { timeout: 3_600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        circumstances,
        fc.commands(COMMANDS, { maxCommands: 16 }),
        async (options, commands) => {
          await wipe();
          const world = await createWorld(client, options);
          const seats = [seat(world), seat(world)] as const;
          const model: Model = { placed: new Set() };
          await fc.asyncModelRun(() => ({ model, real: { world, seats } }), commands);
          for (const one of seats) await one.resume();
          await world.drain();
          expect(await world.problems({ orders: [...model.placed] })).toEqual([]);
        },
      ),
      {
        numRuns: RUNS,
        seed: SEED,
        interruptAfterTimeLimit: 3_500_000,
        endOnFailure: process.env["SHRINK"] === undefined,
      },
    );
  },
);
