import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { EXIT } from "../commands/command.ts";
import type { Settings } from "../config.ts";
import { openClient } from "../db/index.ts";
import { AppError } from "../ports/errors.ts";
import { databaseFile } from "./database-file.ts";

/**
 * Copies a database file by `VACUUM INTO`, which only reads it; safe beside a serving process. The photos lie in the
 * blob folder and the keys in master.key: both belong into the same backup.
 */
export async function backup(settings: Settings, file: string): Promise<number> {
  const to = resolve(file);
  if (settings.database.isServer) {
    throw new AppError("BAD_USAGE", "The database is a server: use the server's own backup.");
  }
  if (!existsSync(databaseFile(settings))) {
    throw new AppError("BAD_USAGE", `There is no database yet in ${settings.dataDir}: nothing to save.`);
  }
  if (!existsSync(dirname(to))) throw new AppError("BAD_USAGE", `There is no folder ${dirname(to)}.`);
  if (existsSync(to)) throw new AppError("BAD_USAGE", `${to} exists already. Name a new file.`);
  const client = openClient({ url: settings.database.url });
  try {
    await client.execute({ sql: "VACUUM INTO ?", args: [to] });
  } finally {
    client.close();
  }
  process.stdout.write(`${to}\n`);
  process.stderr.write(
    `Saved. Keep it with ${settings.blobFolder} and ${settings.dataDir}/master.key: each is needed.\n`,
  );
  return EXIT.ok;
}
