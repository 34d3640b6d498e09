import { createRunner, localWaker, type Runner } from "../../../src/jobs/index.ts";
import type { Database } from "../../../src/ports/database.ts";
import type { Deps, Policy } from "../../../src/ports/deps.ts";
import type { ProviderName } from "../../../src/ports/product.ts";
import type { Provider } from "../../../src/ports/provider.ts";
import type { Clock, Ids, Logger, Random } from "../../../src/ports/runtime.ts";
import { openShop, type SendAnswer, type Shop, type ShopDeps } from "./shop.ts";

/**
 * Called at every boundary between a process and the outside: before and after each batch, each call of a provider and
 * each sending. A process dies by a promise that never resolves, pauses by one that resolves later, and meets a busy
 * database by one that rejects.
 */
export type Point = (name: string) => Promise<void> | void;

export interface Process {
  readonly runner: Runner;
  readonly shop: Shop;
  readonly deps: ShopDeps;
}

export interface ProcessParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly log?: Logger;
  readonly makers: readonly [Provider, Provider];
  readonly send: (deliveryId: string, version: number) => Promise<SendAnswer>;
  readonly point: Point;
  readonly budgetMicros: number | null;
  readonly concurrency?: number;
}

export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Wraps every port of a process, so that no way to the outside is without its points. */
function withPoints(parts: ProcessParts): Pick<ProcessParts, "db" | "makers" | "send"> {
  const { point } = parts;
  const around = async <T>(name: string, call: () => Promise<T>): Promise<T> => {
    await point(`${name}:before`);
    const result = await call();
    await point(`${name}:after`);
    return result;
  };
  const maker = (provider: Provider): Provider => ({
    ...provider,
    submit: (request, signal) => around("submit", () => provider.submit(request, signal)),
    read: (externalId) => around("read", () => provider.read(externalId)),
    find: (request) => around("find", () => provider.find(request)),
    cancel: (externalId) => around("cancel", () => provider.cancel(externalId)),
  });
  return {
    db: {
      orm: parts.db.orm,
      query: (sql, args) => parts.db.query(sql, args),
      batch: (statements, operation) => around("batch", () => parts.db.batch(statements, operation)),
      ping: () => parts.db.ping(),
      close: () => undefined,
    },
    makers: [maker(parts.makers[0]), maker(parts.makers[1])],
    send: (deliveryId, version) => around("send", () => parts.send(deliveryId, version)),
  };
}

export function policyWith(budgetMicros: number | null): Policy {
  return {
    siteUrl: "http://127.0.0.1:8787",
    defaultProduct: "best",
    selling: false,
    freeCredits: 1,
    ordersPerPersonDay: 3,
    budgetDayMicros: budgetMicros,
    budgetMonthMicros: null,
    operatorName: null,
    privacyEmail: null,
    loopback: true,
    adminIds: [],
  };
}

/** One process of the shop: its own runner and ports, the common database and outside. */
export function startProcess(parts: ProcessParts): Process {
  const { db, makers, send } = withPoints(parts);
  const { clock, ids, random, log = silent } = parts;
  const waker = localWaker();
  const providers: Deps["providers"] = new Map<ProviderName, Provider>(
    makers.map((made) => [made.name, made]),
  );
  const deps: ShopDeps = {
    db,
    clock,
    ids,
    random,
    log,
    waker,
    providers,
    policy: policyWith(parts.budgetMicros),
  };
  const shop = openShop(deps, makers, send);
  const runner = createRunner(deps, {
    handlers: shop.handlers,
    capabilities: ["send:web"],
    concurrency: parts.concurrency ?? 4,
    onDead: (step) => shop.onDead(step),
  });
  waker.connect(runner);
  return { runner, shop, deps };
}
