import { EXIT } from "../commands/command.ts";
import type { Settings } from "../config.ts";
import { openClient } from "../db/index.ts";
import { migrateDatabase, readMigrations } from "../db/migrate.ts";
import { holdingLock } from "./hold-lock.ts";
import { prepareDataDir } from "./program.ts";

async function migrate({ url, authToken }: Settings["database"]): Promise<void> {
  const client = openClient({ url, authToken: authToken?.reveal() });
  try {
    await migrateDatabase(client);
  } finally {
    client.close();
  }
}

/** `migrate`: brings the database to the newest schema. Beside a serving process there is nothing to do: it migrated at its start. */
export async function migrateOnly(settings: Settings): Promise<number> {
  prepareDataDir(settings.dataDir);
  await holdingLock(settings.dataDir, () => migrate(settings.database));
  process.stdout.write(`The database has all ${readMigrations().length} migrations of this program.\n`);
  return EXIT.ok;
}
