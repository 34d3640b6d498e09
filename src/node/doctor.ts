import { existsSync, statfsSync } from "node:fs";
import { EXIT } from "../commands/command.ts";
import { readSettings, type Settings } from "../config.ts";
import { openClient } from "../db/index.ts";
import { readMigrations } from "../db/migrate.ts";
import { createImaging } from "../imaging/index.ts";
import { systemClock } from "../runtime.ts";
import { databaseFile } from "./database-file.ts";
import { readEnvFile } from "./env-file.ts";
import { findRunning } from "./lock.ts";
import { whyNotWritable } from "./writable-folder.ts";

interface Check {
  readonly part: string;
  readonly state: "ok" | "warning" | "failing";
  /** What is found, and the fix where one is needed. */
  readonly says: string;
}

const LEAST_FREE_BYTES = 2 * 1024 ** 3;

const ok = (part: string, says: string): Check => ({ part, state: "ok", says });
const warning = (part: string, says: string): Check => ({ part, state: "warning", says });
const failing = (part: string, says: string): Check => ({ part, state: "failing", says });

function checkNode(): Check {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major >= 22) return ok("node", `Node ${process.versions.node}`);
  return major >= 20
    ? warning("node", `Node ${process.versions.node} works, but gets no more fixes. Node 24 is recommended.`)
    : failing("node", `Node ${process.versions.node} is too old. Install Node 24.`);
}

function checkFolder(settings: Settings): Check {
  const { dataDir } = settings;
  const problem = whyNotWritable(dataDir);
  if (problem !== null) return failing("folder", `${problem} Give it the rights, or set DATA_DIR.`);
  if (!existsSync(dataDir)) return ok("folder", `${dataDir} will be made at the first start`);
  const { bavail, bsize } = statfsSync(dataDir);
  const free = bavail * bsize;
  const gigabytes = (free / 1024 ** 3).toFixed(1);
  return free < LEAST_FREE_BYTES
    ? warning("folder", `only ${gigabytes} GB are free for ${dataDir}. Make room.`)
    : ok("folder", `${dataDir}, ${gigabytes} GB free`);
}

async function checkDatabase(settings: Settings): Promise<Check> {
  const { url, authToken, isServer } = settings.database;
  if (!isServer && !existsSync(databaseFile(settings))) {
    return ok("database", "will be made at the first start");
  }
  const client = openClient({ url, authToken: authToken?.reveal() });
  try {
    const applied = await client.execute("SELECT count(*) AS n FROM __drizzle_migrations");
    const missing = readMigrations().length - Number(applied.rows[0]?.["n"] ?? 0);
    if (missing > 0)
      return warning("database", `${missing} migrations to come: they run at the next start, or by migrate.`);
    if (missing < 0) return failing("database", "it was made by a newer program. Update this one.");
    return ok("database", isServer ? "the server answers" : "the file opens, all migrations are there");
  } catch (error) {
    return failing(
      "database",
      `it does not open: ${error instanceof Error ? error.message : "unknown reason"}. Check DATABASE_URL and its token.`,
    );
  } finally {
    client.close();
  }
}

async function checkImaging(): Promise<Check> {
  const imaging = createImaging({ clock: systemClock });
  try {
    const status = await imaging.status();
    const failed = Object.entries(status).filter(([, state]) => state === "failed");
    if (failed.length === 0) return ok("imaging", "face, identity and segmentation models and HEIC load");
    return warning("imaging", `did not load: ${failed.map(([name]) => name).join(", ")}. Run npm ci again.`);
  } catch {
    return failing("imaging", "its thread does not start. Run npm ci again.");
  } finally {
    await imaging.close();
  }
}

async function checkProgram(settings: Settings): Promise<Check> {
  const running = await findRunning(settings.dataDir);
  return running === null ? ok("program", "not running") : ok("program", `running at ${running.address}`);
}

function checkKey(settings: Settings): Check {
  if (settings.masterKey !== null) return ok("master key", "from MASTER_KEY");
  return warning(
    "master key",
    `kept in ${settings.dataDir}/master.key. Back it up: without it no photo can be opened.`,
  );
}

function checkOperator(settings: Settings): Check {
  const { operatorName, privacyEmail } = settings.policy;
  return operatorName !== null && privacyEmail !== null
    ? ok("operator", "named in /privacy")
    : warning(
        "operator",
        "set OPERATOR_NAME and PRIVACY_EMAIL: people are told who runs this and whom to write to.",
      );
}

/** `doctor`: checks every configured part, only reading. Exit code 1 when one fails. */
export async function doctor(json: boolean): Promise<number> {
  const file = readEnvFile();
  const read = readSettings({ ...file, ...process.env }, Object.keys(file));
  const checks: Check[] = [checkNode(), ...read.warnings.map((says) => warning("settings", says))];
  if (read.ok) {
    const { settings } = read;
    checks.push(
      ok("settings", "well formed"),
      checkFolder(settings),
      await checkDatabase(settings),
      checkKey(settings),
      await checkImaging(),
      await checkProgram(settings),
      checkOperator(settings),
    );
  } else {
    checks.push(...read.problems.map((says) => failing("settings", says)));
  }
  if (json) process.stdout.write(`${JSON.stringify({ checks })}\n`);
  else
    for (const { part, state, says } of checks) process.stdout.write(`${state.padEnd(8)} ${part}: ${says}\n`);
  return checks.some((check) => check.state === "failing") ? EXIT.defect : EXIT.ok;
}
