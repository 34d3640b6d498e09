import type { Block, Button, View } from "../../ports/chat.ts";
import type { Deps } from "../../ports/deps.ts";
import type { ForPeople, OrderDetails, Who } from "../../ports/for-people.ts";
import { encodeAction, type Action } from "../actions.ts";
import type { Copy } from "../copy/index.ts";
import { STYLE_NAMES } from "../copy/style-names.ts";
import type { Format } from "../format.ts";
import type { IdsOf, MessageKind } from "../messages.ts";

/** What rendering needs from outside. */
export type RenderDeps = Pick<Deps, "clock" | "db" | "blobs" | "providers" | "policy"> & {
  /** A link under which this person can fetch the export now; null where no address of ours is reachable for them. */
  readonly exportLink: (personId: string, blobId: string) => Promise<string | null>;
};

/** One rendering: for whom, in which words, with which data. */
export interface RenderContext {
  readonly deps: RenderDeps;
  readonly people: ForPeople;
  readonly who: Who;
  readonly copy: Copy;
  readonly format: Format;
}

/** Words one kind of message with the data of now; null when there is nothing left to show. */
export type Renderer<K extends MessageKind> = (
  context: RenderContext,
  ids: IdsOf<K>,
) => Promise<View | null> | View | null;

export const text = (words: string, tone: "plain" | "muted" | "notice" | "problem" = "plain"): Block => ({
  kind: "text",
  text: words,
  tone,
});

export const button = (label: string, action: Action, look: Button["look"] = "plain"): Button => ({
  label,
  action: encodeAction(action),
  look,
});

export const primary = (label: string, action: Action): Button => button(label, action, "primary");
export const danger = (label: string, action: Action): Button => button(label, action, "danger");

/** A view of blocks and rows of buttons; empty rows and texts fall away. */
export function view(blocks: readonly (Block | null)[], rows: readonly (readonly Button[])[] = []): View {
  return {
    blocks: blocks.filter(
      (block): block is Block => block !== null && !(block.kind === "text" && block.text === ""),
    ),
    buttons: rows.filter((row) => row.length > 0),
  };
}

export function styleTitle(copy: Copy, key: string): string {
  const name = STYLE_NAMES.find((known) => known === key);
  return name === undefined ? key : copy.styles.names[name].title;
}

export function styleLine(copy: Copy, key: string): string {
  const name = STYLE_NAMES.find((known) => known === key);
  return name === undefined ? "" : copy.styles.names[name].line;
}

const DRAFT = new Set<OrderDetails["state"]>([
  "draft",
  "consented",
  "collecting",
  "ready",
  "quoted",
  "needs_photos",
]);
const WORKING = new Set<OrderDetails["state"]>([
  "queued",
  "training",
  "proving",
  "shooting",
  "sorting",
  "review",
  "paused_budget",
]);

export const isDraft = (order: OrderDetails): boolean => DRAFT.has(order.state);
export const isWorking = (order: OrderDetails): boolean => WORKING.has(order.state);
export const isDelivered = (order: OrderDetails): boolean =>
  order.state === "delivered" || order.state === "closed";

/** Outside companies that this installation is set up to work with. */
export function vendorNames(deps: Pick<RenderDeps, "providers">): string[] {
  const names: Readonly<Record<string, string>> = { replicate: "Replicate", runpod: "RunPod" };
  return [...deps.providers.keys()].flatMap((name) => names[name] ?? []);
}
