import { expect, it } from "vitest";
import { raw } from "../../src/db/index.ts";
import { checkHistory, rearmStep, wakeStep } from "../../src/jobs/index.ts";
import type { StepHandler } from "../../src/ports/jobs.ts";
import { ending, gate, noop, onEveryStore } from "./kit/stores.ts";

const MINUTE = 60_000;

onEveryStore((store) => {
  const { clock, deps, add, start, steps, only } = store;

  it("adds a step once, however often it is asked", async () => {
    await add(noop, noop, { ...noop, ordinal: 1 });
    expect(await steps()).toHaveLength(2);
  });

  it("runs what is due, oldest first, and nothing else", async () => {
    const ran: string[] = [];
    const now = clock.now();
    await add(
      { ...noop, subjectId: "late", runAt: now - 1 },
      { ...noop, subjectId: "early", runAt: now - 9 },
      { ...noop, subjectId: "future", runAt: now + 1000 },
    );
    const runner = start(
      async (step) => {
        ran.push(step.subjectId);
        return { kind: "done" };
      },
      { concurrency: 1 },
    );
    expect(await runner.runDue()).toBe(2);
    expect(ran).toEqual(["early", "late"]);
    clock.advance(1000);
    expect(await runner.runDue()).toBe(1);
    expect((await steps()).map((step) => step["state"])).toEqual(["done", "done", "done"]);
    expect(await checkHistory(store.db)).toEqual([]);
  });

  it("takes only steps that it is able to run", async () => {
    await add({ ...noop, needs: "imaging" }, { ...noop, ordinal: 1, needs: "send:web" });
    expect(await start(ending({ kind: "done" }), { capabilities: ["send:web"] }).runDue()).toBe(1);
    expect(await start(ending({ kind: "done" })).runDue()).toBe(0);
    expect(await start(ending({ kind: "done" }), { capabilities: ["imaging"] }).runDue()).toBe(1);
  });

  it("lets two runners share the work without running anything twice", async () => {
    const ran: string[] = [];
    await add(...Array.from({ length: 40 }, (_, at) => ({ ...noop, ordinal: at })));
    const handler: StepHandler = async (step) => {
      ran.push(step.id);
      await Promise.resolve();
      return { kind: "done" };
    };
    const counts = await Promise.all([start(handler).runDue(), start(handler).runDue()]);
    expect(counts[0] + counts[1]).toBe(40);
    expect(new Set(ran).size).toBe(40);
  });

  it("commits what a run wants together with its end, or neither", async () => {
    await add(noop);
    const also = [
      raw("INSERT INTO counter VALUES ('a', 1)"),
      raw("UPDATE counter SET value = 2 WHERE name = 'b'", [], "b"),
    ];
    await start(ending({ kind: "done", also })).runDue();
    expect(await store.db.query("SELECT * FROM counter")).toEqual([]);
    expect(await only()).toMatchObject({ state: "ready", attempts: 1 });
    expect((await only())?.["reason"]).toContain("guard b");
    clock.advance(MINUTE);
    await start(ending({ kind: "done", also: also.slice(0, 1) })).runDue();
    expect(await store.db.query("SELECT * FROM counter")).toEqual([{ name: "a", value: 1 }]);
    expect(await only()).toMatchObject({ state: "done" });
  });

  it("lets the outcome of one run fail without hurting those that end at the same time", async () => {
    await add(...Array.from({ length: 4 }, (_, at) => ({ ...noop, ordinal: at })));
    const handler: StepHandler = async ({ ordinal }) => {
      const put = raw("INSERT INTO counter VALUES (?, 1)", [`n${ordinal}`]);
      const also = ordinal === 2 ? [put, raw("DELETE FROM counter WHERE name = 'x'", [], "x")] : [put];
      return ordinal === 3 ? { kind: "done" } : { kind: "done", also };
    };
    await start(handler).runDue();
    expect((await steps()).map((step) => step["state"])).toEqual(["done", "done", "ready", "done"]);
    expect(await store.db.query("SELECT name FROM counter ORDER BY name")).toEqual([
      { name: "n0" },
      { name: "n1" },
    ]);
  });

  it("waits until woken or until its time, and neither costs a try", async () => {
    await add(noop);
    const runner = start(ending({ kind: "wait", until: clock.now() + MINUTE, reason: "for a sibling" }));
    expect(await runner.runDue()).toBe(1);
    expect(await only()).toMatchObject({ state: "waiting", reason: "for a sibling", attempts: 0 });
    expect(await runner.runDue()).toBe(0);
    await store.db.batch([wakeStep(deps(), noop)]);
    expect(await runner.runDue()).toBe(1);
    clock.advance(MINUTE);
    expect(await runner.runDue()).toBe(1);
  });

  it("does not lose a wake-up that comes while the step runs", async () => {
    await add(noop);
    const { handler, entered, end } = gate();
    const working = start(handler).runDue();
    await entered;
    await store.db.batch([wakeStep(deps(), noop)]);
    end({ kind: "wait", until: clock.now() + 60 * MINUTE, reason: "for a sibling" });
    expect(await working).toBeGreaterThan(1);
  });

  it("leaves a done step alone when it is woken, also while it ends", async () => {
    await add(noop);
    const { handler, entered, end } = gate();
    const working = start(handler).runDue();
    await entered;
    await store.db.batch([wakeStep(deps(), noop)]);
    end({ kind: "done" });
    expect(await working).toBe(1);
    await store.db.batch([wakeStep(deps(), noop)]);
    expect(await only()).toMatchObject({ state: "done" });
  });

  it("runs a step again that is armed anew, also when that happens while it runs", async () => {
    await add(noop);
    const { handler, entered, end } = gate();
    const runner = start(handler);
    const working = runner.runDue();
    await entered;
    await store.db.batch([rearmStep(deps(), { ...noop, runAt: clock.now() + 5000 })]);
    expect(await only()).toMatchObject({ state: "leased" });
    end({ kind: "done" });
    expect(await working).toBe(1);
    expect(await only()).toMatchObject({ state: "ready", run_at: clock.now() + 5000, finished_at: null });
    clock.advance(5000);
    expect(await start(ending({ kind: "done" })).runDue()).toBe(1);
    await store.db.batch([rearmStep(deps(), noop)]);
    expect(await start(ending({ kind: "failed", reason: "no" })).runDue()).toBe(1);
    expect(await only()).toMatchObject({ state: "failed", reason: "no" });
    expect(await steps()).toHaveLength(1);
  });

  it("snoozes without counting a try", async () => {
    await add(noop);
    const runner = start(ending({ kind: "snooze", until: clock.now() + 5000, reason: "a limit" }));
    await runner.runDue();
    expect(await only()).toMatchObject({ state: "ready", run_at: clock.now() + 5000, attempts: 0 });
  });
});
