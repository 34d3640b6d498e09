import { Hono } from "hono";
import { createConsole, sessionCookieName } from "../admin/index.tsx";
import { createWebChat, eraseTranscript, type WebAssets } from "../bots/web/index.ts";
import { createAnnounce, createConversation, eraseMessages, sweepChatEvents } from "./chat/index.ts";
import { createRunner, localWaker, sweep, sweepDeliveries, type Runner } from "./jobs/index.ts";
import { seedPrices } from "./money/index.ts";
import { orderDied, orderHandlers, promptDied, sweepOrders } from "./orders/index.ts";
import { dropOldExports } from "./people/index.ts";
import { sweepPictures } from "./pictures/index.ts";
import type { ObjectStore } from "./ports/blobs.ts";
import type { ChatSender, Platform } from "./ports/chat.ts";
import type { Database, Statement } from "./ports/database.ts";
import type { Deps, Policy } from "./ports/deps.ts";
import type { ForAdmins } from "./ports/for-admins.ts";
import type { ForPeople } from "./ports/for-people.ts";
import type { Imaging } from "./ports/imaging.ts";
import type { Capability, Step, StepHandlers } from "./ports/jobs.ts";
import type { Product, ProviderName } from "./ports/product.ts";
import type { Provider } from "./ports/provider.ts";
import type { Clock, Ids, Logger, Random } from "./ports/runtime.ts";
import { createStudioProvider } from "./providers/studio/index.ts";
import { fileRoutes } from "./routes/files.ts";
import { healthRoutes } from "./routes/health.ts";
import { standardWebhook } from "./routes/standard-webhook.ts";
import { webhookRoutes } from "./routes/webhooks.ts";
import { inspectHandler, selfieDied, sweepSelfies } from "./selfies/index.ts";
import { createForAdmins, createForPeople, personHandlers } from "./service/index.ts";
import { createBlobs, createPasses, deriveSecret } from "./storage/index.ts";

/** What differs between Node, workerd and tests. */
export interface AppParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly log: Logger;
  readonly db: Database;
  readonly objects: ObjectStore;
  readonly masterKey: Uint8Array;
  /** null in a process that cannot work on pictures. */
  readonly imaging: Imaging | null;
  /** Providers besides the studio, which comes with imaging. */
  readonly providers: readonly Provider[];
  readonly policy: Policy;
  readonly metricsToken: string | null;
  readonly instanceId: string;
  readonly assets: WebAssets;
  /** Steps run at once in this process. */
  readonly concurrency: number;
}

