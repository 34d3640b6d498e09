import { describe, expect, it } from "vitest";
import { CATALOGUES, MESSAGES, readAction, renderDelivery, type MessageKind } from "../../src/chat/index.ts";
import { COMMANDS, type DeliveryRow, type Language, type View } from "../../src/ports/chat.ts";
import type { OrderState } from "../../src/ports/product.ts";
import { STYLES } from "../../src/styles/index.ts";
import { buttonsOf, testChat, wordsOf, type TestChat } from "./kit/chat.ts";

const LANGUAGES: readonly Language[] = ["en", "de"];
const STATES: readonly OrderState[] = [
  "consented",
  "collecting",
  "quoted",
  "queued",
  "training",
  "proving",
  "shooting",
  "sorting",
  "delivered",
  "closed",
  "needs_photos",
  "review",
  "paused_budget",
  "failed",
  "cancelled",
  "expired",
];

interface Scene {
  readonly chat: TestChat;
  readonly orderId: string;
  readonly ids: Readonly<Record<string, string>>;
  render(kind: string, language: Language, more?: Partial<DeliveryRow>): Promise<View | null>;
}

/** A person with photos of every kind, an order that was quoted, started and delivered, and an erasure. */
async function scene(product: "studio" | "best" = "studio"): Promise<Scene> {
  const chat = await testChat({ product, vendors: product === "best" ? ["replicate"] : [] });
  await chat.press("consent");
  await chat.photos(4);
  const face = chat.people.faceRows[0];
  const [first, second, third] = face?.selfies ?? [];
  chat.people.judge(first?.id ?? "", "keep");
  chat.people.judge(second?.id ?? "", "warn", ["different_person"]);
  chat.people.judge(third?.id ?? "", "refuse", ["blurry"]);
  const orderId = chat.people.orderRows[0]?.id ?? "";
  const who = chat.people.who("ada");
  if (who === undefined || face === undefined) throw new Error("nobody is there");
  for (const selfie of face.selfies) if (selfie.verdict === null) chat.people.judge(selfie.id, "keep");
  const quoted = await chat.people.quote(who, orderId);
  if (quoted.kind !== "quoted") throw new Error(quoted.kind);
  chat.people.deliver(orderId);
  await chat.db.batch([
    {
      sql: "INSERT INTO erasure (id, person_id, asked_at, finished_at, receipt) VALUES ('E1', ?, 1, 2, ?)",
      args: [who.personId, JSON.stringify({ selfies: 14, pictures: 36, odd_things: 2, none: 0 })],
    },
  ]);
  const ids = {
    faceId: face.id,
    orderId,
    round: "0",
    pictureId: chat.people.orderRows[0]?.pictures[0]?.id ?? "",
    crop: "circle-safe",
    sealedCode: "65-66-67-68",
    expiresAt: String(chat.clock.now() + 60_000),
    blobId: "B1",
    receiptId: "E1",
  };
  let spoken: Language = "en";
  return {
    chat,
    orderId,
    ids,
    async render(kind, language, more = {}) {
      if (language !== spoken) await chat.people.setLanguage(who, language);
      spoken = language;
      return renderDelivery(chat.renderDeps, chat.people, {
        id: "D1",
        personId: who.personId,
        chatId: who.chatId,
        platform: "web",
        address: "ada",
        kind,
        ids,
        importance: "progress",
        version: 1,
        messageRef: null,
        shownHash: null,
        resend: false,
        ...more,
      });
    },
  };
}

