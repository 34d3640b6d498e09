import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Client } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";
import { z } from "zod";
import { AppError } from "../ports/errors.ts";
import { useWriteAheadLog } from "./open.ts";

const Journal = z.object({
  entries: z.array(z.object({ idx: z.number(), when: z.number(), tag: z.string() })),
});

export interface Migration {
  readonly tag: string;
  readonly when: number;
  readonly hash: string;
}

/** The migrations folder of this checkout or of the built program beside it. */
export function migrationsFolder(): string {
  const built = import.meta.url.includes("/dist/");
  return fileURLToPath(new URL(built ? "../migrations" : "../../migrations", import.meta.url));
}

/** The journal with the hash of every file, as drizzle computes it. */
export function readMigrations(folder: string = migrationsFolder()): Migration[] {
  const journal = Journal.parse(JSON.parse(readFileSync(`${folder}/meta/_journal.json`, "utf8")));
  return journal.entries.map(({ tag, when }) => ({
    tag,
    when,
    hash: createHash("sha256")
      .update(readFileSync(`${folder}/${tag}.sql`, "utf8"))
      .digest("hex"),
  }));
}

async function appliedHashes(client: Client): Promise<string[]> {
  const result = await client.execute("SELECT hash FROM __drizzle_migrations ORDER BY created_at");
  return z
    .array(z.object({ hash: z.string() }))
    .parse(result.rows)
    .map((row) => row.hash);
}

/**
 * Brings the database to the newest schema. Guarded against what drizzle does silently: a migration with an older
 * timestamp is skipped (drizzle-orm 5769), and two starters at once fail with "table already exists".
 * @throws AppError DATABASE_FAILED when the result is not exactly the journal.
 */
export async function migrateDatabase(client: Client, folder: string = migrationsFolder()): Promise<void> {
  await useWriteAheadLog(client);
  const wanted = readMigrations(folder).map((migration) => migration.hash);
  let failure: unknown = null;
  try {
    await migrate(drizzle(client), { migrationsFolder: folder });
  } catch (error) {
    failure = error;
  }
  const got = await appliedHashes(client).catch((): string[] => []);
  if (got.length === wanted.length && got.every((hash, at) => hash === wanted[at])) return;
  const newer = got.length > wanted.length;
  throw new AppError(
    "DATABASE_FAILED",
    newer
      ? "the database was made by a newer version of this program: update the program"
      : "the migrations in the database are not those of this program",
    { cause: failure },
  );
}
