import type { WebAssets } from "../../bots/web/index.ts";
import { assemble, type App } from "../app.ts";
import { createDatabase, openClient } from "../db/index.ts";
import { createLogger } from "../operations/index.ts";
import type { ObjectStore } from "../ports/blobs.ts";
import { AppError } from "../ports/errors.ts";
import { systemClock, systemIds, systemRandom } from "../runtime.ts";
import { r2Objects } from "../storage/index.ts";
import type { WorkerEnv } from "./bindings.ts";
import { readWorkerSettings } from "./settings.ts";

export type Opened =
  | { readonly ok: true; readonly app: App }
  | { readonly ok: false; readonly problems: readonly string[] };

/** A Worker may have six connections open at once. */
const STEPS_AT_ONCE = 4;

let assets: WebAssets | null = null;

/**
 * Wires the program for one invocation. Nothing that waits is shared between invocations: when the runtime cancels one,
 * what it was about to do never ends, and whoever waited for it would hang.
 */
export async function openProgram(env: WorkerEnv): Promise<Opened> {
  const read = readWorkerSettings(env);
  if (!read.ok) return read;
  assets ??= await readAssets(env);
  if (assets === null)
    return { ok: false, problems: ["The binding ASSETS has no built client: run npm run build."] };
  const { settings } = read;
  const { url, authToken } = settings.database;
  const client = openClient({ url, authToken: authToken?.reveal() });
  const app = await assemble({
    clock: systemClock,
    ids: systemIds,
    random: systemRandom,
    log: createLogger(settings.logLevel),
    db: createDatabase(client, { clock: systemClock, random: systemRandom }),
    objects: env.BLOBS === undefined ? noObjects() : r2Objects(env.BLOBS),
    masterKey: settings.masterKey.reveal(),
    imaging: null,
    providers: [],
    policy: { ...settings.policy, siteUrl: settings.siteUrl },
    metricsToken: settings.metricsToken?.reveal() ?? null,
    instanceId: "worker",
    assets,
    concurrency: STEPS_AT_ONCE,
  });
  return { ok: true, app };
}

async function readAssets({ ASSETS }: WorkerEnv): Promise<WebAssets | null> {
  if (ASSETS === undefined) return null;
  const files = ["app.js", "app.css"].map((name) => ASSETS.fetch(`https://assets/${name}`));
  const [script, style] = await Promise.all(files);
  if (script?.ok !== true || style?.ok !== true) return null;
  return { script: await script.text(), style: await style.text() };
}

/** Pictures are not kept where the next invocation would not find them. */
function noObjects(): ObjectStore {
  const refuse = (): Promise<never> =>
    Promise.reject(
      new AppError("BAD_SETTINGS", "no storage is bound: give the Worker an R2 bucket under the name BLOBS"),
    );
  return { write: refuse, read: refuse, remove: refuse, move: refuse, health: refuse };
}
