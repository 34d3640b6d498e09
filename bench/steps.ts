import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { createDatabase, openClient } from "../src/db/index.ts";
import { migrateDatabase } from "../src/db/migrate.ts";
import { addStep, createRunner } from "../src/jobs/index.ts";
import type { Logger } from "../src/ports/runtime.ts";
import { systemClock, systemIds, systemRandom } from "../src/runtime.ts";

const JOBS = 2000;
const ROUNDS = 5;
const CONCURRENCIES = [1, 50];

/** Jobs a second of one system at one concurrency, one figure for each round. */
interface Rates {
  readonly ours: number[];
  readonly bullmq: number[];
}

/**
 * Works off no-op steps with the durable core on a libSQL file (WAL, synchronous FULL) and no-op jobs with BullMQ on
 * Redis (append-only file, flushed before every answer), in turns. Both are filled first; timed is from the start of the
 * worker until the last end is durable. Prints jobs a second and the ratio. The ratio is what counts: other work on the
 * machine slows both.
 */
export async function benchSteps(): Promise<void> {
  if (spawnSync("redis-server", ["--version"]).status !== 0) {
    console.log("steps: skipped, redis-server is not installed (Debian: apt install redis-server)");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "proheadshots-steps-"));
  const redis = await startRedis(folder);
  try {
    await oursRate(folder, 50);
    await bullmqRate(redis.port, 50);
    for (const concurrency of CONCURRENCIES) {
      const rates: Rates = { ours: [], bullmq: [] };
      const ours = async () => rates.ours.push(await oursRate(folder, concurrency));
      const bullmq = async () => rates.bullmq.push(await bullmqRate(redis.port, concurrency));
      for (let round = 0; round < ROUNDS; round++)
        for (const measure of round % 2 === 0 ? [ours, bullmq] : [bullmq, ours]) await measure();
      print(concurrency, rates);
    }
  } finally {
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(concurrency: number, { ours, bullmq }: Rates): void {
  const line = (name: string, of: (values: number[]) => number): string =>
    `  ${name.padEnd(7)} ours ${of(ours).toFixed(0).padStart(6)}/s  BullMQ ${of(bullmq).toFixed(0).padStart(6)}/s  ` +
    `ratio ${(of(ours) / of(bullmq)).toFixed(2)}`;
  const load = loadavg()[0] ?? 0;
  console.log(
    `steps: ${JOBS} no-ops at concurrency ${concurrency}, ${ROUNDS} rounds, load ${load.toFixed(1)}`,
  );
  console.log(line("best", (values) => Math.max(...values)));
  console.log(line("median", median));
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error(event, error) {
    throw new Error(event, { cause: error });
  },
};

let files = 0;

async function oursRate(folder: string, concurrency: number): Promise<number> {
  const client = openClient({ url: `file:${join(folder, `${++files}.db`)}` });
  await migrateDatabase(client);
  const parts = { clock: systemClock, random: systemRandom, ids: systemIds, log: silent };
  const db = createDatabase(client, parts);
  mustBe(
    [(await db.query("PRAGMA journal_mode"))[0]?.["journal_mode"], "wal"],
    [(await db.query("PRAGMA synchronous"))[0]?.["synchronous"], 2],
  );
  await db.batch(
    Array.from({ length: JOBS }, (_, n) =>
      addStep(parts, { subject: "order", subjectId: String(n), kind: "noop" }),
    ),
  );

  let left = JOBS;
  let allDurable = (): void => undefined;
  const durable = new Promise<void>((resolve) => {
    allDurable = resolve;
  });
  const watched = {
    ...db,
    async batch(...call: Parameters<typeof db.batch>) {
      const result = await db.batch(...call);
      if (left === 0 && (await db.query("SELECT 1 FROM step WHERE state = 'leased' LIMIT 1")).length === 0)
        allDurable();
      return result;
    },
  };
  const runner = createRunner(
    { ...parts, db: watched, providers: new Map() },
    {
      handlers: {
        "order.noop": () => {
          left--;
          return Promise.resolve({ kind: "done" });
        },
      },
      capabilities: [],
      concurrency,
    },
  );
  const start = performance.now();
  runner.start();
  await durable;
  const seconds = (performance.now() - start) / 1000;
  await runner.stop(1000);
  const done = await db.query("SELECT count(*) AS n FROM step WHERE state = 'done'");
  mustBe([done[0]?.["n"], JOBS]);
  db.close();
  return JOBS / seconds;
}

async function bullmqRate(port: number, concurrency: number): Promise<number> {
  const connection = { host: "127.0.0.1", port, maxRetriesPerRequest: null };
  const name = `noop-${++files}`;
  const queue = new Queue(name, { connection });
  await queue.addBulk(Array.from({ length: JOBS }, (_, n) => ({ name: "noop", data: { id: String(n) } })));
  const worker = new Worker(name, () => Promise.resolve(), { connection, concurrency, autorun: false });
  await worker.waitUntilReady();
  let left = JOBS;
  const durable = new Promise<void>((resolve, reject) => {
    worker.on("completed", () => {
      if (--left === 0) resolve();
    });
    worker.on("failed", (_job, error) => reject(error));
    worker.on("error", reject);
  });
  const start = performance.now();
  const running = worker.run();
  await durable;
  const seconds = (performance.now() - start) / 1000;
  await worker.close();
  await running;
  mustBe([await queue.getCompletedCount(), JOBS]);
  await queue.obliterate({ force: true });
  await queue.close();
  return JOBS / seconds;
}

/** Redis on loopback that answers only when its append-only file is on the disk. */
async function startRedis(folder: string): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const settings = {
    bind: "127.0.0.1",
    port: String(port),
    dir: folder,
    appendonly: "yes",
    appendfsync: "always",
    save: "",
    /** A rewrite of the file in the middle of a round would be held against Redis. */
    "auto-aof-rewrite-percentage": "0",
  };
  const child = spawn(
    "redis-server",
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: "ignore" },
  );
  const connection = new Redis({
    host: "127.0.0.1",
    port,
    retryStrategy: (times) => Math.min(times * 50, 500),
  });
  connection.on("error", () => undefined);
  try {
    await connection.ping();
    mustBe([String(await connection.config("GET", "appendfsync")), "appendfsync,always"]);
  } catch (error) {
    await end(child);
    throw error;
  } finally {
    connection.disconnect();
  }
  return { port, stop: () => end(child) };
}

/** A figure that was measured under other conditions than it says is worse than none. */
function mustBe(...pairs: readonly (readonly [found: unknown, wanted: unknown])[]): void {
  for (const [found, wanted] of pairs)
    if (found !== wanted)
      throw new Error(`the benchmark found ${String(found)} instead of ${String(wanted)}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const at = server.address();
  server.close();
  await once(server, "close");
  return typeof at === "object" && at !== null ? at.port : 0;
}
