import { expect, it } from "vitest";
import { auditEntry } from "../../src/operations/index.ts";
import type { Actor } from "../../src/ports/actor.ts";
import { memoryDatabase } from "../kit/database.ts";
import { countingIds, fakeClock } from "../kit/time.ts";

const ACTORS: readonly [Actor, string][] = [
  [{ kind: "person", personId: "p1" }, "p1"],
  [{ kind: "admin", adminId: "a1", role: "owner" }, "a1"],
  [{ kind: "system", name: "sweep" }, "sweep"],
  [{ kind: "webhook", source: "replicate" }, "replicate"],
];

it.each(ACTORS)("an audit row says who did what to what: %o", async (actor, actorId) => {
  const clock = fakeClock();
  const { db } = await memoryDatabase({ clock });
  const entry = { action: "refund", subject: "order", subjectId: "o1", detail: { credits: 1 } };
  await db.batch([auditEntry({ clock, ids: countingIds() }, actor, entry)]);
  expect(await db.query("SELECT * FROM audit")).toEqual([
    {
      id: expect.any(String),
      at: clock.now(),
      actor_kind: actor.kind,
      actor_id: actorId,
      action: "refund",
      subject: "order",
      subject_id: "o1",
      detail: '{"credits":1}',
    },
  ]);
});
