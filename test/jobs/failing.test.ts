import { expect, it, vi } from "vitest";
import { raw } from "../../src/db/index.ts";
import { cancelSteps, rearmStep, retryStep, showMessage, sweep, takeWebhook } from "../../src/jobs/index.ts";
import { AppError } from "../../src/ports/errors.ts";
import { ending, gate, noop, onEveryStore } from "./kit/stores.ts";

const MINUTE = 60_000;

onEveryStore((store) => {
  const { clock, deps, add, start, steps, only } = store;

  it("backs off after an error, obeys a pause that the other side asked for, and is dead after eight tries", async () => {
    await add(noop);
    const dead: string[] = [];
    let asked: number | null = 123_000;
    const runner = start(
      () => {
        const pause = asked === null ? {} : { retryAfterMs: asked };
        asked = null;
        return Promise.reject(new AppError("PROVIDER_FAILED", "away", { retryable: true, ...pause }));
      },
      {
        onDead: async (step) => {
          dead.push(step.id);
          return [raw("INSERT INTO counter VALUES ('told', 1)")];
        },
      },
    );
    await runner.runDue();
    expect(await only()).toMatchObject({ run_at: clock.now() + 123_000, attempts: 1 });
    for (let tried = 2; tried <= 8; tried++) {
      clock.advance(20 * MINUTE);
      expect(await runner.runDue()).toBe(1);
      expect(await only()).toMatchObject({ attempts: tried, state: tried < 8 ? "ready" : "dead" });
    }
    expect((await only())?.["reason"]).toContain("away");
    expect(dead).toHaveLength(1);
    expect(await store.db.query("SELECT name FROM counter")).toEqual([{ name: "told" }]);
  });

  it("keeps the words of an unknown exception out of the database", async () => {
    await add(noop);
    await start(() => Promise.reject(new TypeError("https://secret.example"))).runDue();
    expect((await only())?.["reason"]).toBe("DEFECT: unexpected TypeError");
  });

  it("is dead at once when trying again is useless, and lives again when an admin says so", async () => {
    await add(noop);
    await start(() => Promise.reject(new AppError("DEFECT", "broken"))).runDue();
    expect(await only()).toMatchObject({ state: "dead", attempts: 1 });
    const admin = { kind: "admin", adminId: "a", role: "owner" } as const;
    expect(await retryStep(deps(), String((await only())?.["id"]), admin)).toBe(true);
    expect(await retryStep(deps(), String((await only())?.["id"]), admin)).toBe(false);
    expect(await start(ending({ kind: "done" })).runDue()).toBe(1);
    expect(await store.db.query("SELECT action FROM audit")).toEqual([{ action: "retry" }]);
  });

  it("does not let a step die without telling its subject", async () => {
    await add(noop);
    let broken = true;
    const runner = start(() => Promise.reject(new AppError("DEFECT", "broken")), {
      onDead: () => (broken ? Promise.reject(new Error("no")) : Promise.resolve([])),
    });
    await runner.runDue();
    expect(await only()).toMatchObject({ state: "ready" });
    broken = false;
    clock.advance(20 * MINUTE);
    await runner.runDue();
    expect(await only()).toMatchObject({ state: "dead" });
  });

  it("holds its lease while a long run goes on", async () => {
    await add(noop);
    const { handler, entered, end } = gate();
    const working = start(handler).runDue();
    await entered;
    for (let turn = 0; turn < 5; turn++) {
      clock.advance(30_000);
      await vi.waitFor(
        async () => expect((await only())?.["lease_until"]).toBe(clock.now() + MINUTE),
        10_000,
      );
      expect(await start(ending({ kind: "done" })).runDue()).toBe(0);
    }
    end({ kind: "done" });
    await working;
    expect(await only()).toMatchObject({ state: "done", attempts: 0 });
  });

  it("lets nobody write who lost the lease", async () => {
    await add(noop);
    const { handler, entered, end, signal } = gate();
    const zombie = start(handler);
    const working = zombie.runDue();
    await entered;
    await store.db.batch([raw("UPDATE step SET lease_until = ?", [clock.now()])]);
    clock.advance(1000);
    expect(await start(ending({ kind: "wait", until: clock.now() + MINUTE, reason: "mine" })).runDue()).toBe(
      1,
    );
    expect(await only()).toMatchObject({ state: "waiting", reason: "mine", attempts: 1 });
    end({ kind: "done", also: [raw("INSERT INTO counter VALUES ('zombie', 1)")] });
    await working;
    expect(await only()).toMatchObject({ state: "waiting", reason: "mine" });
    expect(await store.db.query("SELECT * FROM counter")).toEqual([]);
    expect(signal().aborted).toBe(false);
  });

  it("tells a run that its lease is gone", async () => {
    await add(noop);
    const { handler, entered, end, signal } = gate();
    const working = start(handler).runDue();
    await entered;
    await store.db.batch(cancelSteps(deps(), { subject: "order", subjectId: "o", reason: "over" }));
    clock.advance(30_000);
    await vi.waitFor(() => expect(signal().aborted).toBe(true), 10_000);
    end(new Error("aborted"));
    await working;
    expect(await only()).toMatchObject({ state: "cancelled", reason: "over", attempts: 0 });
  });

  it("gives a run that kills its program eight lives", async () => {
    await add(noop);
    for (let life = 1; life <= 8; life++) {
      await store.db.batch([
        raw("UPDATE step SET state = 'leased', lease_token = 'gone', lease_until = ?, run_at = 0", [
          clock.now(),
        ]),
      ]);
      expect(await sweep(deps(), new Map())).toMatchObject({ lostLeases: 1 });
    }
    let ran = 0;
    await start(async () => {
      ran++;
      return { kind: "done" };
    }).runDue();
    expect(ran).toBe(0);
    expect(await only()).toMatchObject({ state: "dead" });
  });

  it("ends a step at its deadline without running it, whoever finds it", async () => {
    await add({
      ...noop,
      needs: "imaging",
      deadlineAt: clock.now() + MINUTE,
      runAt: clock.now() + 60 * MINUTE,
    });
    clock.advance(MINUTE);
    expect(await sweep(deps(), new Map())).toMatchObject({ deadlines: 1 });
    let told = 0;
    await start(ending({ kind: "done" }), {
      onDead: async () => {
        told++;
        return [];
      },
    }).runDue();
    expect(told).toBe(1);
    expect(await only()).toMatchObject({ state: "dead" });
  });

  it("cancels every open step of a subject and none of another", async () => {
    await add(noop, { ...noop, ordinal: 1, runAt: clock.now() + MINUTE }, { ...noop, subjectId: "other" });
    await store.db.batch(cancelSteps(deps(), { subject: "order", subjectId: "o", reason: "over" }));
    expect((await steps()).map((step) => step["state"])).toEqual(["cancelled", "cancelled", "ready"]);
    await store.db.batch([rearmStep(deps(), noop)]);
    expect((await steps()).map((step) => step["state"])).toEqual(["cancelled", "cancelled", "ready"]);
  });

  it("hands back what it cannot finish in time when it stops, and counts no try", async () => {
    await add(noop, { ...noop, ordinal: 1 });
    const { handler, entered, end } = gate();
    const runner = start((step, run) =>
      step.ordinal === 0 ? handler(step, run) : Promise.resolve({ kind: "done" }),
    );
    runner.start();
    await entered;
    const stopping = runner.stop(10_000);
    await vi.waitFor(async () => expect((await steps())[1]?.["state"]).toBe("done"), 10_000);
    clock.advance(10_000);
    await stopping;
    expect(await steps()).toMatchObject([
      { state: "ready", attempts: 0, lease_token: null },
      { state: "done", attempts: 0 },
    ]);
    end({ kind: "done" });
    expect(await start(handler).runDue()).toBe(1);
    expect((await steps())[0]).toMatchObject({ state: "done", attempts: 0 });
  });

  it("lets a run finish when it stops", async () => {
    await add(noop);
    const { handler, entered, end } = gate();
    const runner = start(handler);
    runner.start();
    await entered;
    const stopping = runner.stop(10_000);
    end({ kind: "done" });
    await stopping;
    expect(await only()).toMatchObject({ state: "done" });
  });

  it("works on a notice at once, and without one within a second", async () => {
    const runner = start(ending({ kind: "done" }));
    runner.start();
    const asleep = () => vi.waitFor(() => expect(clock.nextDue()).not.toBeNull(), 10_000);
    const isDone = (at: number) =>
      vi.waitFor(async () => expect((await steps())[at]?.["state"]).toBe("done"), 10_000);
    await asleep();
    await add(noop);
    runner.notify();
    await isDone(0);
    await asleep();
    await add({ ...noop, ordinal: 1 });
    clock.advance(1000);
    await isDone(1);
    await runner.stop(1000);
  });

  it("stores a webhook once and counts one about nothing of ours", async () => {
    const webhook = { source: "replicate", dedupeKey: "1", body: "{}", attemptId: "nobody" };
    expect(await takeWebhook(deps(), webhook)).toBe("stored");
    expect(await takeWebhook(deps(), webhook)).toBe("duplicate");
    expect(await store.db.query("SELECT value FROM counter")).toEqual([{ value: 1 }]);
    expect(await store.db.query("SELECT result FROM inbox")).toEqual([{ result: "unknown_attempt" }]);
  });

  it("shows a message once per version in the chat it belongs to", async () => {
    await store.db.batch([
      raw(
        "INSERT INTO chat VALUES ('c', 'p', 'discord', '77', 0, NULL), ('cli', 'p', 'cli', '-', 0, NULL), ('gone', 'p', 'web', '1', 0, 5)",
      ),
    ]);
    const message = {
      personId: "p",
      chatId: "c",
      kind: "status",
      ids: { orderId: "o" },
      key: "k",
      importance: "progress",
    } as const;
    await store.db.batch(showMessage(deps(), message));
    await store.db.batch(showMessage(deps(), { ...message, delayMs: 5000 }));
    for (const chatId of ["cli", "gone", "nowhere"])
      await store.db.batch(showMessage(deps(), { ...message, chatId, key: chatId }));
    expect(await store.db.query("SELECT address, platform, version, state FROM delivery")).toEqual([
      { address: "77", platform: "discord", version: 2, state: "pending" },
    ]);
    expect(await steps()).toMatchObject([
      { needs: "send:discord", run_at: clock.now() + 5000, kind: "deliver" },
    ]);
  });
});
