import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { MUTANTS, type Mutant } from "./mutants.ts";

const root = resolve(import.meta.dirname, "../..");
const MOST_MS = 90_000;
const Report = z.object({ numFailedTests: z.number(), numPassedTests: z.number() });

/** Runs a suite with a seeded defect; null when it did not come as far as a report. */
function runWith(name: string, { suite }: Mutant): Promise<z.infer<typeof Report> | null> {
  return new Promise((done) => {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const child = spawn(process.execPath, [vitest, "run", suite, "--reporter=json", "--maxWorkers=1"], {
      cwd: root,
      env: { ...process.env, MUTANT: name, STORES: "memory", VITEST_POOL_ID: "", VITEST_WORKER_ID: "" },
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    // A defect may make an endless loop that eats all memory: the whole group goes, not only the first process.
    const tooLong = setTimeout(() => process.kill(-(child.pid ?? 0), "SIGKILL"), MOST_MS);
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.once("close", () => {
      clearTimeout(tooLong);
      const line = out.split("\n").find((text) => text.startsWith("{"));
      done(line === undefined ? null : Report.parse(JSON.parse(line)));
    });
  });
}

const isAsked = process.env["MUTANTS"] === "all" && process.env["MUTANT"] === undefined;
if (!isAsked) console.log("mutants: skipped, each runs a suite of its own; ask for them with MUTANTS=all");

describe.skipIf(!isAsked)("a seeded defect", () => {
  it.each(Object.entries(MUTANTS))("is noticed: %s", { timeout: 180_000 }, async (name, mutant) => {
    const source = readFileSync(join(root, mutant.file), "utf8");
    expect(source.split(mutant.find)).toHaveLength(2);
    const report = await runWith(name, mutant);
    expect(report?.numFailedTests).toBeGreaterThan(0);
  });
});
