import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import { createBlobs, deriveSecret, memoryStore } from "../../src/storage/index.ts";
import { seededRandom } from "../kit/time.ts";
import { bytesOf, drain, HOUR_MS, MEBIBYTE, storageKit, streamIn } from "./kit.ts";

const damagedOrMissing = (code: string) => expect.objectContaining({ name: "AppError", code });

describe("blobs", () => {
  it(
    "gives back what was put, for any size around the frame borders and any chunking",
    { timeout: 60_000 },
    async () => {
      const { blobs } = await storageKit();
      const size = fc
        .tuple(fc.constantFrom(0, 1, 2, 3), fc.integer({ min: -2, max: 2 }))
        .map(([frames, off]) => Math.max(0, frames * MEBIBYTE + off));
      const chunks = fc.array(fc.constantFrom(1000, 65_536, MEBIBYTE - 1, MEBIBYTE, 3 * MEBIBYTE), {
        minLength: 1,
        maxLength: 4,
      });
      await fc.assert(
        fc.asyncProperty(size, chunks, fc.boolean(), async (size, chunks, asStream) => {
          const bytes = bytesOf(size, size + 1);
          const stored = await blobs.put("p1", "picture", asStream ? streamIn(bytes, chunks) : bytes);
          expect(stored.bytes).toBe(size);
          expect(Buffer.compare(await blobs.read("p1", stored.id), bytes)).toBe(0);
          expect(Buffer.compare(await drain(await blobs.open("p1", stored.id)), bytes)).toBe(0);
        }),
        { numRuns: 30 },
      );
    },
  );

  it("names the same bytes alike whether they come at once or in a stream, and differently for each person", async () => {
    const { blobs } = await storageKit();
    const bytes = bytesOf(2 * MEBIBYTE + 5);
    const atOnce = await blobs.put("p1", "picture", bytes);
    const streamed = await blobs.put("p1", "picture", streamIn(bytes, [70_000]));
    const other = await blobs.put("p2", "picture", bytes);
    expect(streamed.id).toBe(atOnce.id);
    expect(other.id).not.toBe(atOnce.id);
  });

  it("stores neither the bytes nor their hash in the clear", async () => {
    const { blobs, store } = await storageKit();
    const bytes = new TextEncoder().encode("a face that must not be readable".repeat(100));
    const { id } = await blobs.put("p1", "selfie", bytes);
    const sealed = await drain((await store.read(id)) ?? new ReadableStream());
    expect(Buffer.from(sealed).includes("a face")).toBe(false);
    expect(id).not.toBe(Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex"));
  });

  it("does not write again what somebody owns already", async () => {
    const inner = memoryStore();
    const written: string[] = [];
    const store = {
      ...inner,
      write: (name: string, body: ReadableStream<Uint8Array>) => (
        written.push(name),
        inner.write(name, body)
      ),
    };
    const { blobs, put } = await storageKit({ store });
    const bytes = bytesOf(1000);
    await put("p1", bytes);
    await blobs.put("p1", "picture", bytes);
    expect(written).toHaveLength(1);
  });

  it("writes again what was registered without an owner, because a crash may have come before the object", async () => {
    const { blobs, store } = await storageKit();
    const bytes = bytesOf(1000);
    const { id } = await blobs.put("p1", "picture", bytes);
    await store.remove(id);
    await blobs.put("p1", "picture", bytes);
    expect(await blobs.read("p1", id)).toEqual(bytes);
  });

  it("hides a blob from everybody but its person", async () => {
    const { blobs, put } = await storageKit();
    const { id } = await put("p1", bytesOf(10));
    await put("p2", bytesOf(20));
    await expect(blobs.read("p2", id)).rejects.toEqual(damagedOrMissing("BLOB_MISSING"));
    await expect(blobs.read("nobody", id)).rejects.toEqual(damagedOrMissing("BLOB_MISSING"));
  });

  it("cannot be opened with another master key", async () => {
    const { blobs, put, db, clock, store } = await storageKit();
    const { id } = await put("p1", bytesOf(10));
    const other = createBlobs({
      db,
      clock,
      store,
      random: seededRandom(2),
      masterKey: new Uint8Array(32).fill(8),
    });
    await expect(other.read("p1", id)).rejects.toEqual(damagedOrMissing("BAD_SETTINGS"));
    expect(await blobs.read("p1", id)).toEqual(bytesOf(10));
  });

  it("makes every blob and value of a person unreadable when the key is dropped, and takes nothing new", async () => {
    const { blobs, put, db } = await storageKit();
    const mine = [await put("p1", bytesOf(10)), await put("p1", bytesOf(MEBIBYTE + 1))];
    const value = await blobs.sealValue("p1", bytesOf(512));
    const other = await put("p2", bytesOf(10));
    await db.batch([blobs.dropKey("p1")]);
    for (const { id } of mine) {
      await expect(blobs.read("p1", id)).rejects.toEqual(damagedOrMissing("KEY_DROPPED"));
      await expect(blobs.open("p1", id)).rejects.toEqual(damagedOrMissing("KEY_DROPPED"));
    }
    await expect(blobs.openValue("p1", value)).rejects.toEqual(damagedOrMissing("KEY_DROPPED"));
    await expect(blobs.put("p1", "selfie", bytesOf(1))).rejects.toEqual(damagedOrMissing("KEY_DROPPED"));
    expect(await blobs.read("p2", other.id)).toEqual(bytesOf(10));
    const [row] = await db.query("SELECT wrapped FROM person_key WHERE person_id = 'p1'");
    expect(row).toEqual({ wrapped: null });
  });

  it("drops the key of a person who never stored anything, for ever", async () => {
    const { blobs, db } = await storageKit();
    await db.batch([blobs.dropKey("p1")]);
    await db.batch([blobs.dropKey("p1")]);
    await expect(blobs.put("p1", "selfie", bytesOf(1))).rejects.toEqual(damagedOrMissing("KEY_DROPPED"));
  });

  it("seals small values so that only their person's key opens them, unchanged", async () => {
    const { blobs } = await storageKit();
    const vector = bytesOf(512);
    const sealed = await blobs.sealValue("p1", vector);
    expect(await blobs.openValue("p1", sealed)).toEqual(vector);
    await blobs.sealValue("p2", vector);
    await expect(blobs.openValue("p2", sealed)).rejects.toEqual(damagedOrMissing("BLOB_DAMAGED"));
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 2), async (at) => {
        const changed = sealed[at] === "A" ? "Q" : "A";
        const broken = sealed.slice(0, at) + changed + sealed.slice(at + 1);
        await expect(blobs.openValue("p1", broken)).rejects.toEqual(damagedOrMissing("BLOB_DAMAGED"));
      }),
      { numRuns: 50 },
    );
    for (const broken of ["", "!", sealed.slice(0, 10), sealed.slice(0, -4)])
      await expect(blobs.openValue("p1", broken)).rejects.toEqual(damagedOrMissing("BLOB_DAMAGED"));
  });

  it("makes one key for a person however many puts come first at once", async () => {
    const { blobs } = await storageKit();
    const stored = await Promise.all(
      [1, 2, 3, 4, 5].map((seed) => blobs.put("p1", "selfie", bytesOf(100, seed))),
    );
    for (const [at, { id }] of stored.entries())
      expect(await blobs.read("p1", id)).toEqual(bytesOf(100, at + 1));
  });

  it("derives one secret per purpose, always the same", async () => {
    const master = new Uint8Array(32).fill(1);
    const cookie = await deriveSecret(master, "cookie");
    expect(cookie).toHaveLength(32);
    expect(await deriveSecret(master, "cookie")).toEqual(cookie);
    expect(await deriveSecret(master, "pass")).not.toEqual(cookie);
    expect(await deriveSecret(new Uint8Array(32).fill(2), "cookie")).not.toEqual(cookie);
  });
});

