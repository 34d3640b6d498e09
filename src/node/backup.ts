import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { EXIT } from "../commands/command.ts";
import type { Settings } from "../config.ts";
import { openClient } from "../db/index.ts";
import { AppError } from "../ports/errors.ts";

/**
 * Copies a database file by `VACUUM INTO`, which only reads it; safe beside a serving process. The photos lie in the
 * blob folder and the keys in master.key: both belong into the same backup.
 */
export async function backup(settings: Settings, file: string): Promise<number> {
  const to = resolve(file);
  if (settings.database.isServer) {
    throw new AppError("BAD_USAGE", "The database is a server: use the server's own backup.");
  }
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
