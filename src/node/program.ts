import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { assemble, type App } from "../app.ts";
import type { Settings } from "../config.ts";
import { createDatabase, openClient } from "../db/index.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { createImaging } from "../imaging/index.ts";
import { createLogger } from "../operations/index.ts";
import { AppError } from "../ports/errors.ts";
import { localFiles } from "../storage/local-files.ts";
import { localMasterKey } from "./master-key.ts";
import { policyOf } from "./policy.ts";
import { systemClock, systemIds, systemRandom } from "./runtime.ts";
import { webAssets } from "./web-assets.ts";

/** The assembled program with the Node parts that must be closed after it. */
export interface Program {
  readonly app: App;
  readonly settings: Settings;
  close(): Promise<void>;
}

/** Makes DATA_DIR, or says in one sentence why it cannot be used. */
export function prepareDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError(
      "BAD_SETTINGS",
      `DATA_DIR ${dataDir} cannot be made or written: check the path and its rights`,
      { cause },
    );
  }
}

/** Opens database, storage and imaging, migrates, and wires everything. The caller holds the lock already. */
export async function openProgram(settings: Settings, instanceId: string): Promise<Program> {
  const clock = systemClock;
  const random = systemRandom;
  const log = createLogger(settings.logLevel);
  let masterKey = settings.masterKey;
  if (masterKey === null) {
    const local = localMasterKey(settings.dataDir);
    masterKey = local.key;
    if (local.isNew) {
      log.warn("master_key.made", {
        keep: "back up master.key in DATA_DIR: without it every stored photo is lost",
      });
    }
  }
  const client = openClient(settings.database);
  await migrateDatabase(client);
  const db = createDatabase(client, { clock, random });
  const imaging = createImaging();
  const app = await assemble({
    clock,
    ids: systemIds,
    random,
    log,
    db,
    objects: localFiles(settings.blobFolder),
    masterKey,
    imaging,
    providers: [],
    policy: policyOf(settings),
    metricsToken: settings.metricsToken,
    instanceId,
    assets: webAssets(),
    concurrency: 4 * availableParallelism(),
  });
  return {
    app,
    settings,
    async close() {
      await imaging.close();
      db.close();
    },
  };
}
