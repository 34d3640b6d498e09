import { describe, expect, it } from "vitest";
import { seededRandom } from "../kit/time.ts";
import { mortals } from "./kit/mortal.ts";
import { SCENARIOS, type Scenario } from "./kit/scenarios.ts";
import { createWorld, reusableDatabase } from "./kit/world.ts";

const SAMPLED_PAIRS = process.env["CI"] === undefined ? 10 : 60;

const { client, wipe } = await reusableDatabase();

interface Played {
  readonly points: readonly string[];
  readonly problems: readonly string[];
  readonly orderStates: string;
}

/** Plays a scenario with processes that die at the given points; what is left is then done by a healthy one. */
async function play(scenario: Scenario, dieAt: readonly number[]): Promise<Played> {
  await wipe();
  const world = await createWorld(client, scenario.options);
  const line = mortals(world, dieAt);
  await scenario.play(world, line);
  await world.drain();
  const problems = await world.problems({ orders: scenario.orders });
  const repeats = world.sent.length - new Set(world.sent).size;
  const allowed =
    line.deaths() + (scenario.options.sends ?? []).filter((answer) => answer === "unknown").length;
  if (repeats > allowed) problems.push(`${repeats} messages were sent twice`);
  const orderStates = JSON.stringify(await world.db.query("SELECT id, state FROM orders ORDER BY id"));
  return { points: line.passed(), problems, orderStates };
}

describe.each(Object.entries(SCENARIOS))("%s", (_name, scenario) => {
  it("ends the same wherever a process dies, once or twice", async () => {
    const whole = await play(scenario, []);
    expect(whole.problems).toEqual([]);
    const many = whole.points.length;
    expect(many).toBeGreaterThan(8);
    for (let at = 1; at <= many; at++) {
      const died = await play(scenario, [at]);
      expect({ at, point: whole.points[at - 1], ...pick(died) }).toEqual({
        at,
        point: whole.points[at - 1],
        problems: [],
        orderStates: whole.orderStates,
      });
    }
    const random = seededRandom(many);
    for (let pair = 0; pair < SAMPLED_PAIRS; pair++) {
      const first = 1 + Math.floor(random.float() * many);
      const second = first + 1 + Math.floor(random.float() * many);
      const died = await play(scenario, [first, second]);
      expect({ first, second, ...pick(died) }).toEqual({
        first,
        second,
        problems: [],
        orderStates: whole.orderStates,
      });
    }
  }, 600_000);
});

function pick({ problems, orderStates }: Played): Omit<Played, "points"> {
  return { problems, orderStates };
}
