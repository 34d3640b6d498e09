import { sweep, takeWebhook } from "../../../src/jobs/index.ts";
import type { NoopFault } from "../../../src/providers/noop/index.ts";
import type { Mortals } from "./mortal.ts";
import type { World, WorldOptions } from "./world.ts";

/** A short story that passes every boundary of the durable core at least once. */
export interface Scenario {
  readonly options: WorldOptions;
  readonly orders: readonly string[];
  play(world: World, mortals: Mortals): Promise<void>;
}

const always = (fault: NoopFault): NoopFault[] => Array.from({ length: 9 }, () => fault);

const work = (mortals: Mortals): Promise<void> => mortals.act((process) => process.runner.runDue());

/** Time for leases to end and polls to fall due, with everything that is due done each time. */
async function later(world: World, mortals: Mortals, times: number, ms = 65_000): Promise<void> {
  for (let time = 0; time < times; time++) {
    world.clock.advance(ms);
    await mortals.act((process) => sweep(process.deps, process.deps.providers));
    await work(mortals);
  }
}

async function webhooks(world: World, mortals: Mortals): Promise<void> {
  for (const vendor of world.vendors) {
    for (const { url, attemptId } of vendor.takeWebhooks())
      await mortals.act(({ deps }) =>
        takeWebhook(deps, { source: vendor.name, dedupeKey: url, body: "{}", attemptId }),
      );
  }
}

function orderOf(parts: number, options: WorldOptions): Scenario {
  return {
    options,
    orders: ["o"],
    async play(world, mortals) {
      await mortals.act((process) => process.shop.order("o", parts));
      await work(mortals);
      await later(world, mortals, 1, 1000);
      await webhooks(world, mortals);
      await work(mortals);
      await later(world, mortals, 4);
    },
  };
}

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "a run that is over at once": orderOf(1, { polls: 0 }),
  "two runs that take a while": orderOf(2, { polls: 1 }),
  "an answer that is lost": orderOf(1, { polls: 1, unsure: 1, faults: [["lost_answer"], []] }),
  "a request that is lost": orderOf(1, { polls: 1, faults: [["lost_request"], []] }),
  "a run that fails and is made elsewhere": orderOf(1, {
    polls: 1,
    faults: [always("out_of_memory"), ["busy"]],
  }),
  "a run that is refused for good": orderOf(1, { faults: [always("refuse"), []] }),
  "no money left": orderOf(2, { budgetMicros: 150 }),
  "a message whose fate is unknown": orderOf(1, { sends: ["unknown", "sent"] }),
  "an order that is cancelled while its runs go on": {
    options: { polls: 3, faults: [["late_success", null], []] },
    orders: ["o"],
    async play(world, mortals) {
      await mortals.act((process) => process.shop.order("o", 2));
      await work(mortals);
      await mortals.act((process) => process.shop.cancel("o"));
      await work(mortals);
      await webhooks(world, mortals);
      await later(world, mortals, 4);
    },
  },
};
