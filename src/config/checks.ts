import { ALIASES, Environment } from "./environment.ts";
import { nearestName } from "./nearest.ts";

/** Variables as they stand, without the empty ones. */
export type RawEnvironment = Readonly<Record<string, string>>;

type AiProvider = "replicate" | "runpod";

/** What each AI provider cannot work without; one of the lists must be complete. */
const CREDENTIALS: Readonly<Record<AiProvider, readonly (readonly string[])[]>> = {
  replicate: [["REPLICATE_API_TOKEN"]],
  runpod: [
    ["RUNPOD_API_KEY", "RUNPOD_TEMPLATE_ID"],
    ["RUNPOD_API_KEY", "RUNPOD_ENDPOINT_TRAIN", "RUNPOD_ENDPOINT_GENERATE"],
  ],
};

/** Parts of the contract that a later version brings, by the setting that asks for them. */
const NOT_YET: Readonly<Record<string, string>> = {
  QUEUE_URL: "a queue between processes",
  ROLES: "processes with roles of their own",
  REPLICATE_API_TOKEN: "Replicate",
  RUNPOD_API_KEY: "RunPod",
  DISCORD_TOKEN: "the Discord bot",
  TELEGRAM_BOT_TOKEN: "the Telegram bot",
  SMTP_URL: "alert mail",
  OPERATIONS_CHAT: "alerts in a chat",
};
const NOT_YET_PREFIX = "OTEL_";

const isServer = (url: string): boolean => !url.startsWith("file:");

/** What is wrong between settings that are each well written. */
export function crossProblems(env: RawEnvironment): string[] {
  const problems: string[] = [];
  for (const name of ["AI_PRIMARY_PROVIDER", "AI_PROVIDER", "AI_SECONDARY_PROVIDER"]) {
    const named = env[name];
    if (named !== "replicate" && named !== "runpod") continue;
    const missing = missingCredentials(env, named);
    problems.push(
      missing === null
        ? `${name} names ${named}, which is not in this version: use studio.`
        : `${name} names ${named}, so ${missing} must be set too.`,
    );
  }
  if (env["DATABASE_URL"] !== undefined && isServer(env["DATABASE_URL"]) && env["MASTER_KEY"] === undefined)
    problems.push(
      "DATABASE_URL names a server, so MASTER_KEY must be set: every process needs the same one.",
    );
  if (env["STORAGE_URL"]?.startsWith("s3:") === true)
    problems.push("STORAGE_URL names an S3 bucket, which is not in this version: use file:FOLDER.");
  return problems;
}

/** The missing names in words, or null when the provider has what it needs. */
function missingCredentials(env: RawEnvironment, provider: AiProvider): string | null {
  const missing = CREDENTIALS[provider].map((names) => names.filter((name) => env[name] === undefined));
  if (missing.some((names) => names.length === 0)) return null;
  return missing.map((names) => names.join(" and ")).join(", or ");
}

/** What is set and has no effect in this version. */
export function notYetWarnings(env: RawEnvironment): string[] {
  const warnings = Object.entries(NOT_YET)
    .filter(([name]) => env[name] !== undefined)
    .map(([name, part]) => `${name} has no effect: ${part} is not in this version.`);
  const traces = Object.keys(env).filter((name) => name.startsWith(NOT_YET_PREFIX));
  if (traces.length > 0)
    warnings.push(`${traces.join(", ")} has no effect: OpenTelemetry is not in this version.`);
  return warnings;
}

/** One warning about all names of the `.env` file that mean nothing, with the names that were probably meant. */
export function unknownNameWarnings(fileNames: readonly string[]): string[] {
  const known = [...Object.keys(Environment.shape), ...Object.keys(ALIASES)];
  const recognised = new Set([...known, ...Object.keys(NOT_YET)]);
  const unknown = fileNames.filter((name) => !recognised.has(name) && !name.startsWith(NOT_YET_PREFIX));
  if (unknown.length === 0) return [];
  const words = unknown.map((name) => {
    const nearest = nearestName(name, known);
    return nearest === null ? name : `${name} (did you mean ${nearest}?)`;
  });
  return [`.env sets what nobody reads: ${words.join(", ")}.`];
}
