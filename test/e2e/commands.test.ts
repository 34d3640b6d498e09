import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { STUDIO_STYLES } from "../../src/imaging/studio/index.ts";
import { deliveredOrder, expectPictures, failedOrder } from "./kit/contract.ts";
import { photos, type Photos } from "./kit/photos.ts";
import { build, command, place, serve, startCommand, type Place, type Served } from "./kit/process.ts";
import { rowsOf } from "./kit/rows.ts";

let of: Photos;
beforeAll(async () => {
  await build();
  of = await photos();
}, 120_000);

const consented = (...args: string[]): string[] => ["order", ...args, "--consent", "--json"];

const Checks = z.object({
  checks: z.array(
    z.object({ part: z.string(), state: z.enum(["ok", "warning", "failing"]), says: z.string() }),
  ),
});

describe.each(["beside a serving program", "alone"])("commands %s", { timeout: 240_000 }, (where) => {
  const isServed = where !== "alone";
  let at: Place;
  let served: Served | null = null;
  let orderId = "";
  beforeAll(async () => {
    at = place();
    served = isServed ? await serve(at) : null;
  }, 60_000);

  it("order writes marked pictures and one object that keeps the contract", async () => {
    const out = join(at.cwd, "out");
    const styles = ["own-background", "plain-white"];
    const ended = await command(
      at,
      ...consented(...of.good, of.noFace, "--style", styles.join(","), "--count", "2", "--out", out),
    );
    expect([ended.code, ended.stderr]).toEqual([0, expect.stringContaining("2 of 2 pictures")]);
    const order = deliveredOrder(ended.stdout);
    orderId = order.orderId ?? "";
    expect(order).toMatchObject({ state: "delivered", product: "studio", provider: "studio" });
    expect(order.cost).toEqual({ actualUsd: 0 });
    expect(order.selfies.map(({ file }) => file)).toEqual([...of.good, of.noFace]);
    expect(order.selfies.map(({ verdict }) => verdict).at(-1)).toBe("refuse");
    expect(order.selfies.at(-1)?.reasons).toEqual(["no_face"]);
    expect(order.pictures.map(({ style }) => style).sort()).toEqual(styles);
    const scores = order.pictures.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(readdirSync(out).sort()).toEqual(order.pictures.map(({ file }) => file).sort());
    await expectPictures(out, order.pictures);
  });

  it("export writes everything that is kept of the person, without vectors and tokens", async () => {
    const ended = await command(at, "export", `order:${orderId}`, "--out", join(at.cwd, "export"));
    expect(ended.code).toBe(0);
    const zip = unzipSync(readFileSync(join(at.cwd, "export", ended.stdout.trim())));
    const names = Object.keys(zip);
    expect(names.filter((name) => name.endsWith(".jpg"))).toHaveLength(4);
    const words = names
      .filter((name) => name.endsWith(".json"))
      .map((name) => `${name} ${new TextDecoder().decode(zip[name])}`)
      .join("\n");
    expect(words).toContain(orderId);
    expect(words).not.toMatch(/"(vector|embedding|identity_?vector|mean|token|secret|wrapped)"/i);
    // Numbers in long rows would be a vector, whatever it is called.
    expect(words).not.toMatch(/(-?\d+\.\d+,\s*){16}/);
  });

  it("backup copies the database into a file that opens, and writes over none", async () => {
    const file = join(at.cwd, "backup.db");
    expect((await command(at, "backup", file)).code).toBe(0);
    expect(await rowsOf(`file:${file}`, "SELECT id FROM orders")).toEqual([{ id: orderId }]);
    const again = await command(at, "backup", file);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("exists already")]);
  });

  it("migrate finds nothing to do, reconcile finds no difference", async () => {
    expect(await command(at, "migrate")).toMatchObject({ code: 0, stdout: expect.stringContaining("all") });
    const reconciled = await command(at, "reconcile");
    expect([reconciled.code, reconciled.stdout]).toEqual([0, expect.stringContaining("no difference")]);
  });

  it("doctor finds nothing failing and knows whether the program runs", async () => {
    const ended = await command(at, "doctor", "--json");
    const { checks } = Checks.parse(JSON.parse(ended.stdout));
    expect([ended.code, checks.filter(({ state }) => state === "failing")]).toEqual([0, []]);
    const program = checks.find(({ part }) => part === "program");
    expect(program?.says).toBe(served === null ? "not running" : `running at ${served.address}`);
  });

  it("console-link prints a link that signs in once", async () => {
    const ended = await command(at, "console-link");
    expect(ended.code).toBe(0);
    const [link = ""] = /^http:\S+\/admin\/sign-in\/\S+$/m.exec(ended.stdout) ?? [];
    expect(link).not.toBe("");
    if (served === null) return;
    const press = (): Promise<Response> =>
      fetch(link, { method: "POST", redirect: "manual", headers: { origin: served?.address ?? "" } });
    expect((await press()).status).toBe(302);
    expect((await press()).status).toBe(401);
  });

  it.runIf(isServed)("order refuses photos that cannot be used, with the reason for each", async () => {
    const ended = await command(at, ...consented(of.text, of.group, of.noFace, "--out", join(at.cwd, "no")));
    const order = failedOrder(ended.stdout);
    expect([ended.code, order.error.code]).toEqual([2, "too_few_photos"]);
    expect(order.selfies.map(({ reasons }) => reasons[0])).toEqual([
      "not_an_image",
      "multiple_faces",
      "no_face",
    ]);
    expect(ended.stderr).toContain(`${of.group}: refused (multiple_faces)`);
    expect(existsSync(join(at.cwd, "no"))).toBe(false);
  });

  it.runIf(isServed)("order leaves out somebody else's photo and says so", async () => {
    const out = join(at.cwd, "two-people");
    const ended = await command(
      at,
      ...consented(...of.good, of.another, "--style", "own-background", "--count", "1", "--out", out),
    );
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain(`${of.another}: left out (different_person`);
    expect(deliveredOrder(ended.stdout).pictures).toHaveLength(1);
  });

  it("order stops on Ctrl-C, cancels and says what it cost", async () => {
    const running = startCommand(
      at,
      ...consented(...of.good, "--count", "40", "--out", join(at.cwd, "stop")),
    );
    await running.says(/Making pictures \[[^\]]*\] 1\/40/);
    running.child.kill("SIGINT");
    const ended = await running.ended();
    const order = failedOrder(ended.stdout);
    expect([ended.code, order.state, order.error.code]).toEqual([130, "cancelled", "interrupted"]);
    expect(ended.stderr).toContain("Order cancelled. It cost nothing.");
    const states =
      "SELECT DISTINCT state FROM prompts WHERE order_id = ? AND state IN ('waiting', 'working')";
    expect(await rowsOf(`file:${at.dataDir}/proheadshots.db`, states, [order.orderId])).toEqual([]);
  });

  it("erase deletes the person with every file, and prints the receipt", async () => {
    const file = `file:${at.dataDir}/proheadshots.db`;
    const [owner] = await rowsOf(file, "SELECT person_id FROM orders WHERE id = ?", [orderId]);
    const personId = String(owner?.["person_id"]);
    const blobs = await rowsOf(file, "SELECT id FROM blob WHERE person_id = ? AND refs > 0", [personId]);
    expect(blobs.length).toBeGreaterThanOrEqual(4);
    const ended = await command(at, "erase", `order:${orderId}`);
    expect([ended.code, ended.stderr]).toEqual([0, expect.stringContaining("was deleted")]);
    expect(ended.stdout).toMatch(/^\w+: \d+$/m);
    const keys = await rowsOf(file, "SELECT wrapped FROM person_key WHERE person_id = ?", [personId]);
    expect(keys).toEqual([{ wrapped: null }]);
    expect(await rowsOf(file, "SELECT id FROM blob WHERE person_id = ? AND refs > 0", [personId])).toEqual(
      [],
    );
    expect(await rowsOf(file, "SELECT id FROM selfie WHERE person_id = ?", [personId])).toEqual([]);
    expect((await command(at, "export", `order:${orderId}`)).code).toBe(2);
    const again = await command(at, "erase", `order:${orderId}`);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("There is nobody")]);
  });

  it.runIf(isServed)("what the program logged names no link, token or photo", async () => {
    const ended = await served?.stop();
    expect([ended?.code, ended?.stderr]).toEqual([0, expect.stringContaining("proheadshots")]);
    expect(ended?.stderr).not.toMatch(/sign-in\/|Bearer|upright|\/files\//);
  });
});

