import { Hono, type Context } from "hono";
import { csrf } from "hono/csrf";
import { NONCE, secureHeaders, type SecureHeadersVariables } from "hono/secure-headers";
import type { ChatSender } from "../../../src/ports/chat.ts";
import { assetRoutes, versionOf, type WebAssets } from "./assets.ts";
import { fileRoutes } from "./files.ts";
import { jsonOnly, limited } from "./guards.ts";
import { createHub } from "./hub.ts";
import { ChatPage } from "./page.tsx";
import { languageOf } from "./problem.ts";
import { createWebSender } from "./send.ts";
import { streamTranscript } from "./stream.ts";
import { takeEvent } from "./take-event.ts";
import { takePhotos } from "./take-photos.ts";
import type { Allowance } from "./token-bucket.ts";
import { transcriptStart } from "./transcript.ts";
import { createVisitors } from "./visitor.ts";
import type { VisitorEnv, WebDeps, WebPeople, WebRoom } from "./web-deps.ts";

export interface WebChatOptions {
  readonly cookieSecret: Uint8Array;
  readonly siteUrl: string;
  readonly assets: WebAssets;
}

export interface WebChat {
  /** To be mounted at `/`. */
  readonly app: Hono;
  readonly sender: ChatSender;
}

const EVENTS: Allowance = { burst: 40, perSecond: 4 };
const UPLOADS: Allowance = { burst: 120, perSecond: 2 };
const STREAMS: Allowance = { burst: 30, perSecond: 0.5 };
const FILES: Allowance = { burst: 400, perSecond: 20 };

/** The browser chat: the page, what the person does, what the conversation says, and the person's files. */
export function createWebChat(
  deps: WebDeps,
  conversation: WebRoom["conversation"],
  people: WebPeople,
  options: WebChatOptions,
): WebChat {
  const hub = createHub(deps.clock);
  const room: WebRoom = { deps, people, conversation, hub };
  const https = options.siteUrl.startsWith("https:");
  const visitors = createVisitors({ secret: options.cookieSecret, https, random: deps.random });
  const site = new URL(options.siteUrl).origin;
  const version = versionOf(options.assets);
  const app = new Hono();

  const headers = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [NONCE, "'strict-dynamic'"],
      styleSrc: ["'self'"],
      // Thumbnails of local files are drawn on canvases, so neither data: nor blob: is needed.
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: "same-origin",
    strictTransportSecurity: https,
    permissionsPolicy: { camera: ["self"], microphone: [], geolocation: [] },
  });
  for (const path of ["/", "/assets/*", "/chat/*"]) app.use(path, headers);

  const page = new Hono<{ Variables: SecureHeadersVariables }>();
  page.get("/", async (c) => {
    const visitor = await visitors.welcome(c);
    c.header("cache-control", "no-store");
    return c.html(
      <ChatPage
        language={await languageFor(c, visitor)}
        nonce={c.get("secureHeadersNonce") ?? ""}
        version={version}
      />,
    );
  });
  app.route("/", page);
  app.route("/assets", assetRoutes(options.assets));

  /** Who has talked here reads the page in their own language; a first visit goes by the browser. */
  async function languageFor(c: Context, visitor: string) {
    const asked = languageOf(c);
    if ((await transcriptStart(deps, visitor)).firstAt === null) return asked ?? "en";
    return (await people.meet({ platform: "web", externalId: visitor }, visitor, asked)).language;
  }

  const chat = new Hono<VisitorEnv>();
  chat.use(
    csrf({ origin: (origin, c) => origin === site || origin === new URL(c.req.url).origin }),
    visitors.required,
  );
  chat.post("/events", jsonOnly, limited(deps, EVENTS), takeEvent(room));
  chat.post("/photos", limited(deps, UPLOADS), takePhotos(room));
  chat.get("/stream", limited(deps, STREAMS), streamTranscript(room));
  chat.get("/me", limited(deps, EVENTS), async (c) => {
    const visitor = c.get("visitor");
    const who = await people.meet({ platform: "web", externalId: visitor }, visitor, languageOf(c));
    return c.json({ consented: (await people.overview(who)).consented });
  });
  chat.use(limited(deps, FILES));
  chat.route("/", fileRoutes(room));
  app.route("/chat", chat);

  return { app, sender: createWebSender(room) };
}
