import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { failedOrder } from "./kit/contract.ts";
import { photos, type Photos } from "./kit/photos.ts";
import { build, command, place, serve, startMain, workFolder, type Place } from "./kit/process.ts";
import { rowsOf } from "./kit/rows.ts";
import { visitor } from "./kit/visitor.ts";

let of: Photos;
beforeAll(async () => {
  await build();
  of = await photos();
}, 120_000);

const databaseOf = (at: Place): string => `file:${join(at.dataDir, "proheadshots.db")}`;

describe("a DATA_DIR that cannot be", { timeout: 240_000 }, () => {
  it("is refused by every command in one sentence", async () => {
    const at = place();
    writeFileSync(join(at.cwd, "file"), "");
    const below: Place = { ...at, dataDir: join(at.cwd, "file", "data") };
    for (const args of [["migrate"], ["reconcile"], ["order", of.good[0], "--consent", "--json"]]) {
      const ended = await command(below, ...args);
      expect([args[0], ended.code]).toEqual([args[0], 2]);
      expect(ended.stderr).toMatch(/^DATA_DIR \S+ cannot be made: [^\n]+\n$/);
    }
    const started = await startMain(below).ended();
    expect([started.code, started.stderr]).toEqual([2, expect.stringContaining("cannot be made")]);
    const doctor = await command(below, "doctor");
    expect([doctor.code, doctor.stdout]).toEqual([
      1,
      expect.stringMatching(/^failing +folder: .* is a file/m),
    ]);
  });

  it("has nothing to save before the first start", async () => {
    const at = place();
    const ended = await command(at, "backup", join(at.cwd, "b.db"));
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining("no database yet")]);
  });

  it("is made when it is missing, with everything above it", async () => {
    const at = place();
    const deep: Place = { ...at, dataDir: join(at.cwd, "a", "b", "c") };
    expect((await command(deep, "migrate")).code).toBe(0);
    expect(await rowsOf(databaseOf(deep), "SELECT count(*) AS n FROM orders")).toEqual([{ n: 0 }]);
  });
});

/** A disk of a few megabytes, or null where this account may not mount one. */
function smallDisk(megabytes: number): string | null {
  const folder = workFolder();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "none", folder]);
  if (mounted.status !== 0) return null;
  onTestFinished(() => void spawnSync("umount", ["--lazy", folder]));
  return folder;
}

/** Takes all the room that is left; the file's removal gives it back. */
function fill(folder: string): string {
  const path = join(folder, "ballast");
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(path, Buffer.alloc(bavail * bsize));
  return path;
}

const Ready = z.object({ problems: z.record(z.string(), z.string().nullable()) });

describe("a full disk", { timeout: 240_000 }, () => {
  it("is a sentence at the start", async ({ skip }) => {
    const disk = smallDisk(8);
    if (disk === null) return skip("no small disk: this account may not mount one");
    const at = { ...place(), dataDir: join(disk, "data") };
    mkdirSync(at.dataDir);
    const ballast = fill(disk);
    const started = await startMain(at).ended();
    expect([started.code, started.stderr]).toEqual([1, expect.stringContaining("The disk is full")]);
    expect(started.stderr).not.toContain("    at ");
    const ordered = await command(at, "order", of.good[0], "--consent", "--json");
    expect([ordered.code, failedOrder(ordered.stdout).error.message]).toEqual([
      1,
      expect.stringContaining("The disk is full"),
    ]);
    rmSync(ballast);
    const served = await serve(at);
    expect((await served.stop()).code).toBe(0);
  });

  it("refuses what it cannot keep, keeps what it took, and goes on when there is room", async ({ skip }) => {
    const disk = smallDisk(24);
    if (disk === null) return skip("no small disk: this account may not mount one");
    const at = { ...place(), dataDir: join(disk, "data") };
    const served = await serve(at);
    const person = await visitor(served.address);
    await person.press("begin");
    await person.press("consent");
    expect((await person.upload(of.good[0])).status).toBe(200);
    const judged = (): Promise<unknown[]> => rowsOf(databaseOf(at), "SELECT name, state FROM selfie");
    await expect.poll(judged, { timeout: 60_000 }).toEqual([{ name: "upright.jpg", state: "judged" }]);

    const ballast = fill(disk);
    const upload = await person.upload(of.good[1]);
    expect([upload.status, upload.words]).toEqual([503, expect.stringContaining("The disk here is full")]);
    const ready = await fetch(`${served.address}/readyz`);
    expect(ready.status).toBe(503);
    expect(Ready.parse(await ready.json()).problems["storage"]).toContain("full");
    const ordered = await command(at, "order", of.good[0], "--consent", "--json");
    expect([ordered.code, failedOrder(ordered.stdout).error.message]).toEqual([
      1,
      expect.stringContaining("disk is full"),
    ]);
    expect((await fetch(`${served.address}/healthz`)).status).toBe(200);

    rmSync(ballast);
    expect((await fetch(`${served.address}/readyz`)).status).toBe(200);
    expect((await person.upload(of.good[1])).status).toBe(200);
    const both = "SELECT name FROM selfie WHERE state = 'judged' ORDER BY name";
    await expect
      .poll(() => rowsOf(databaseOf(at), both), { timeout: 60_000 })
      .toEqual(expect.arrayContaining([{ name: "tilted.jpg" }, { name: "upright.jpg" }]));
    expect((await served.stop()).code).toBe(0);
  });
});

describe("a database locked by another program", { timeout: 240_000 }, () => {
  const clients: { close(): void }[] = [];
  afterAll(() => clients.forEach((client) => client.close()));

  /** Holds the write lock until told to let go. */
  async function lock(at: Place): Promise<() => Promise<void>> {
    const client = createClient({ url: databaseOf(at), timeout: 5000 });
    clients.push(client);
    const held = await client.transaction("write");
    return () => held.rollback();
  }

  it("is a sentence at the start", async () => {
    const at = place();
    await command(at, "migrate");
    const release = await lock(at);
    const started = await startMain(at).ended();
    expect([started.code, started.stderr]).toEqual([1, expect.stringContaining("holds the database locked")]);
    expect(started.stderr).not.toContain("    at ");
    await release();
  });

  it("delays what is sent, or refuses it in a sentence, and loses nothing", async () => {
    const at = place();
    const served = await serve(at);
    const person = await visitor(served.address);
    expect((await person.press("begin")).status).toBe(204);

    const briefly = await lock(at);
    const waits = person.send({ kind: "text", text: "sent while it was locked" });
    setTimeout(() => void briefly(), 1500);
    expect((await waits).status).toBe(204);

    const release = await lock(at);
    const id = crypto.randomUUID();
    const body = { kind: "text", text: "sent twice" };
    const refused = await person.send(body, id);
    expect([refused.status, refused.words]).toEqual([503, expect.stringContaining("Nothing is lost")]);
    expect((await fetch(`${served.address}/healthz`)).status).toBe(200);
    await release();
    expect((await person.send(body, id)).status).toBe(204);
    const kept = (): Promise<unknown[]> =>
      rowsOf(
        databaseOf(at),
        "SELECT count(*) AS n FROM web_message WHERE view LIKE '%sent %' AND author = 'person'",
      );
    expect(await kept()).toEqual([{ n: 2 }]);
  });
});