/** What no view may ever hold. */
function expectSound(view: View): void {
  expect(view.blocks.length).toBeGreaterThan(0);
  const words = wordsOf(view);
  expect(words).not.toMatch(/undefined|NaN|null|\[object|\$\{|Infinity|Invalid/);
  for (const line of JSON.stringify(view).matchAll(/"(?:text|label|title|word|advice|stage)":"(\s*)"/g)) {
    throw new Error(`an empty text: ${line[0]}`);
  }
  for (const button of buttonsOf(view)) {
    expect(new TextEncoder().encode(button.action).length).toBeLessThanOrEqual(64);
    expect(readAction(button.action)).not.toBeNull();
  }
  expect(view.buttons.flat().filter((button) => button.look === "primary").length).toBeLessThanOrEqual(1);
}

/** Messages that depend on where an order stands. */
const OF_AN_ORDER: readonly MessageKind[] = [
  "selfies",
  "styles",
  "quote",
  "status",
  "results",
  "failed",
  "cancelled",
  "orders",
];

const kinds = Object.keys(MESSAGES) as MessageKind[];

describe.each(LANGUAGES)("every message in %s", (language) => {
  it.each(kinds)("words %s", async (kind) => {
    const at = await scene();
    if (kind === "status") at.chat.people.move(at.orderId, { goAt: at.chat.clock.now() });
    const view = await at.render(kind, language);
    expect(view).not.toBeNull();
    if (view !== null) expectSound(view);
  });

  it.each(["studio", "best"] as const)(
    "words every message of a %s order in every state",
    async (product) => {
      const at = await scene(product);
      for (const state of STATES) {
        for (const started of [false, true]) {
          for (const late of [false, true]) {
            at.chat.people.move(at.orderId, {
              state,
              late,
              goAt: started ? at.chat.clock.now() : null,
              etaAt: started ? at.chat.clock.now() + 90_000 : null,
              ordersAhead: late ? 2 : 0,
              prompts: (["waiting", "working", "done", "failed", "cancelled"] as const).map((of, n) => ({
                id: `P${n}`,
                style: "city",
                state: of,
              })),
            });
            for (const kind of OF_AN_ORDER) {
              const view = await at.render(kind, language);
              if (view !== null) expectSound(view);
            }
          }
        }
      }
    },
  );

  it("has a word and one line of advice for every reason", () => {
    const { reasons } = CATALOGUES[language].selfies;
    expect(Object.keys(reasons)).toHaveLength(25);
    for (const { word, advice } of Object.values(reasons)) {
      expect(word.length).toBeGreaterThan(2);
      expect(word.length).toBeLessThan(30);
      expect(advice).toMatch(/[.?]$/);
      expect(advice.length).toBeLessThan(110);
    }
  });

  it("names every style there is, and explains every command", () => {
    const copy = CATALOGUES[language];
    for (const { key } of STYLES) expect(Object.keys(copy.styles.names)).toContain(key);
    expect(Object.keys(copy.account.help.commands).sort()).toEqual([...COMMANDS].sort());
  });

  it("names no clothes in titles and lines of styles", () => {
    for (const { title, line } of Object.values(CATALOGUES[language].styles.names)) {
      expect(`${title} ${line}`).not.toMatch(/blazer|suit|shirt|jacket|coat|Anzug|Hemd|Jacke|Mantel/i);
    }
  });

  it("keeps the tone: nothing is amazing and nobody is asked to be patient", () => {
    const say = (value: unknown): string[] => {
      if (typeof value === "string") return [value];
      if (typeof value === "function") return [String(value(3, 2, 1))];
      return Object.values(value ?? {}).flatMap(say);
    };
    for (const sentence of say(CATALOGUES[language])) {
      expect(sentence).not.toMatch(/amazing|awesome|patient|oops|sorry|geduld|fantastisch|undefined|!/i);
    }
  });
});

describe("what a message says", () => {
  it("differs between the languages", async () => {
    const at = await scene();
    for (const kind of kinds.filter((name) => name !== "status" && name !== "language")) {
      const [en, de] = [await at.render(kind, "en"), await at.render(kind, "de")];
      expect(wordsOf(en ?? { blocks: [], buttons: [] })).not.toBe(wordsOf(de ?? { blocks: [], buttons: [] }));
    }
  });

  it("puts words to a reason, a question and a photo that counts", async () => {
    const at = await scene();
    const words = wordsOf((await at.render("selfies", "en")) ?? { blocks: [], buttons: [] });
    expect(words).toContain("Left out · Not sharp");
    expect(words).toContain("Question · Looks different");
    expect(words).toContain("Good photo.");
  });

  it("has no status before Go", async () => {
    const at = await scene();
    at.chat.people.move(at.orderId, { state: "collecting" });
    expect(await at.render("status", "en")).toBeNull();
  });

  it("says that it is late and why", async () => {
    const at = await scene();
    at.chat.people.move(at.orderId, { state: "shooting", goAt: 1, late: true, ordersAhead: 2 });
    expect(wordsOf((await at.render("status", "en")) ?? { blocks: [], buttons: [] })).toContain(
      "longer than usual: other orders are ahead",
    );
  });

  it.each([
    ["nothing_made", "on our side. It cost you nothing."],
    ["nothing_looks_like_you", "none looked enough like you to show. It cost you nothing."],
    ["styles_not_possible", "works with the styles you chose. It cost you nothing."],
    ["something_new", "on our side. It cost you nothing."],
  ])("says what the failure %s was and what it cost in its first line", async (failureCode, words) => {
    const at = await scene();
    at.chat.people.move(at.orderId, { state: "failed", failureCode });
    const view = await at.render("failed", "en");
    expect(view?.blocks[0]).toMatchObject({ kind: "text" });
    expect(wordsOf(view ?? { blocks: [], buttons: [] }).split("\n")[0]).toContain(words);
  });

  it("gives a receipt of an erasure with the counts that are not zero", async () => {
    const at = await scene();
    const words = wordsOf((await at.render("erased", "en")) ?? { blocks: [], buttons: [] });
    expect(words).toContain("Photos\n14");
    expect(words).toContain("odd things\n2");
    expect(words).not.toContain("none");
  });

  it("repeats a result with the words that say so", async () => {
    const at = await scene();
    const view = await at.render("results", "en", { resend: true });
    expect(view?.blocks[0]).toMatchObject({ text: "Sending again in case the first did not arrive." });
  });

  it("lists other styles as needing AI", async () => {
    const at = await scene();
    at.chat.people.move(at.orderId, { state: "collecting" });
    const view = await at.render("styles", "en");
    const block = view?.blocks.find((found) => found.kind === "styles");
    const choices = block?.kind === "styles" ? block.choices : [];
    expect(choices.filter((choice) => choice.available)).toHaveLength(9);
    for (const choice of choices.filter((found) => !found.available))
      expect(choice.line).toContain("Needs AI");
  });

  it("ignores rows that it does not know, and notices that it cannot read", async () => {
    const at = await scene();
    expect(await at.render("hologram", "en")).toBeNull();
    expect(await at.render("styles", "en", { ids: {} })).toBeNull();
    expect(await at.render("help", "en", { ids: { notice: "{" } })).not.toBeNull();
    expect(await at.render("help", "en", { ids: { notice: '{"code":"from the future"}' } })).not.toBeNull();
  });

  it("tells a deleted person of the deletion only", async () => {
    const at = await scene();
    await at.chat.db.batch([{ sql: "UPDATE person SET deleted_at = 1", args: [] }]);
    expect(await at.render("results", "en")).toBeNull();
    expect(await at.render("erased", "en")).not.toBeNull();
  });
});
