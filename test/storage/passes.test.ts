import { describe, expect, it } from "vitest";
import { createPasses, type NewPass, type OpenedPass } from "../../src/storage/index.ts";
import { seededRandom } from "../kit/time.ts";
import { bytesOf, drain, HOUR_MS, MEBIBYTE, storageKit, streamIn } from "./kit.ts";

async function passesKit() {
  const kit = await storageKit();
  const passes = createPasses({ ...kit, random: seededRandom(5), siteUrl: "https://example.test" });
  const blob = await kit.put("p1", bytesOf(100));
  const base = { personId: "p1", purpose: "download", expiresAt: kit.clock.now() + HOUR_MS };
  const toRead: NewPass = { ...base, blobId: blob.id, method: "GET" };
  const toWrite: NewPass = { ...base, blobId: null, method: "PUT" };
  return { ...kit, passes, blob, toRead, toWrite };
}

async function contentOf(opened: OpenedPass): Promise<Uint8Array | null> {
  return opened.kind === "read" ? drain(opened.body) : null;
}

async function storeThrough(opened: OpenedPass, bytes: Uint8Array): Promise<string> {
  return opened.kind === "write" ? opened.store(streamIn(bytes, [1000])) : opened.kind;
}

describe("passes", () => {
  it("let an outsider read one blob by a link that nobody can guess", async () => {
    const { passes, toRead } = await passesKit();
    const { url, token } = await passes.grant({ ...toRead, fileName: "portrait.jpg", mime: "image/jpeg" });
    expect(url).toBe(`https://example.test/files/${token}`);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const opened = await passes.open(token, "GET");
    expect(opened).toMatchObject({ kind: "read", fileName: "portrait.jpg", mime: "image/jpeg", bytes: 100 });
    expect(await contentOf(opened)).toEqual(bytesOf(100));
  });

  it("are stored by hash only", async () => {
    const { passes, toRead, db } = await passesKit();
    const { token } = await passes.grant(toRead);
    expect(JSON.stringify(await db.query("SELECT * FROM pass"))).not.toContain(token);
  });

  it("open for their own method only, and not when guessed", async () => {
    const { passes, toRead, toWrite } = await passesKit();
    const reading = await passes.grant(toRead);
    const writing = await passes.grant(toWrite);
    expect(await passes.open(reading.token, "PUT")).toEqual({ kind: "gone" });
    expect(await passes.open(writing.token, "GET")).toEqual({ kind: "gone" });
    expect(await passes.open(`${reading.token}x`, "GET")).toEqual({ kind: "gone" });
    expect(await passes.open("", "GET")).toEqual({ kind: "gone" });
  });

  it("end at their time", async () => {
    const { passes, toRead, clock } = await passesKit();
    const { token } = await passes.grant(toRead);
    clock.advance(HOUR_MS - 1);
    expect(await contentOf(await passes.open(token, "GET"))).toEqual(bytesOf(100));
    clock.advance(1);
    expect(await passes.open(token, "GET")).toEqual({ kind: "gone" });
  });

  it("work once when they are for single use, also when two come at once", async () => {
    const { passes, toRead } = await passesKit();
    const { token } = await passes.grant({ ...toRead, singleUse: true });
    const opened = await Promise.all([passes.open(token, "GET"), passes.open(token, "GET")]);
    expect(opened.map(({ kind }) => kind).sort()).toEqual(["gone", "read"]);
    expect(await passes.open(token, "GET")).toEqual({ kind: "gone" });
  });

  it("end with their attempt", async () => {
    const { passes, toRead, db } = await passesKit();
    const { token } = await passes.grant({ ...toRead, attemptId: "a1" });
    const other = await passes.grant({ ...toRead, attemptId: "a2" });
    await db.batch([passes.revokeFor("a1")]);
    expect(await passes.open(token, "GET")).toEqual({ kind: "gone" });
    expect((await passes.open(other.token, "GET")).kind).toBe("read");
  });

  it("end with the person's key", async () => {
    const { passes, blobs, toRead, toWrite, db } = await passesKit();
    const reading = await passes.grant(toRead);
    const writing = await passes.grant(toWrite);
    await db.batch([blobs.dropKey("p1")]);
    expect(await passes.open(reading.token, "GET")).toEqual({ kind: "gone" });
    expect(await storeThrough(await passes.open(writing.token, "PUT"), bytesOf(10))).toBe("gone");
  });

  it("do not open somebody else's blob", async () => {
    const { passes, put, toRead } = await passesKit();
    await put("p2", bytesOf(1));
    const { token } = await passes.grant({ ...toRead, personId: "p2" });
    expect(await passes.open(token, "GET")).toEqual({ kind: "gone" });
  });

  it("take one upload, sealed, and own it until they are swept", async () => {
    const { passes, blobs, toWrite, db, clock } = await passesKit();
    const { token } = await passes.grant({ ...toWrite, byteLimit: MEBIBYTE });
    expect(await storeThrough(await passes.open(token, "PUT"), bytesOf(5000))).toBe("stored");
    expect(await passes.open(token, "PUT")).toEqual({ kind: "gone" });
    const [row] = await db.query("SELECT blob_id FROM pass");
    expect(await blobs.read("p1", String(row?.["blob_id"]))).toEqual(bytesOf(5000));
    clock.advance(HOUR_MS + 1);
    expect(await blobs.sweep(10)).toBe(0);
    expect(await passes.sweep(10)).toBe(1);
    clock.advance(HOUR_MS + 1);
    expect(await blobs.sweep(10)).toBe(1);
  });

  it("keep the first of two uploads at once", async () => {
    const { passes, toWrite } = await passesKit();
    const { token } = await passes.grant(toWrite);
    const first = await passes.open(token, "PUT");
    const second = await passes.open(token, "PUT");
    const ends = await Promise.all([storeThrough(first, bytesOf(10)), storeThrough(second, bytesOf(20))]);
    expect(ends.sort()).toEqual(["gone", "stored"]);
  });

  it("refuse more than their limit and can then be tried again", async () => {
    const { passes, toWrite, db } = await passesKit();
    const { token } = await passes.grant({ ...toWrite, byteLimit: 1500 });
    expect(await storeThrough(await passes.open(token, "PUT"), bytesOf(1501))).toBe("too_large");
    expect(await db.query("SELECT used_at FROM pass")).toEqual([{ used_at: null }]);
    expect(await storeThrough(await passes.open(token, "PUT"), bytesOf(1500))).toBe("stored");
  });

  it("sweep away what is over and nothing else", async () => {
    const { passes, toRead, clock, db } = await passesKit();
    await passes.grant(toRead);
    await passes.grant({ ...toRead, expiresAt: clock.now() + 2 * HOUR_MS });
    clock.advance(HOUR_MS + 1);
    expect(await passes.sweep(10)).toBe(1);
    expect(await passes.sweep(10)).toBe(0);
    expect(await db.query("SELECT count(*) AS n FROM pass")).toEqual([{ n: 1 }]);
  });
});