describe("the sweep of blobs", () => {
  it("removes what nobody owns after an hour and leaves the rest", async () => {
    const { blobs, store, db, clock, put } = await storageKit();
    const owned = await put("p1", bytesOf(10));
    const orphan = await blobs.put("p1", "selfie", bytesOf(20));
    const released = await put("p1", bytesOf(30));
    clock.advance(HOUR_MS / 2);
    await db.batch([blobs.release(released.id)]);
    clock.advance(HOUR_MS / 2 + 1);
    expect(await blobs.sweep(100)).toBe(1);
    expect(await store.read(orphan.id)).toBeNull();
    await expect(blobs.read("p1", orphan.id)).rejects.toEqual(damagedOrMissing("BLOB_MISSING"));
    clock.advance(HOUR_MS / 2);
    expect(await blobs.sweep(100)).toBe(1);
    expect(await store.read(released.id)).toBeNull();
    expect(await blobs.read("p1", owned.id)).toEqual(bytesOf(10));
    expect(await blobs.sweep(100)).toBe(0);
  });

  it("refuses to keep a blob that was swept, so that no row owns nothing", async () => {
    const { blobs, db, clock } = await storageKit();
    const stored = await blobs.put("p1", "selfie", bytesOf(20));
    clock.advance(HOUR_MS + 1);
    await blobs.sweep(100);
    expect(await db.batch([blobs.keep(stored)])).toEqual({ ok: false, kind: "guard", guard: "blob" });
  });

  it("counts owners: the last release lets go, not the first", async () => {
    const { blobs, db, clock, put } = await storageKit();
    const twice = await put("p1", bytesOf(10));
    await put("p1", bytesOf(10));
    await db.batch([blobs.release(twice.id)]);
    clock.advance(HOUR_MS + 1);
    expect(await blobs.sweep(100)).toBe(0);
    await db.batch([blobs.release(twice.id), blobs.release(twice.id)]);
    clock.advance(HOUR_MS + 1);
    expect(await blobs.sweep(100)).toBe(1);
  });

  it("finds the unfinished object of a stream that broke off", async () => {
    const { blobs, db, clock } = await storageKit();
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytesOf(100));
      },
      pull() {
        throw new Error("the line is dead");
      },
    });
    await expect(blobs.put("p1", "training-zip", broken)).rejects.toThrow("the line is dead");
    expect(await db.query("SELECT refs FROM blob")).toEqual([{ refs: 0 }]);
    clock.advance(HOUR_MS + 1);
    expect(await blobs.sweep(100)).toBe(1);
    expect(await db.query("SELECT refs FROM blob")).toEqual([]);
  });

  it("never removes bytes that are put again while their removal is under way", async () => {
    const inner = memoryStore();
    let meanwhile: (() => Promise<unknown>) | null = null;
    const store = {
      ...inner,
      async remove(name: string) {
        await meanwhile?.();
        await inner.remove(name);
      },
    };
    const { blobs, clock } = await storageKit({ store });
    const { id } = await blobs.put("p1", "selfie", bytesOf(20));
    clock.advance(HOUR_MS + 1);
    const refused: unknown[] = [];
    meanwhile = () => blobs.put("p1", "selfie", bytesOf(20)).catch((error: unknown) => refused.push(error));
    await blobs.sweep(100);
    expect(refused).toEqual([expect.objectContaining({ code: "CONFLICT", retryable: true })]);
    meanwhile = null;
    await blobs.put("p1", "selfie", bytesOf(20));
    expect(await blobs.read("p1", id)).toEqual(bytesOf(20));
  });

  it("refuses to keep a blob while its removal is under way", async () => {
    const { blobs, db } = await storageKit();
    const stored = await blobs.put("p1", "selfie", bytesOf(20));
    await db.batch([{ sql: "UPDATE blob SET refs = -1", args: [] }]);
    expect(await db.batch([blobs.keep(stored)])).toMatchObject({ ok: false, guard: "blob" });
  });

  it("ends a removal whose process died", async () => {
    const { blobs, db, clock } = await storageKit();
    await blobs.put("p1", "selfie", bytesOf(20));
    await db.batch([{ sql: "UPDATE blob SET refs = -1", args: [] }]);
    expect(await blobs.sweep(100)).toBe(0);
    clock.advance(60_001);
    expect(await blobs.sweep(100)).toBe(1);
  });
});
