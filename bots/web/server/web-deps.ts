import type { Context } from "hono";
import type { Conversation } from "../../../src/chat/index.ts";
import type { Deps } from "../../../src/ports/deps.ts";
import type { ForPeople } from "../../../src/ports/for-people.ts";
import type { Hub } from "./hub.ts";

export type WebDeps = Pick<Deps, "db" | "clock" | "random" | "log" | "imaging">;

/** The verbs that the transport itself needs; everything else goes through the conversation. */
export type WebPeople = Pick<ForPeople, "meet" | "overview" | "pictureFile" | "selfieFile">;

/** What every route of the browser chat works with. */
export interface WebRoom {
  readonly deps: WebDeps;
  readonly people: WebPeople;
  readonly conversation: Pick<Conversation, "onChatEvent">;
  readonly hub: Hub;
}

/** Below `/chat` every request carries a visitor; a request without one was answered before. */
export interface VisitorEnv {
  Variables: { readonly visitor: string };
}

export type VisitorContext = Context<VisitorEnv>;
