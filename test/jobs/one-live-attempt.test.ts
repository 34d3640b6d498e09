import { describe, expect, it } from "vitest";
import { raw } from "../../src/db/index.ts";
import { fence } from "../../src/jobs/lease.ts";
import { toStep } from "../../src/jobs/step-row.ts";
import type { Step, StepOutcome } from "../../src/ports/jobs.ts";
import type { Process } from "./kit/process.ts";
import { createWorld, reusableDatabase, type World } from "./kit/world.ts";

const { client, wipe } = await reusableDatabase();

/** An order of one picture whose step is held under the token "held" and has not begun. */
async function heldPart(): Promise<{ world: World; process: Process; step: Step }> {
  await wipe();
  const world = await createWorld(client, { polls: 2 });
  const process = world.boot();
  await process.shop.order("o", 1);
  await world.db.batch([
    raw(
      "UPDATE step SET state = 'leased', lease_token = 'held', lease_until = ?, run_at = 0 WHERE subject = 'prompt'",
      [world.clock.now() + 60_000],
    ),
  ]);
  const [row] = await world.db.query("SELECT * FROM step WHERE subject = 'prompt'");
  if (row === undefined) throw new Error("no step");
  return { world, process, step: toStep(row) };
}

async function render(process: Process, step: Step, token: string): Promise<StepOutcome | undefined> {
  const run = { signal: new AbortController().signal, fence: fence(step.id, token) };
  return process.shop.handlers["prompt.render"]?.(step, run);
}

describe("attempts at a provider", () => {
  it("begin only while their run holds the step", async () => {
    const { world, process, step } = await heldPart();
    await expect(render(process, step, "lost")).rejects.toMatchObject({ code: "LEASE_LOST" });
    expect(world.vendors[0].runs()).toEqual([]);
    expect(await world.db.query("SELECT * FROM reservation")).toEqual([]);
    expect(await render(process, step, "held")).toMatchObject({ kind: "wait" });
    expect(world.vendors[0].runs()).toHaveLength(1);
  });

  it("are one when two begin at once", async () => {
    const { world, process, step } = await heldPart();
    const both = await Promise.allSettled([render(process, step, "held"), render(process, step, "held")]);
    expect(both).toMatchObject([
      { status: "fulfilled" },
      { status: "rejected", reason: { code: "CONFLICT", retryable: true } },
    ]);
    expect(world.vendors[0].runs()).toHaveLength(1);
    expect(await world.db.query("SELECT attempt_id FROM reservation")).toHaveLength(1);
  });
});
