import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./kit/database.ts";

const root = resolve(import.meta.dirname, "..");

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function node(folder: string, ...args: string[]): Promise<Run> {
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });
}

/** A small project with this one's launcher and build. */
function project(): { folder: string; write(file: string, text: string): void } {
  const folder = temporaryFolder();
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write("package.json", '{"type":"module"}');
  write("src/main.ts", 'import { z } from "zod"; console.log(z.literal(1).parse(1) as number);');
  write("src/cli.ts", 'console.log("cli", process.argv.slice(2).join(" "));');
  write("src/imaging/worker.ts", "export {};");
  write("bots/web/client/main.ts", 'import { word } from "./word.ts"; document.title = word;');
  write("bots/web/client/word.ts", 'export const word: string = "hello";');
  write("bots/web/client/app.css", '@import "./more.css";');
  write("bots/web/client/more.css", "body { color: red; }");
  for (const file of ["bin.js", "scripts/build.mjs"]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return { folder, write };
}

describe("the launcher", () => {
  it("is executable, and says what to do where nothing is built", async () => {
    const { folder } = project();
    expect(statSync(join(root, "bin.js")).mode & 0o111).toBe(0o111);
    expect(await node(folder, "bin.js")).toEqual({
      code: 2,
      stdout: "",
      stderr: 'ProHeadshots is not built here: run "npm ci" first.\n',
    });
  });

  it("hands its arguments to the built program, from any folder", async () => {
    const { folder } = project();
    await node(folder, "scripts/build.mjs");
    expect(await node(temporaryFolder(), join(folder, "bin.js"), "order", "--json")).toMatchObject({
      code: 0,
      stdout: "cli order --json\n",
    });
  });
});

describe("the build", () => {
  it("bundles each entry and leaves packages outside", async () => {
    const { folder } = project();
    const run = await node(folder, "scripts/build.mjs");
    expect(run).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^built dist in \d+ ms\n$/),
      stderr: "",
    });
    expect(await node(folder, "dist/main.js")).toMatchObject({ code: 0, stdout: "1\n" });
    expect(readFileSync(join(folder, "dist/main.js"), "utf8")).toContain('from "zod"');
    expect(existsSync(join(folder, "dist/imaging-worker.js"))).toBe(true);
    expect(readFileSync(join(folder, "dist/web/app.js"), "utf8")).toMatch(
      /"hello".*document\.title|document\.title="hello"/s,
    );
    expect(readFileSync(join(folder, "dist/web/app.css"), "utf8")).toContain("body{color:red}");
  });

  it("with --if-newer runs again only after a source changed or went away", async () => {
    const { folder, write } = project();
    const buildIfNewer = async (): Promise<string> =>
      (await node(folder, "scripts/build.mjs", "--if-newer")).stdout;
    expect(await buildIfNewer()).toContain("built");
    expect(await buildIfNewer()).toBe("dist is up to date\n");
    write("src/unused.ts", "export {};");
    expect(await buildIfNewer()).toContain("built");
    rmSync(join(folder, "src/unused.ts"));
    expect(await buildIfNewer()).toContain("built");
    const old = new Date(2020, 1, 1);
    utimesSync(join(folder, "src/cli.ts"), old, old);
    expect(await buildIfNewer()).toBe("dist is up to date\n");
  });

  it("fails loudly on a source that does not parse, and is then not up to date", async () => {
    const { folder, write } = project();
    await node(folder, "scripts/build.mjs");
    write("src/cli.ts", "const = ;");
    expect(await node(folder, "scripts/build.mjs")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("cli.ts"),
    });
    write("src/cli.ts", "export {};");
    expect((await node(folder, "scripts/build.mjs", "--if-newer")).stdout).toContain("built");
  });
});
