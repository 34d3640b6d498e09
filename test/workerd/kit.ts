import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTestHarness, type TestHarness } from "wrangler";
import type { Client } from "@libsql/client";
import { createDatabase, openClient } from "../../src/db/index.ts";
import { migrateDatabase } from "../../src/db/migrate.ts";
import type { Database } from "../../src/ports/database.ts";
import { realClock, seededRandom } from "../kit/time.ts";
import { startSqld } from "../kit/sqld.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const MASTER_KEY = new Uint8Array(32).fill(5);
export const SITE_URL = "https://headshots.test";

export interface WorkerKit {
  readonly harness: TestHarness;
  readonly db: Database;
  /** A request to the Worker under its own address. */
  fetch(path: string, init?: Parameters<TestHarness["fetch"]>[1]): ReturnType<TestHarness["fetch"]>;
  /** What Cron does every minute. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

/** The Worker of `wrangler.toml` in real workerd, on a real libSQL server that Node migrated. */
export async function startWorker(): Promise<WorkerKit> {
  process.env["WRANGLER_SEND_METRICS"] = "false";
  buildClient();
  const server = await startSqld();
  const client = openClient({ url: server.url });
  await migrateDatabase(client);
  const harness = createTestHarness({
    root: ROOT,
    workers: [
      {
        configPath: "wrangler.toml",
        vars: { DATABASE_URL: server.url, SITE_URL, LOG_LEVEL: "warn" },
        secrets: { MASTER_KEY: Buffer.from(MASTER_KEY).toString("base64url") },
      },
    ],
  });
  await harness.listen();
  return {
    harness,
    db: databaseOf(client),
    fetch: (path, init) => harness.fetch(`${SITE_URL}${path}`, init),
    async tick() {
      const { outcome } = await harness.getWorker().scheduled({ cron: "* * * * *" });
      if (outcome !== "ok") throw new Error(`the scheduled run ended with ${outcome}`);
    },
    async stop() {
      await harness.close();
      client.close();
      await server.stop();
    },
  };
}

export function databaseOf(client: Client): Database {
  return createDatabase(client, { clock: realClock, random: seededRandom() });
}

/** The Worker serves the browser client as the build made it. */
export function buildClient(): void {
  if (existsSync(`${ROOT}/dist/web/app.js`)) return;
  const built = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: ROOT, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the build failed: ${built.stderr}`);
}
