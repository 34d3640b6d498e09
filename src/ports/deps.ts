import type { Blobs } from "./blobs.ts";
import type { Announce, ChatSender, Platform } from "./chat.ts";
import type { Database } from "./database.ts";
import type { Imaging } from "./imaging.ts";
import type { Waker } from "./jobs.ts";
import type { Product, ProviderName } from "./product.ts";
import type { Provider } from "./provider.ts";
import type { Clock, Ids, Logger, Random } from "./runtime.ts";

/** Limits and facts that the rooms need from the settings; parsed once in `config.ts`. Money in micro-dollars. */
export interface Policy {
  readonly siteUrl: string;
  readonly defaultProduct: Product;
  /** Whether credits are on sale; where they are not, none are asked for and quota and budgets are the brake. */
  readonly selling: boolean;
  readonly freeCredits: number;
  readonly ordersPerPersonDay: number;
  /** null = no cap, 0 = no paid work. */
  readonly budgetDayMicros: number | null;
  readonly budgetMonthMicros: number | null;
  readonly operatorName: string | null;
  readonly privacyEmail: string | null;
  /** A browser visitor may order AI products only on a loopback host or after `link`. */
  readonly loopback: boolean;
  readonly adminIds: readonly string[];
}

/** Everything that the rooms use from outside, built once in an entry. Verbs take the part they need. */
export interface Deps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly log: Logger;
  readonly db: Database;
  readonly blobs: Blobs;
  /** null in a process without the capability `imaging`. */
  readonly imaging: Imaging | null;
  readonly waker: Waker;
  readonly providers: ReadonlyMap<ProviderName, Provider>;
  readonly senders: ReadonlyMap<Platform, ChatSender>;
  readonly announce: Announce;
  readonly policy: Policy;
}
