import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@libsql/client";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { createDatabase, openClient } from "../../../src/db/index.ts";
import { migrateDatabase } from "../../../src/db/migrate.ts";
import {
  addStep,
  createRunner,
  localWaker,
  type Runner,
  type RunnerOptions,
} from "../../../src/jobs/index.ts";
import type { BatchResult, Database, Row } from "../../../src/ports/database.ts";
import type { Deps } from "../../../src/ports/deps.ts";
import type { NewStep, Step, StepHandler, StepOutcome } from "../../../src/ports/jobs.ts";
import { hasSqld, startSqld, type Server } from "../../kit/sqld.ts";
import { countingIds, fakeClock, seededRandom, type FakeClock } from "../../kit/time.ts";
import { silent } from "./process.ts";
import { wipeTables } from "./world.ts";

export interface Store {
  readonly clock: FakeClock;
  readonly db: Database;
  deps(): Pick<Deps, "db" | "clock" | "ids" | "random" | "log" | "providers" | "waker">;
  add(...steps: NewStep[]): Promise<BatchResult>;
  /** A runner whose only handler is that of `noop`. */
  start(handler: StepHandler, options?: Partial<RunnerOptions>): Runner;
  steps(): Promise<readonly Row[]>;
  /** The first step there is. */
  only(): Promise<Row | undefined>;
}

export const noop: NewStep = { subject: "order", subjectId: "o", kind: "noop" };

/** A handler that always ends the same way. */
export const ending =
  (end: StepOutcome): StepHandler =>
  () =>
    Promise.resolve(end);

/** A handler that stands still until it is told how to end. */
export interface Gate {
  readonly handler: StepHandler;
  readonly entered: Promise<Step>;
  end(end: StepOutcome | Error): void;
  signal(): AbortSignal;
}

export function gate(): Gate {
  let enter: (step: Step) => void = () => undefined;
  let leave: (end: StepOutcome | Error) => void = () => undefined;
  let signal = new AbortController().signal;
  const entered = new Promise<Step>((resolve) => (enter = resolve));
  const left = new Promise<StepOutcome | Error>((resolve) => (leave = resolve));
  return {
    entered,
    end: (end) => leave(end),
    signal: () => signal,
    async handler(step, run) {
      signal = run.signal;
      enter(step);
      const end = await left;
      if (end instanceof Error) throw end;
      return end;
    },
  };
}

/**
 * The same tests on memory, on a file and, where there is one, on a libSQL server; STORES=memory leaves it at memory.
 * Each test begins with nothing stored.
 */
export function onEveryStore(body: (store: Store) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "proheadshots-"));
  let server: Server | null = null;
  const stores: Record<string, () => Promise<string>> = {
    memory: () => Promise.resolve(":memory:"),
  };
  const all = process.env["STORES"] !== "memory";
  if (all) stores["file"] = () => Promise.resolve(`file:${folder}/jobs.db`);
  if (all && hasSqld) {
    stores["server"] = async () => {
      server = await startSqld();
      return server.url;
    };
  }
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(Object.entries(stores))("the durable core on a %s", (_name, locate) => {
    const clock = fakeClock();
    const parts = { clock, random: seededRandom(), log: silent, providers: new Map(), waker: localWaker() };
    let client: Client;
    let db: Database;
    let ids = countingIds();
    const deps: Store["deps"] = () => ({ ...parts, db, ids });

    beforeAll(async () => {
      client = openClient({ url: await locate() });
      await migrateDatabase(client);
      await client.batch(
        ["DROP TRIGGER ledger_txn_no_delete", "DROP TRIGGER ledger_entry_no_delete"],
        "write",
      );
      db = createDatabase(client, parts);
    });
    beforeEach(async () => {
      await wipeTables(client);
      ids = countingIds();
    });
    afterAll(() => client.close());

    const steps: Store["steps"] = () => db.query("SELECT * FROM step ORDER BY id");
    body({
      clock,
      get db() {
        return db;
      },
      deps,
      add: (...wanted) => db.batch(wanted.map((step) => addStep(deps(), step))),
      start: (handler, options = {}) =>
        createRunner(deps(), {
          handlers: { "order.noop": handler },
          capabilities: [],
          concurrency: 4,
          ...options,
        }),
      steps,
      only: async () => (await steps())[0],
    });
  });
}
