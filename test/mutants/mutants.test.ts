import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { MUTANTS } from "./mutants.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "proheadshots-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const MOST_MS = 150_000;
vi.setConfig({ maxConcurrency: 2, testTimeout: MOST_MS + 10_000 });

const known = Object.entries(MUTANTS);
const all = process.env["CI"] !== undefined || process.env["MUTANTS"] === "all";
/** Each runs tests of its own, so a quick run takes three, far apart. */
const chosen = all ? known : known.filter((_, at) => at % Math.ceil(known.length / 3) === 0);
if (!all) console.log(`mutants: ${chosen.length} of ${known.length}; ask for all with MUTANTS=all`);

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ failureMessages: z.array(z.string()) })) }),
  ),
});

/** What a test says that could not be run as it is written: such a defect proves nothing. */
const BROKEN = /SyntaxError|ReferenceError|TypeError|SQLITE_ERROR|SQL_INPUT|timed out in/u;

interface Played {
  readonly passed: number;
  readonly failed: number;
  readonly broken: readonly string[];
}

let plays = 0;

/** Runs tests in a vitest of their own, with a defect or without; null when it did not come as far as a report. */
async function play(
  suites: readonly string[],
  tests: readonly string[],
  mutant?: string,
): Promise<Played | null> {
  const output = join(folder, `${++plays}.json`);
  const only = tests.map((test) => test.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&")).join("|");
  const args = ["run", ...suites, "--reporter=json", `--outputFile=${output}`, "--maxWorkers=1"];
  const outside = Object.entries(process.env).filter(([name]) => name !== "CI" && !name.startsWith("VITEST"));
  const child = spawn(
    process.execPath,
    [join(root, "node_modules/vitest/vitest.mjs"), ...args, ...(only === "" ? [] : ["-t", only])],
    {
      cwd: root,
      env: {
        ...Object.fromEntries(outside),
        STORES: "memory",
        ...(mutant === undefined ? {} : { MUTANT: mutant }),
      },
      stdio: "ignore",
      detached: true,
    },
  );
  // A defect may make an endless loop that eats all memory: the whole group goes, not only the first process.
  const tooLong = setTimeout(() => process.kill(-(child.pid ?? 0), "SIGKILL"), MOST_MS);
  const killed = await new Promise<boolean>((done) => child.once("close", (code) => done(code === null)));
  clearTimeout(tooLong);
  if (killed) return null;
  const report = Report.parse(JSON.parse(readFileSync(output, "utf8")));
  const messages = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ failureMessages }) => failureMessages),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    broken: messages.filter((message) => BROKEN.test(message)),
  };
}

it("names a text that stands in its file exactly once, for every defect", () => {
  const counts = known.map(([name, { file, find }]) => {
    const times = readFileSync(join(root, file), "utf8").split(find).length - 1;
    return `${name}: ${times}`;
  });
  expect(counts).toEqual(known.map(([name]) => `${name}: 1`));
});

describe.skipIf(process.env["MUTANT"] !== undefined)(
  `a seeded defect, ${chosen.length} of ${known.length}`,
  () => {
    // Whole suites and single tests apart: a filter holds for every file of a run.
    for (const what of ["whole suites", "single tests"]) {
      const some = chosen.filter(([, { test }]) => (test === undefined) === (what === "whole suites"));
      if (some.length === 0) continue;
      it.concurrent(`is the only reason why its ${what} fail`, async ({ expect }) => {
        const suites = new Set(some.map(([, { suite }]) => suite));
        const tests = new Set(some.flatMap(([, { test }]) => test ?? []));
        const played = await play([...suites], [...tests]);
        expect(played).toMatchObject({ failed: 0, broken: [] });
        expect(played?.passed).toBeGreaterThanOrEqual(Math.max(suites.size, tests.size));
      });
    }

    for (const [name, { suite, test }] of chosen) {
      it.concurrent(`is noticed: ${name}`, async ({ expect }) => {
        const played = await play([suite], test === undefined ? [] : [test], name);
        expect(played?.broken).toEqual([]);
        expect(played?.failed).toBeGreaterThan(0);
      });
    }
  },
);
