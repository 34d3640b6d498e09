import type { Deps } from "../ports/deps.ts";
import type { ForPeople, Who } from "../ports/for-people.ts";
import type { Card } from "./messages.ts";
import type { Notice } from "./notices.ts";
import type { Place } from "./show.ts";

/** What the conversation waits for in a chat beyond buttons. */
export type Expects = "nothing" | "link_code" | "report";

/** What the person gets to see for one event: one card, with a sentence above it where one is needed. */
export interface Answer {
  readonly card: Card;
  readonly notice?: Notice | undefined;
  readonly place?: Place;
  readonly expects?: Expects;
  /** Messages that this event made stale. */
  readonly stale?: readonly Card[];
  /** Who is answered, when linking made somebody else of them. */
  readonly to?: Who;
}

/** One event being answered. */
export interface Turn {
  readonly people: ForPeople;
  readonly who: Who;
  readonly eventId: string;
  readonly deps: Pick<Deps, "blobs" | "policy">;
}
