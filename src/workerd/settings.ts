import { readSettings, type Settings } from "../config.ts";
import type { WorkerEnv } from "./bindings.ts";

/** Settings with all that a Worker cannot make for itself. */
export interface WorkerSettings extends Settings {
  readonly siteUrl: string;
  readonly masterKey: NonNullable<Settings["masterKey"]>;
}

export type WorkerSettingsResult =
  | { readonly ok: true; readonly settings: WorkerSettings }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Parses the Worker's environment; every problem is named at once. */
export function readWorkerSettings(env: WorkerEnv): WorkerSettingsResult {
  const texts = Object.entries(env).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const read = readSettings(Object.fromEntries(texts));
  if (!read.ok) return read;
  const { siteUrl, masterKey, database, policy } = read.settings;
  const problems: string[] = [];
  if (!database.isServer)
    problems.push("DATABASE_URL must name a libSQL server (libsql:// or https://): a Worker has no files.");
  if (masterKey === null) problems.push("MASTER_KEY must be set: a Worker cannot keep one of its own.");
  if (siteUrl === null)
    problems.push("SITE_URL must be set: work that no request began must know it for its links.");
  if (siteUrl === null || masterKey === null || problems.length > 0) return { ok: false, problems };
  // HOST means nothing here, and everybody can reach a Worker.
  return {
    ok: true,
    settings: { ...read.settings, siteUrl, masterKey, policy: { ...policy, loopback: false } },
  };
}
