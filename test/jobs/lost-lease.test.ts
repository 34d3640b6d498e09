import { expect, it } from "vitest";
import { raw } from "../../src/db/index.ts";
import { ending, gate, noop, onEveryStore } from "./kit/stores.ts";

const MINUTE = 60_000;

onEveryStore((store) => {
  const { clock, add, start, only } = store;

  it("ends nothing that another run holds, though it has nothing else to write", async () => {
    await add(noop);
    const slow = gate();
    const late = start(slow.handler).runDue();
    await slow.entered;
    await store.db.batch([raw("UPDATE step SET lease_until = ?", [clock.now()])]);
    clock.advance(1000);
    await start(ending({ kind: "wait", until: clock.now() + MINUTE, reason: "mine" })).runDue();
    slow.end({ kind: "done" });
    await late;
    expect(await only()).toMatchObject({ state: "waiting", reason: "mine" });
  });

  it("does not end the run of another that is still at work", async () => {
    await add(noop);
    const slow = gate();
    const late = start(slow.handler).runDue();
    await slow.entered;
    await store.db.batch([raw("UPDATE step SET lease_until = ?", [clock.now()])]);
    clock.advance(1000);
    const next = gate();
    const working = start(next.handler).runDue();
    await next.entered;
    slow.end({ kind: "done" });
    await late;
    expect(await only()).toMatchObject({ state: "leased" });
    next.end({ kind: "failed", reason: "truly" });
    await working;
    expect(await only()).toMatchObject({ state: "failed", reason: "truly" });
  });
});
