import { createConversation, type Conversation, type RenderDeps } from "../../../src/chat/index.ts";
import { delivery, step } from "../../../src/jobs/schema.ts";
import { raw } from "../../../src/db/index.ts";
import type {
  Block,
  Button,
  ChatEventBody,
  ChatSender,
  CommandName,
  DeliveryRow,
  Language,
  Platform,
  SendResult,
  View,
} from "../../../src/ports/chat.ts";
import type { Database } from "../../../src/ports/database.ts";
import type { Policy } from "../../../src/ports/deps.ts";
import type { Step, StepOutcome } from "../../../src/ports/jobs.ts";
import type { Product, ProviderName } from "../../../src/ports/product.ts";
import type { Provider } from "../../../src/ports/provider.ts";
import type { Blobs } from "../../../src/ports/blobs.ts";
import type { Ids, Logger } from "../../../src/ports/runtime.ts";
import { asc, eq } from "drizzle-orm";
import { memoryDatabase } from "../../kit/database.ts";
import { countingIds, fakeClock, type FakeClock } from "../../kit/time.ts";
import { createFakePeople, type FakePeople } from "./fake-people.ts";

export interface Sent {
  readonly delivery: DeliveryRow;
  readonly view: View;
}

export interface TestChat {
  readonly db: Database;
  readonly clock: FakeClock;
  readonly ids: Ids;
  readonly people: FakePeople;
  readonly conversation: Conversation;
  /** Everything that the sender was given, in order. */
  readonly sent: Sent[];
  /** What rendering needs, for tests that render by themselves. */
  readonly renderDeps: RenderDeps;
  /** Runs while a message is being sent. */
  onSend: (() => Promise<void>) | null;
  /** What the sender answers next; `sent` when empty. */
  readonly answers: SendResult[];
  event(body: ChatEventBody, options?: EventOptions): Promise<void>;
  say(text: string, options?: EventOptions): Promise<View>;
  command(name: CommandName, argument?: string | null, options?: EventOptions): Promise<View>;
  press(action: string, options?: EventOptions): Promise<View>;
  photos(count: number, options?: EventOptions): Promise<View>;
  /** Runs all deliveries that are due; returns how each ended. */
  deliverAll(): Promise<StepOutcome[]>;
  /** The newest view of every message, in the order in which they stand in the chat. */
  transcript(): View[];
  rows(): Promise<(typeof delivery.$inferSelect)[]>;
}

export interface EventOptions {
  readonly id?: string;
  readonly person?: string;
  readonly platform?: Platform;
  readonly language?: Language | null;
}

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} };

export const testPolicy: Policy = {
  siteUrl: "http://127.0.0.1:8787",
  defaultProduct: "studio",
  selling: false,
  freeCredits: 1,
  ordersPerPersonDay: 3,
  budgetDayMicros: 20_000_000,
  budgetMonthMicros: 200_000_000,
  operatorName: "Example Studio",
  privacyEmail: "privacy@example.org",
  loopback: true,
  adminIds: [],
};

/** Seals by writing bytes as numbers: enough to see that the code is not stored as it is. */
const sealing: Pick<Blobs, "sealValue" | "openValue"> = {
  sealValue: (_person, bytes) => Promise.resolve(bytes.join("-")),
  openValue: (_person, sealed) => Promise.resolve(Uint8Array.from(sealed.split("-"), Number)),
};

