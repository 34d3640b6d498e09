import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const started = new Set<ChildProcess>();
const folders: string[] = [];

afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes away with the test file. */
export function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "proheadshots-e2e-"));
  folders.push(folder);
  return folder;
}

/** Builds the program if a source is newer. */
export async function build(): Promise<void> {
  const child = spawn(process.execPath, [join(root, "scripts/build.mjs"), "--if-newer"], {
    stdio: "inherit",
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error("the program does not build");
}

export interface Place {
  /** The folder that the process stands in; a `.env` there is read. */
  readonly cwd: string;
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A place for one installation. */
export function place(env: Readonly<Record<string, string>> = {}): Place {
  const cwd = workFolder();
  return { cwd, dataDir: join(cwd, "data"), env };
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves when the process has written this; fails when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  ended(): Promise<Ended>;
}

const launch = (args: readonly string[], at: Place): Running => launchAs(process.execPath, args, at);

function launchAs(program: string, args: readonly string[], { cwd, dataDir, env }: Place): Running {
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env["PATH"], HOME: cwd, DATA_DIR: dataDir, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.add(child);
  const written = { stdout: "", stderr: "" };
  const listeners = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8");
    child[name].on("data", (text: string) => {
      written[name] += text;
      for (const look of listeners) look();
    });
  }
  const over = once(child, "close").then(([code]): Ended => {
    started.delete(child);
    for (const look of listeners) look();
    return { code: typeof code === "number" ? code : null, ...written };
  });
  return {
    child,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    ended: () => over,
    says(pattern) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(written.stdout) ?? pattern.exec(written.stderr);
          if (found === null && started.has(child)) return;
          listeners.delete(look);
          if (found === null)
            reject(new Error(`ended without ${pattern}: ${written.stdout}${written.stderr}`));
          else resolve(found);
        };
        listeners.add(look);
        look();
      });
    },
  };
}

/** `npx proheadshots ARGS`, without npx. */
export const startCommand = (at: Place, ...args: string[]): Running =>
  launch([join(root, "bin.js"), ...args], at);

export const command = (at: Place, ...args: string[]): Promise<Ended> => startCommand(at, ...args).ended();

/** `node dist/main.js`. */
export const startMain = (at: Place): Running => launch([join(root, "dist/main.js")], at);

export interface Served extends Running {
  /** Without a slash at its end. */
  readonly address: string;
  /** SIGTERM, and what it says until its end; `ms` it took. */
  stop(): Promise<Ended & { readonly ms: number }>;
}

/** Starts the program and waits until it says where to open it. */
export async function serve(at: Place): Promise<Served> {
  const running = startMain(at);
  const [, address = ""] = await running.says(/Chat:\s+(\S+)\/\n/);
  return {
    ...running,
    address,
    async stop() {
      const from = performance.now();
      running.child.kill("SIGTERM");
      const ended = await running.ended();
      return { ...ended, ms: performance.now() - from };
    },
  };
}

/** `npm start` in the checkout itself. */
export const startNpm = (at: Place): Running => launchAs("npm", ["start", "--prefix", root], at);