/** The assembled program: the same in Node, in workerd and in tests. */
export interface App {
  readonly http: Hono;
  readonly runner: Runner;
  readonly deps: Deps;
  readonly people: ForPeople;
  readonly admins: ForAdmins;
  /** Which provider makes a product here, or null. */
  providerName(product: Product): ProviderName | null;
  /** Runs every sweep once: what a lost wake-up, a crash or the clock left to do. Returns counts by name. */
  sweep(): Promise<Readonly<Record<string, number>>>;
  /** Starts working and sweeping. */
  start(): Promise<void>;
  /** Finishes or hands back leased steps within `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const SWEEP_EVERY_MS = 60_000;
const SWEEP_MOST = 100;
/** Rows without a file behind them are cheap to delete and many. */
const SWEEP_MOST_ROWS = 1000;
/** As long as the export itself is kept. */
const EXPORT_LINK_MS = 24 * 60 * 60_000;

/** Wires the rooms together. The only place that knows all of them. */
export async function assemble(parts: AppParts): Promise<App> {
  const { clock, ids, random, log, db, policy } = parts;
  const blobs = createBlobs({ db, clock, random, store: parts.objects, masterKey: parts.masterKey });
  const passes = createPasses({ db, clock, random, blobs, siteUrl: policy.siteUrl });
  const waker = localWaker();
  const providers = new Map<ProviderName, Provider>(
    parts.providers.map((provider) => [provider.name, provider]),
  );
  if (parts.imaging !== null && !providers.has("studio")) {
    providers.set("studio", createStudioProvider({ imaging: parts.imaging, blobs }));
  }
  const senders = new Map<Platform, ChatSender>();
  const announce = createAnnounce({ clock, ids });
  const deps: Deps = {
    clock,
    ids,
    random,
    log,
    db,
    blobs,
    imaging: parts.imaging,
    waker,
    providers,
    senders,
    announce,
    policy,
  };

  const people = createForPeople(deps);
  const admins = createForAdmins(deps);
  const exportLink = async (personId: string, blobId: string): Promise<string> => {
    const expiresAt = clock.now() + EXPORT_LINK_MS;
    const file = { fileName: "my-data.zip", mime: "application/zip" };
    return (await passes.grant({ personId, blobId, method: "GET", purpose: "export", expiresAt, ...file }))
      .url;
  };
  const conversation = createConversation({ ...deps, exportLink }, people);
  const https = policy.siteUrl.startsWith("https:");
  const web = createWebChat(deps, conversation, people, {
    cookieSecret: await deriveSecret(parts.masterKey, "cookie"),
    siteUrl: policy.siteUrl,
    assets: parts.assets,
  });
  senders.set("web", web.sender);

  const handlers: StepHandlers = {
    ...orderHandlers(deps),
    ...conversation.handlers,
    ...(parts.imaging === null ? {} : { "selfie.inspect": inspectHandler(deps) }),
    ...personHandlers(deps, [eraseMessages(deps), eraseTranscript(deps)]),
  };
  const capabilities: Capability[] = [...senders.values()].map((sender) => sender.needs);
  if (parts.imaging !== null) capabilities.push("imaging");
  const onDead = async (step: Step): Promise<readonly Statement[]> => {
    if (step.subject === "prompt") return promptDied(deps, step.subjectId);
    if (step.subject === "order") return orderDied(deps, step.subjectId);
    return step.subject === "selfie" ? selfieDied(deps, step.subjectId) : [];
  };
  const runner = createRunner(deps, { handlers, capabilities, concurrency: parts.concurrency, onDead });
  waker.connect(runner);

  async function dropExports(): Promise<number> {
    const statements = await dropOldExports(deps);
    await db.batch(statements);
    return statements.length;
  }

  async function sweepAll(): Promise<Readonly<Record<string, number>>> {
    const jobs = await sweep(deps, providers);
    const counts = {
      ...jobs,
      events: await sweepChatEvents(deps, SWEEP_MOST_ROWS),
      messages: await sweepDeliveries(deps, SWEEP_MOST_ROWS),
      drafts: await sweepOrders(deps),
      selfies: await sweepSelfies(deps),
      pictures: await sweepPictures(deps),
      exports: await dropExports(),
      passes: await passes.sweep(SWEEP_MOST),
      blobs: await blobs.sweep(SWEEP_MOST),
    };
    waker.notify();
    return counts;
  }

  let stopSweeping = (): void => undefined;
  let sweptAt: number | null = null;
  async function sweepAndGoOn(): Promise<void> {
    try {
      await sweepAll();
      sweptAt = clock.now();
    } catch (error) {
      log.error("sweep.failed", error);
    }
    sweepLater();
  }
  function sweepLater(): void {
    stopSweeping = clock.after(SWEEP_EVERY_MS, () => void sweepAndGoOn());
  }

  const http = new Hono();
  http.onError((error, c) => {
    log.error("http.failed", error, { path: c.req.routePath });
    return c.text("Something went wrong on our side. Nothing was lost; please try again.\n", 500);
  });
  http.route(
    "/",
    healthRoutes({
      deps,
      instanceId: parts.instanceId,
      wakerProblem: () =>
        sweptAt !== null && clock.now() - sweptAt > 3 * SWEEP_EVERY_MS ? "no sweep has ended lately" : null,
      metricsToken: parts.metricsToken,
      isSignedIn: async (request) => {
        const cookie = new RegExp(`(?:^|; )${sessionCookieName(https)}=([^;]+)`).exec(
          request.headers.get("cookie") ?? "",
        );
        return cookie?.[1] !== undefined && (await admins.session(cookie[1])) !== null;
      },
    }),
  );
  http.route("/files", fileRoutes(passes));
  const noopSecret = await deriveSecret(parts.masterKey, "noop-webhook");
  http.route("/webhooks", webhookRoutes(deps, [standardWebhook("noop", noopSecret, clock)]));
  http.route("/admin", createConsole({ admins, https }));
  http.route("/", web.app);

  return {
    http,
    runner,
    deps,
    people,
    admins,
    providerName: (product) =>
      [...providers.values()].find((provider) => provider.products.includes(product))?.name ?? null,
    sweep: sweepAll,
    async start() {
      await db.batch(seedPrices());
      await sweepAll();
      sweptAt = clock.now();
      runner.start();
      sweepLater();
    },
    async stop(graceMs) {
      stopSweeping();
      await runner.stop(graceMs);
    },
  };
}
