import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { fileDatabase } from "../kit/database.ts";
import { seededRandom } from "../kit/time.ts";
import { openOutside } from "./kit/outside.ts";
import { findProblems } from "./kit/world.ts";

const ROUNDS = process.env["CI"] === undefined ? 10 : 100;

const root = resolve(import.meta.dirname, "../..");

interface Ended {
  readonly lines: readonly string[];
  readonly signal: string | null;
  readonly errors: string;
}

/** Runs the bundled child until it dies; kills it after `killAfterMs` of work, unless null. */
function runChild(
  program: string,
  settings: Record<string, string>,
  killAfterMs: number | null,
): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [program], { env: { PATH: process.env["PATH"], ...settings } });
    let out = "";
    let errors = "";
    let timer: NodeJS.Timeout | null = null;
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (killAfterMs !== null) timer ??= setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    });
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    child.once("close", (_code, signal) => {
      if (timer !== null) clearTimeout(timer);
      // A line without its end was not acknowledged.
      done({ lines: out.split("\n").slice(0, -1), signal, errors });
    });
  });
}

it(`loses nothing through ${ROUNDS} kill -9 of real processes on a file`, { timeout: 900_000 }, async () => {
  const folder = join(root, "node_modules/.cache/proheadshots-test");
  const program = join(folder, `victim-${process.pid}.mjs`);
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(root, "test/jobs/kit/victim.child.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // One file starts in half the time; only the native part stays outside.
    external: ["libsql", "vitest"],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    outfile: program,
    logLevel: "error",
  });
  const { db, url } = await fileDatabase();
  const outside = await openOutside();
  const random = seededRandom(7);
  const placed: string[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const atPoint = round % 2 === 0;
      const settings = {
        DATABASE: url,
        OUTSIDE: outside.url,
        CLOCK: String(round * 90_000),
        ROUND: String(round),
        DIE_AT: String(atPoint ? 3 + Math.floor(random.float() * 60) : 0),
      };
      const ended = await runChild(program, settings, atPoint ? 2000 : Math.floor(random.float() * 120));
      expect(ended).toMatchObject({ signal: "SIGKILL", errors: "" });
      for (const line of ended.lines) if (line.startsWith("placed ")) placed.push(line.slice(7));
    }
    const settings = {
      DATABASE: url,
      OUTSIDE: outside.url,
      CLOCK: String(ROUNDS * 90_000),
      ROUND: "999999",
      DRAIN: "1",
    };
    expect(await runChild(program, settings, null)).toEqual({ lines: ["drained"], signal: null, errors: "" });
  } finally {
    await outside.close();
    rmSync(program, { force: true });
  }
  expect(placed.length).toBeGreaterThan(ROUNDS / 2);
  expect(await db.query("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
  // Killing a process does not lose what the system has in its cache; that a flush is asked for is all that can be read here.
  expect(await db.query("PRAGMA synchronous")).toEqual([{ synchronous: 2 }]);
  expect(await db.query("PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
  expect(await findProblems(db, outside.vendors, placed, null)).toEqual([]);
  const repeats = outside.sent.length - new Set(outside.sent).size;
  expect(repeats).toBeLessThanOrEqual(ROUNDS);
});
