import { crossProblems, notYetWarnings, unknownNameWarnings, type RawEnvironment } from "./config/checks.ts";
import { ALIASES, Environment, settingMeta } from "./config/environment.ts";
import type { Secret } from "./config/secret.ts";
import type { LogLevel } from "./operations/index.ts";
import type { Policy } from "./ports/deps.ts";

export { Secret } from "./config/secret.ts";
export { envExample, settingsTable } from "./config/table.ts";

/** What the environment says, parsed once at start. */
export interface Settings {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Null when SITE_URL is not set: then it is `localUrl` of the port that was really taken. */
  readonly siteUrl: string | null;
  readonly dataDir: string;
  readonly database: {
    readonly url: string;
    readonly authToken: Secret<string> | null;
    /** Several processes may share it; a file has one writing process. */
    readonly isServer: boolean;
  };
  /** Folder of the sealed blobs. */
  readonly blobFolder: string;
  /** Null = made and kept in DATA_DIR. */
  readonly masterKey: Secret<Uint8Array> | null;
  readonly metricsToken: Secret<string> | null;
  readonly logLevel: LogLevel;
  /** Limits and facts for the rooms; the address is known once the program listens. */
  readonly policy: Omit<Policy, "siteUrl">;
}

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[]; readonly warnings: readonly string[] };

/**
 * Parses the environment; every problem is named at once.
 * @param env the process environment over what `.env` holds
 * @param fileNames the names set in `.env`: only there is an unknown name worth a warning
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  fileNames: readonly string[] = [],
): SettingsResult {
  const raw = withAliases(withoutEmpty(env));
  const warnings = [...unknownNameWarnings(fileNames), ...notYetWarnings(raw)];
  const parsed = Environment.safeParse(raw);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => sentence(issue, raw))),
    ...crossProblems(raw),
  ];
  if (!parsed.success || problems.length > 0) return { ok: false, problems, warnings };
  return { ok: true, settings: toSettings(parsed.data), warnings };
}

/** Where a browser on this machine finds the program; a wildcard host is reached by loopback. */
export function localUrl(host: string, port: number): string {
  if (host === "0.0.0.0") return `http://127.0.0.1:${port}`;
  if (host === "::") return `http://[::1]:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function withoutEmpty(env: Readonly<Record<string, string | undefined>>): RawEnvironment {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env))
    if (value !== undefined && value.trim() !== "") kept[name] = value;
  return kept;
}

function withAliases(env: RawEnvironment): RawEnvironment {
  const all = { ...env };
  for (const [alias, name] of Object.entries(ALIASES)) {
    const value = all[alias];
    if (value !== undefined) all[name] ??= value;
  }
  return all;
}

/** "PORT must be a port: a whole number from 0 to 65535, not "abc"." Secrets are not repeated. */
function sentence(issue: { path: PropertyKey[]; message: string }, env: RawEnvironment): string {
  const name = String(issue.path[0]);
  const schema = Object.entries(Environment.shape).find(([key]) => key === name)?.[1];
  const isSecret = schema === undefined || settingMeta.get(schema)?.secret === true;
  return `${name} must be ${issue.message}${isSecret ? "" : `, not "${env[name] ?? ""}"`}.`;
}

function toSettings(env: Environment): Settings {
  const url = env.DATABASE_URL ?? `file:${env.DATA_DIR}/proheadshots.db`;
  return {
    host: env.HOST,
    port: env.PORT,
    siteUrl: env.SITE_URL ?? null,
    dataDir: env.DATA_DIR,
    database: { url, authToken: env.DATABASE_AUTH_TOKEN ?? null, isServer: !url.startsWith("file:") },
    blobFolder: env.STORAGE_URL?.replace(/^file:(\/\/)?/, "") ?? `${env.DATA_DIR}/blobs`,
    masterKey: env.MASTER_KEY ?? null,
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
    policy: toPolicy(env),
  };
}

function toPolicy(env: Environment): Omit<Policy, "siteUrl"> {
  return {
    defaultProduct: "studio",
    selling: false,
    freeCredits: env.FREE_CREDITS,
    ordersPerPersonDay: env.ORDERS_PER_PERSON_DAY,
    budgetDayMicros: env.BUDGET_DAY_USD,
    budgetMonthMicros: env.BUDGET_MONTH_USD,
    operatorName: env.OPERATOR_NAME ?? null,
    privacyEmail: env.PRIVACY_EMAIL ?? env.ADMIN_EMAIL ?? null,
    loopback: isLoopback(env.HOST),
    adminIds: env.ADMIN_IDS,
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
