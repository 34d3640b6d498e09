import { EXIT } from "../commands/command.ts";
import type { Settings } from "../config.ts";
import { openClient } from "../db/index.ts";
import { migrateDatabase, readMigrations } from "../db/migrate.ts";
import { findRunning } from "./lock.ts";
import { prepareDataDir } from "./program.ts";

/** `migrate`: brings the database to the newest schema. Beside a serving process there is nothing to do: it migrated at its start. */
export async function migrateOnly(settings: Settings): Promise<number> {
  prepareDataDir(settings.dataDir);
  const running = await findRunning(settings.dataDir);
  if (running === null) {
    const client = openClient({
      url: settings.database.url,
      authToken: settings.database.authToken?.reveal(),
    });
    try {
      await migrateDatabase(client);
    } finally {
      client.close();
    }
  }
  process.stdout.write(`The database has all ${readMigrations().length} migrations of this program.\n`);
  return EXIT.ok;
}
