import { describe, expect, it } from "vitest";
import { chargeCredits, checkLedger, grantCredits, release, settle } from "../../src/money/index.ts";
import { money } from "./money.ts";

/** A ledger with one of everything: open, settled, released, overrun, and credits given and used. */
async function busyLedger(): Promise<Awaited<ReturnType<typeof money>>> {
  const room = await money({ budgetDayMicros: null, budgetMonthMicros: null });
  const { deps, apply, open } = room;
  for (const id of ["open", "settled", "released", "over"]) await open(id, 100, `order-${id}`);
  await apply(await settle(deps, { attemptId: "settled", actualMicros: 60, estimated: false }));
  await apply(await release(deps, { attemptId: "released" }));
  await apply(await settle(deps, { attemptId: "over", actualMicros: 130, estimated: false }));
  await apply(grantCredits(deps, { personId: "p1", credits: 2, reason: "welcome", key: "k" }));
  await apply(chargeCredits(deps, { personId: "p1", orderId: "o1", credits: 1 }));
  return room;
}

describe("checking the ledger", () => {
  it("finds nothing wrong where nothing is", async () => {
    expect(await checkLedger((await busyLedger()).deps)).toEqual([]);
  });

  it.each([
    [
      "unbalanced",
      "t",
      "INSERT INTO ledger_entry VALUES ('t', 'waste', 5)",
      "INSERT INTO ledger_txn (id, kind, at) VALUES ('t', 'x', 1)",
    ],
    ["unbalanced", "t", "INSERT INTO ledger_entry VALUES ('t', 'waste', 5), ('t', 'credit:p1', -5)"],
    [
      "entry_without_transaction",
      "t",
      "INSERT INTO ledger_entry VALUES ('t', 'waste', 5), ('t', 'variance:noop', -5)",
    ],
    ["held_differs", "month:2026-11", "UPDATE budget SET held_micros = 0 WHERE scope = 'month:2026-11'"],
    ["posted_differs", "month:2026-11", "UPDATE budget SET posted_micros = 1 WHERE scope = 'month:2026-11'"],
    ["held_without_reservation", "month:2026-11", "DELETE FROM reservation WHERE attempt_id = 'open'"],
    ["booked_without_resolution", "open", "DELETE FROM reservation WHERE attempt_id = 'open'"],
    ["held_without_reservation", "month:2026-11", "DELETE FROM resolution WHERE attempt_id = 'settled'"],
    ["booked_without_resolution", "settled", "DELETE FROM resolution WHERE attempt_id = 'settled'"],
    ["resolution_without_reservation", "settled", "DELETE FROM reservation WHERE attempt_id = 'settled'"],
    ["resolution_not_booked", "open", "INSERT INTO resolution VALUES ('open', 'void', 0, 0, 0, 1)"],
    [
      "reservation_not_booked",
      "ghost",
      "INSERT INTO reservation SELECT 'ghost', NULL, provider, NULL, 0, 0, '[]', 1 FROM reservation LIMIT 1",
    ],
    ["bill_differs", "settled", "UPDATE resolution SET actual_micros = 61 WHERE attempt_id = 'settled'"],
    ["overrun_not_marked", "over", "UPDATE resolution SET overrun = 0"],
    ["overrun_not_marked", "settled", "UPDATE resolution SET overrun = 1"],
    ["credits_differ", "p1", "UPDATE credit_balance SET credits = 2"],
    ["credits_without_balance", "credit:p1", "DELETE FROM credit_balance"],
  ])("finds %s of %s", async (kind, subject, ...defects) => {
    const { deps, apply } = await busyLedger();
    expect(await apply(defects.map((sql) => ({ sql, args: [] })))).toMatchObject({ ok: true });
    const found = await checkLedger(deps);
    expect(found.map((problem) => `${problem.kind} ${problem.subject}`)).toContain(`${kind} ${subject}`);
  });

  it("cannot be asked to change what was booked", async () => {
    const { apply } = await busyLedger();
    for (const sql of [
      "UPDATE ledger_entry SET amount = 0",
      "DELETE FROM ledger_txn",
      "DELETE FROM ledger_entry",
    ])
      expect(await apply([{ sql, args: [] }])).toMatchObject({ ok: false, kind: "constraint" });
  });
});