describe("the command line", { timeout: 240_000 }, () => {
  it.each([
    ["no consent", ["order", "PHOTO"], "consent_missing", "Add --consent"],
    ["a count of 0", consented("PHOTO", "--count", "0"), "bad_usage", "whole number from 1 to 40"],
    ["a count of 41", consented("PHOTO", "--count", "41"), "bad_usage", "whole number from 1 to 40"],
    ["an unknown style", consented("PHOTO", "--style", "baroque"), "unknown_style", "no style baroque"],
    ["a style without a name", consented("PHOTO", "--style", ","), "bad_usage", "at least one"],
    ["an AI style", consented("PHOTO", "--style", "boardroom"), "style_needs_ai", STUDIO_STYLES.join(", ")],
    ["a product nobody makes", consented("PHOTO", "--model", "best"), "no_provider", "product best"],
    ["an unknown product", consented("PHOTO", "--model", "magic"), "bad_usage", "magic"],
    ["a missing file", consented("not-there.jpg"), "bad_usage", "There is no file or folder not-there.jpg"],
    ["an empty folder", consented("."), "no_photos", "No photos"],
    ["an unknown option", consented("PHOTO", "--quick"), "bad_usage", "--quick"],
    ["an --out that is a file", consented("PHOTO", "--out", "PHOTO"), "bad_usage", "is a file"],
  ])("refuses %s with code 2 and says why", async (_name, args, code, words) => {
    const given = args.map((arg) => (arg === "PHOTO" ? of.good[0] : arg));
    const ended = await command(place(), ...given, ...(given.includes("--json") ? [] : ["--json"]));
    expect([ended.code, failedOrder(ended.stdout).error.code]).toEqual([2, code]);
    expect(ended.stderr).toContain(words);
    expect(failedOrder(ended.stdout).error.message).toContain(words);
  });

  it("looks at the first 40 of a folder and names the others", async () => {
    const at = place();
    const folder = join(at.cwd, "many");
    mkdirSync(folder);
    for (let n = 100; n < 145; n++) writeFileSync(join(folder, `${n}.jpg`), `not a photo ${n}`);
    const ended = await command(at, ...consented(folder));
    const { selfies, error } = failedOrder(ended.stdout);
    expect([ended.code, error.code, selfies.length]).toEqual([2, "too_few_photos", 45]);
    const beyond = selfies.filter(({ reasons }) => reasons.includes("too_many"));
    expect(beyond.map(({ file }) => file.slice(-7))).toEqual(
      [140, 141, 142, 143, 144].map((n) => `${n}.jpg`),
    );
    expect(ended.stderr).toContain("144.jpg: not looked at, 40 photos are the most");
  });

  it("runs two orders at once one after the other", async () => {
    const at = place();
    const order = (out: string): Promise<{ code: number | null; stderr: string }> =>
      command(at, ...consented(of.good[0], "--style", "own-background", "--count", "1", "--out", out));
    const both = await Promise.all([order(join(at.cwd, "a")), order(join(at.cwd, "b"))]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.filter(({ stderr }) => stderr.includes("waiting for its end"))).toHaveLength(1);
  });

  it("explains itself with --help, the whole and each command", async () => {
    for (const name of [
      null,
      "order",
      "doctor",
      "migrate",
      "reconcile",
      "export",
      "erase",
      "backup",
      "console-link",
    ]) {
      const ended = await command(place(), ...(name === null ? [] : [name]), "--help");
      expect([ended.code, ended.stdout]).toEqual([
        0,
        expect.stringContaining(`proheadshots ${name ?? ""}`.trim()),
      ]);
    }
    expect((await command(place(), "fly")).code).toBe(2);
  });
});
