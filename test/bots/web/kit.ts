import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { build } from "esbuild";
import { resolve } from "node:path";
import { Hono } from "hono";
import { onTestFinished } from "vitest";
import { createWebChat, type WebAssets, type WebChat } from "../../../bots/web/index.ts";
import type { ChatEvent, DeliveryRow, View } from "../../../src/ports/chat.ts";
import type { Database } from "../../../src/ports/database.ts";
import type { Clock, Logger } from "../../../src/ports/runtime.ts";
import { memoryDatabase } from "../../kit/database.ts";
import { realClock, seededRandom } from "../../kit/time.ts";
import { fakePeople, type FakePeople } from "./fakes.ts";

export const SECRET = new Uint8Array(32).fill(7);

export const NO_ASSETS: WebAssets = { script: "", style: "" };

let built: Promise<WebAssets> | null = null;

/** The client as it is shipped, built once per test process. */
export function builtAssets(): Promise<WebAssets> {
  built ??= (async () => {
    const root = resolve(import.meta.dirname, "../../../bots/web/client");
    const bundle = async (entry: string): Promise<string> => {
      const { outputFiles } = await build({
        entryPoints: [resolve(root, entry)],
        bundle: true,
        write: false,
        format: "esm",
        target: "es2022",
      });
      return outputFiles[0]?.text ?? "";
    };
    return { script: await bundle("main.ts"), style: await bundle("app.css") };
  })();
  return built;
}

export interface WebKit extends FakePeople {
  readonly chat: WebChat;
  readonly app: Hono;
  readonly db: Database;
  readonly events: ChatEvent[];
  readonly problems: string[];
  /** Answers events from now on; a thrown error is one of the conversation. */
  answer(answer: (event: ChatEvent) => Promise<void>): void;
  /** Shows a message as the delivery `id`; again = an update. */
  show(address: string, id: string, view: View, kind?: string): Promise<void>;
}

/** The real browser chat over a memory database, with a conversation that only takes notes. */
export async function webKit(
  parts: { clock?: Clock; assets?: WebAssets; siteUrl?: string } = {},
): Promise<WebKit> {
  const clock = parts.clock ?? realClock;
  const { db } = await memoryDatabase({ clock });
  const fakes = fakePeople();
  const events: ChatEvent[] = [];
  const problems: string[] = [];
  const nothing = (): void => undefined;
  const log: Logger = {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: (event, error) => problems.push(`${event}: ${String(error)}`),
  };
  let answer: (event: ChatEvent) => Promise<void> = async () => undefined;
  const chat = createWebChat(
    { db, clock, random: seededRandom(3), log, imaging: null },
    {
      async onChatEvent(event) {
        if (events.some(({ id }) => id === event.id)) return;
        await answer(event);
        events.push(event);
      },
    },
    fakes.people,
    { cookieSecret: SECRET, siteUrl: parts.siteUrl ?? "http://127.0.0.1", assets: parts.assets ?? NO_ASSETS },
  );
  const app = new Hono();
  app.route("/", chat.app);
  return {
    ...fakes,
    chat,
    app,
    db,
    events,
    problems,
    answer(next) {
      answer = next;
    },
    async show(address, id, view, kind = "test") {
      const row: DeliveryRow = {
        id,
        personId: address,
        chatId: address,
        platform: "web",
        address,
        kind,
        ids: {},
        importance: "progress",
        version: 1,
        messageRef: null,
        shownHash: null,
        resend: false,
      };
      await chat.sender.send(row, view, new AbortController().signal);
    },
  };
}

export interface ServedKit extends WebKit {
  readonly url: string;
  /** Breaks every open connection, as a restart of the server or a lost network would. */
  breakConnections(): void;
}

/** The same behind a real port of the loopback. */
export async function servedKit(): Promise<ServedKit> {
  const kit = await webKit({ assets: await builtAssets() });
  const server = serve({ fetch: kit.app.fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise((listening) => server.once("listening", listening));
  const breakConnections = (): void => {
    if ("closeAllConnections" in server) server.closeAllConnections();
  };
  onTestFinished(async () => {
    breakConnections();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  return { ...kit, url: `http://127.0.0.1:${port}`, breakConnections };
}
