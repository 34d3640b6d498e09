import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { withSettings } from "../../scripts/docs/settings-markdown.ts";
import { envExample } from "../../src/config.ts";
import { readMetrics } from "../../src/operations/index.ts";
import { memoryDatabase } from "../kit/database.ts";
import { realClock } from "../kit/time.ts";
import { documentAt, DOCUMENTS, matches, ROOT, SOURCES } from "./documents.ts";

const fileText = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const readme = documentAt("README.md").text;
const everything = DOCUMENTS.map(({ text }) => text).join("\n");

async function help(...command: string[]): Promise<string> {
  const tsx = join(ROOT, "node_modules/tsx/dist/cli.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [
    tsx,
    join(ROOT, "src/cli.ts"),
    ...command,
    "--help",
  ]);
  return stdout;
}

describe("the documents", () => {
  it("have the settings as they are (written anew by: npx tsx scripts/docs.ts)", () => {
    expect(readme).toBe(withSettings(readme));
    expect(fileText(".env.example")).toBe(envExample());
  });

  it("name every command that there is, and none besides", { timeout: 60_000 }, async () => {
    const commands = matches(await help(), /^ {2}([a-z-]+)(?= |\n)/gm).filter((name) => name !== "help");
    const named = new Set(matches(everything, /proheadshots ([a-z][a-z-]+)\b/g));
    expect([...named].sort()).toEqual([...commands].sort());
    const options = matches(await help("order"), /(--[a-z]+)/g);
    const [example = ""] = matches(readme, /npx proheadshots (order .*--.*)/g);
    expect(matches(example, /(--[a-z]+)/g).length).toBeGreaterThan(2);
    expect(matches(example, /(--[a-z]+)/g).filter((option) => !options.includes(option))).toEqual([]);
  });

  it("name only scripts that package.json has", () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(fileText("package.json")));
    const named = [
      ...matches(everything, /npm run ([\w:-]+)/g),
      ...matches(everything, /npm (start|test)\b/g),
    ];
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("name only environment variables that something reads", () => {
    const readers = SOURCES.filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.startsWith("test/docs/"));
    const code = [...readers, ".ci/run", "wrangler.toml"].map(fileText).join("\n");
    const named = matches(everything, /`([A-Z][A-Z\d]*_[A-Z\d_]+)(?:=[^`]*)?`/g);
    expect(named.filter((name) => !code.includes(name))).toEqual([]);
  });

  it("watch only metrics that are served", async () => {
    const { db } = await memoryDatabase();
    const served = (await readMetrics({ db, clock: realClock })).map(({ name }) => name);
    const watched = matches(everything, /(proheadshots_[a-z_]+)/g);
    expect(watched.length).toBeGreaterThan(4);
    expect(watched.filter((name) => !served.includes(name))).toEqual([]);
  });
});
