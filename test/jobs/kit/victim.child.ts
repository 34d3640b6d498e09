/**
 * A process of the shop that the kill test starts on a file and kills. Settings: DATABASE, OUTSIDE (address), CLOCK (ms
 * that the clock is ahead), ROUND (names the orders), DIE_AT (the point at which it kills itself; 0 = never), DRAIN.
 */
import { createDatabase, openClient } from "../../../src/db/index.ts";
import { sweep } from "../../../src/jobs/index.ts";
import type { FindResult, Provider, RunSnapshot, SubmitResult } from "../../../src/ports/provider.ts";
import { createNoopProvider } from "../../../src/providers/noop/index.ts";
import { realClock, seededRandom } from "../../kit/time.ts";
import { startProcess } from "./process.ts";
import { openChat } from "./shop.ts";

const setting = (name: string): string => process.env[name] ?? "";
const outside = setting("OUTSIDE");
const round = Number(setting("ROUND"));
const dieAt = Number(setting("DIE_AT"));
let ahead = Number(setting("CLOCK"));

async function call<T>(body: Record<string, unknown>): Promise<T> {
  const response = await fetch(outside, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error("the vendor refused");
  return response.json() as Promise<T>;
}

function maker(vendor: 0 | 1): Provider {
  const name = vendor === 0 ? "replicate" : "runpod";
  const silent = createNoopProvider({ name, products: ["best"], output: Uint8Array.of(1) });
  return {
    ...silent,
    estimate: () =>
      Promise.resolve({ expectedMicros: 100, ceilingMicros: 100, expectedMs: 0, priceId: null }),
    submit: (request) => call<SubmitResult>({ vendor, verb: "submit", request }),
    read: (externalId) => call<RunSnapshot>({ vendor, verb: "read", externalId }),
    find: (request) => call<FindResult>({ vendor, verb: "find", request }),
    cancel: (externalId) => call<void>({ vendor, verb: "cancel", externalId }),
  };
}

const clock = { now: () => realClock.now() + ahead, after: realClock.after };
const random = seededRandom(round + 1);
const db = createDatabase(openClient({ url: setting("DATABASE") }), { clock, random });
let passed = 0;
let made = 0;
const { runner, shop, deps } = startProcess({
  db,
  clock,
  random,
  ids: { next: () => `${String(round).padStart(6, "0")}-${String(++made).padStart(8, "0")}` },
  makers: [maker(0), maker(1)],
  send: async (deliveryId, version) => {
    await fetch(`${outside}/send`, { method: "POST", body: `${deliveryId}:${version}` });
    return "sent";
  },
  point: () => {
    if (++passed === dieAt) process.kill(process.pid, "SIGKILL");
  },
  budgetMicros: null,
});

async function drain(): Promise<void> {
  for (let turn = 0; turn < 500; turn++) {
    await sweep(deps, deps.providers);
    await runner.runDue();
    const open = await db.query("SELECT 1 FROM step WHERE state IN ('ready', 'waiting', 'leased') LIMIT 1");
    if (open.length === 0) return;
    ahead += 20_000;
  }
  throw new Error("work that never ends");
}

await db.batch([openChat]);
if (setting("DRAIN") === "1") {
  await drain();
  process.stdout.write("drained\n");
} else {
  await sweep(deps, deps.providers);
  runner.start();
  for (let nth = 0; ; nth++) {
    const id = `r${round}n${nth}`;
    if (await shop.order(id, 1 + (nth % 2))) process.stdout.write(`placed ${id}\n`);
    if (nth % 3 === 2 && (await shop.cancel(`r${round}n${nth - 1}`))) process.stdout.write("cancelled\n");
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
