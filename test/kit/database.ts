import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Client } from "@libsql/client";
import { createDatabase, openClient } from "../../src/db/index.ts";
import { migrateDatabase } from "../../src/db/migrate.ts";
import type { Database } from "../../src/ports/database.ts";
import type { Clock, Random } from "../../src/ports/runtime.ts";
import { realClock, seededRandom } from "./time.ts";

export interface TestDatabase {
  readonly db: Database;
  readonly client: Client;
  readonly url: string;
}

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "proheadshots-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A fresh migrated database in memory. Fast; one connection. */
export async function memoryDatabase(parts: { clock?: Clock; random?: Random } = {}): Promise<TestDatabase> {
  return openDatabase(":memory:", parts);
}

/** A fresh migrated database file in its own folder. */
export async function fileDatabase(parts: { clock?: Clock; random?: Random } = {}): Promise<TestDatabase> {
  return openDatabase(`file:${join(temporaryFolder(), "test.db")}`, parts);
}

/** Opens and migrates what lies at an address; closed with the test. */
export async function openDatabase(
  url: string,
  parts: { clock?: Clock; random?: Random } = {},
): Promise<TestDatabase> {
  const client = openClient({ url });
  onTestFinished(() => client.close());
  await migrateDatabase(client);
  const db = createDatabase(client, {
    clock: parts.clock ?? realClock,
    random: parts.random ?? seededRandom(),
  });
  return { db, client, url };
}
