import type { Settings } from "../config.ts";

/** Where a database file lies: the path in `file:PATH` and `file:///PATH`. */
export function databaseFile({ database }: Pick<Settings, "database">): string {
  return database.url.replace(/^file:(\/\/)?/, "");
}