/** A conversation over a database in memory, a fake service and a sender that keeps what it is given. */
export async function testChat(
  options: {
    product?: Product;
    needed?: number;
    language?: Language;
    vendors?: readonly ProviderName[];
  } = {},
): Promise<TestChat> {
  const clock = fakeClock();
  const { db } = await memoryDatabase({ clock });
  const ids = countingIds();
  const people = createFakePeople({ db, clock, ids, ...options });
  const sent: Sent[] = [];
  const answers: SendResult[] = [];
  const sender = (platform: "web" | "discord" | "telegram"): ChatSender => ({
    platform,
    needs: `send:${platform}`,
    async send(row, view) {
      sent.push({ delivery: row, view });
      await kit.onSend?.();
      return answers.shift() ?? { kind: "sent", messageRef: row.messageRef ?? `message-${row.id}` };
    },
  });
  const renderDeps: RenderDeps = {
    db,
    clock,
    // Only sealing is used by the conversation.
    blobs: sealing as Blobs,
    // Only the names are read.
    providers: new Map((options.vendors ?? []).map((name) => [name, { name } as Provider])),
    policy: {
      ...testPolicy,
      defaultProduct: options.product ?? "studio",
      selling: (options.product ?? "studio") !== "studio",
    },
    exportLink: (_person, blobId) => Promise.resolve(`http://127.0.0.1:8787/files/${blobId}`),
  };
  const conversation = createConversation(
    {
      ...renderDeps,
      ids,
      log: quiet,
      waker: { notify() {} },
      senders: new Map((["web", "discord", "telegram"] as const).map((name) => [name, sender(name)])),
    },
    people,
  );

  let events = 0;
  async function event(body: ChatEventBody, at: EventOptions = {}): Promise<void> {
    const person = at.person ?? "ada";
    clock.advance(1000);
    await conversation.onChatEvent({
      id: at.id ?? `event-${++events}`,
      account: { platform: at.platform ?? "web", externalId: person },
      address: person,
      language: at.language === undefined ? (options.language ?? "en") : at.language,
      body,
    });
  }

  async function deliverAll(): Promise<StepOutcome[]> {
    const outcomes: StepOutcome[] = [];
    const due = await db.orm
      .select()
      .from(step)
      .where(eq(step.state, "ready"))
      .orderBy(asc(step.runAt), asc(step.id));
    const deliver = conversation.handlers["delivery.deliver"];
    for (const row of due.filter((found) => found.kind === "deliver" && found.runAt <= clock.now())) {
      const fence = raw("UPDATE step SET state = 'leased' WHERE id = ?", [row.id], "lease");
      const outcome = await deliver?.(row satisfies Step, { signal: new AbortController().signal, fence });
      if (outcome === undefined) throw new Error("no handler delivers");
      outcomes.push(outcome);
      const next =
        outcome.kind === "snooze" ? { state: "ready", at: outcome.until } : { state: "done", at: 0 };
      await db.batch([
        raw("UPDATE step SET state = ?, run_at = CASE WHEN ? = 0 THEN run_at ELSE ? END WHERE id = ?", [
          next.state,
          next.at,
          next.at,
          row.id,
        ]),
      ]);
    }
    return outcomes;
  }

  /** The view that answers an event: of the delivery that was sent last. */
  async function answered(body: ChatEventBody, at?: EventOptions): Promise<View> {
    const before = sent.length;
    await event(body, at);
    await deliverAll();
    const news = sent.slice(before).filter((message) => message.delivery.kind !== "moved");
    return news.at(-1)?.view ?? { blocks: [], buttons: [] };
  }

  const kit: TestChat = {
    db,
    clock,
    ids,
    people,
    renderDeps,
    onSend: null,
    conversation,
    sent,
    answers,
    event,
    deliverAll,
    say: (text, at) => answered({ kind: "text", text }, at),
    command: (name, argument = null, at) => answered({ kind: "command", name, argument }, at),
    press: (action, at) => answered({ kind: "press", action }, at),
    photos: (count, at) =>
      answered(
        {
          kind: "photos",
          photos: Array.from({ length: count }, (_, n) => ({
            kind: "bytes" as const,
            bytes: new Uint8Array([n]),
            name: `photo-${n}.jpg`,
          })),
        },
        at,
      ),
    transcript() {
      const latest = new Map(sent.map((message) => [message.delivery.id, message.view]));
      return [...latest.values()];
    },
    rows: () => db.orm.select().from(delivery).orderBy(asc(delivery.createdAt), asc(delivery.id)),
  };
  return kit;
}

/** Every button of a view, those inside its blocks included. */
export function buttonsOf(view: View): Button[] {
  return [...view.buttons.flat(), ...view.blocks.flatMap(blockButtons)];
}

function blockButtons(block: Block): Button[] {
  if (block.kind === "selfies") return block.selfies.flatMap((selfie) => selfie.buttons);
  if (block.kind === "gallery") {
    return block.pictures.flatMap(({ buttons }) => [
      buttons.yes,
      buttons.no,
      buttons.fullSize,
      buttons.crops,
    ]);
  }
  if (block.kind === "styles") {
    return block.choices.map(({ title, action }) => ({ label: title, action, look: "plain" as const }));
  }
  return [];
}

/** The action of the button with this label. */
export function actionOf(view: View, label: string): string {
  const found = buttonsOf(view).find((button) => button.label === label);
  if (found === undefined) {
    throw new Error(
      `no button "${label}" among: ${buttonsOf(view)
        .map((button) => button.label)
        .join(", ")}`,
    );
  }
  return found.action;
}

/** Everything that a person reads in a view. */
export function wordsOf(view: View): string {
  const words = (block: Block): string[] => {
    switch (block.kind) {
      case "text":
        return [block.text];
      case "selfies":
        return [
          block.summary,
          ...block.wanted,
          ...block.selfies.flatMap(({ word, advice }) => [word, advice]),
        ];
      case "styles":
        return block.choices.flatMap(({ title, line }) => [title, line]);
      case "receipt":
        return [block.title, ...block.lines.flatMap(({ label, value }) => [label, value])];
      case "status":
        return [block.stage, block.eta ?? "", ...block.squares.map((square) => square.word)];
      case "gallery":
        return block.pictures.flatMap(({ alt, caption, bandText }) => [alt, caption, bandText]);
      case "facts":
        return block.facts.flatMap(({ label, text }) => [label, text]);
      case "file":
      case "download":
        return [block.label];
    }
  };
  return [...view.blocks.flatMap(words), ...buttonsOf(view).map((button) => button.label)].join("\n");
}
