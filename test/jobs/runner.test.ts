import { expect, it } from "vitest";
import { addStep, createRunner } from "../../src/jobs/index.ts";
import { memoryDatabase } from "../kit/database.ts";
import { countingIds, fakeClock, seededRandom } from "../kit/time.ts";

it("runs what is due", async () => {
  const clock = fakeClock();
  const { db } = await memoryDatabase({ clock });
  const ids = countingIds();
  const log = { debug() {}, info() {}, warn() {}, error(e: string, x: unknown) { console.error(e, x); } };
  const deps = { db, clock, ids, random: seededRandom(), log, providers: new Map() };
  let ran = 0;
  const runner = createRunner(deps, { capabilities: [], concurrency: 50, handlers: { "order.noop": async () => { ran++; return { kind: "done" }; } } });
  await db.batch(Array.from({ length: 2000 }, (_, i) => addStep(deps, { subject: "order", subjectId: `o${i}`, kind: "noop" })));
  const t = performance.now();
  expect(await runner.runDue()).toBe(2000);
  console.log(2000 / (performance.now() - t) * 1000, "steps/s");
  expect(ran).toBe(2000);
  expect(await db.query("SELECT state, count(*) n FROM step GROUP BY state")).toEqual([{ state: "done", n: 2000 }]);
});
