import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { assemble, type App } from "../app.ts";
import type { Settings } from "../config.ts";
import { createDatabase, openClient } from "../db/index.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { createImaging } from "../imaging/index.ts";
import { createLogger } from "../operations/index.ts";
import { AppError } from "../ports/errors.ts";
import type { Logger } from "../ports/runtime.ts";
import { systemClock, systemIds, systemRandom } from "../runtime.ts";
import { localFiles } from "../storage/local-files.ts";
import { localMasterKey } from "./master-key.ts";
import { webAssets } from "./web-assets.ts";

/** The assembled program with the Node parts that must be closed after it. */
export interface Program {
  readonly app: App;
  close(): Promise<void>;
}

/** Makes DATA_DIR, or says in one sentence why it cannot be used. */
export function prepareDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError(
      "BAD_SETTINGS",
      `DATA_DIR ${dataDir} cannot be made: check the path, its rights and the room on the disk`,
      { cause },
    );
  }
}

function keyOfFolder(dataDir: string, log: Logger): Uint8Array {
  const { key, isNew } = localMasterKey(dataDir);
  if (isNew)
    log.warn("master_key.made", { next: "back up master.key of DATA_DIR: without it every photo is lost" });
  return key;
}

/** Opens database, storage and imaging, migrates, and wires everything. The caller holds the lock already. */
export async function openProgram(
  settings: Settings,
  at: { readonly instanceId: string; readonly address: string },
): Promise<Program> {
  const clock = systemClock;
  const random = systemRandom;
  const log = createLogger(settings.logLevel);
  const masterKey = settings.masterKey?.reveal() ?? keyOfFolder(settings.dataDir, log);
  const { url, authToken } = settings.database;
  const client = openClient({ url, authToken: authToken?.reveal() });
  await migrateDatabase(client);
  const db = createDatabase(client, { clock, random });
  const imaging = createImaging({ clock });
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
    policy: { ...settings.policy, siteUrl: settings.siteUrl ?? at.address },
    metricsToken: settings.metricsToken?.reveal() ?? null,
    instanceId: at.instanceId,
    assets: webAssets(),
    concurrency: 4 * availableParallelism(),
  });
  return {
    app,
    async close() {
      await imaging.close();
      db.close();
    },
  };
}
