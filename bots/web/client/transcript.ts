import type { Block, View } from "../../../src/ports/chat.ts";
import type { WireMessage } from "../wire.ts";
import { dayKey, dayLabel, exactLabel, timeLabel } from "./clock.ts";
import { drawView } from "./draw/index.ts";
import { el, type Child } from "./element.ts";
import { icon } from "./icons.ts";
import { morph } from "./morph.ts";
import { words } from "./page.ts";
import { drawBatch, drawSentPhotos } from "./photos/draw-batch.ts";
import type { Batch } from "./photos/queue.ts";

/** What the person said in this page; it stands at the end until the server's row of the same id comes. */
export type LocalMessage =
  | { readonly id: string; readonly kind: "text"; readonly text: string }
  | { readonly id: string; readonly kind: "photos"; readonly batch: Batch };

export interface Transcript {
  put(message: WireMessage): void;
  putLocal(message: LocalMessage): void;
  /** A line under one of the person's messages: that it was not sent, with a way to try again. */
  note(id: string, text: string | null): void;
  /** Messages older than this are no longer kept. */
  dropBefore(at: number | null): void;
  get(id: string): WireMessage | null;
  isEmpty(): boolean;
  photoNames(): ReadonlySet<string>;
  /** The newest message of the bot that asks for something. */
  current(): HTMLElement | null;
}

interface Entry {
  readonly id: string;
  readonly at: number;
  readonly author: WireMessage["author"];
  readonly message: WireMessage | null;
  readonly local: LocalMessage | null;
}

const selfiesOf = ({ blocks }: View): Extract<Block, { kind: "selfies" }>["selfies"] =>
  blocks.flatMap((block) => (block.kind === "selfies" ? block.selfies : []));

/** The messages in their order, drawn into `list`; an update keeps what it can of what stands there. */
export function createTranscript(list: HTMLElement): Transcript {
  const messages = new Map<string, WireMessage>();
  const locals = new Map<string, { readonly message: LocalMessage; readonly at: number }>();
  const notes = new Map<string, string>();

  function entries(): Entry[] {
    const sent = [...messages.values()].map((message): Entry => ({
      id: message.id,
      at: message.at,
      author: message.author,
      message,
      local: locals.get(message.id)?.message ?? null,
    }));
    const waiting = [...locals.values()]
      .filter(({ message }) => !messages.has(message.id))
      .map(({ message, at }): Entry => ({
        id: message.id,
        at,
        author: "person",
        message: null,
        local: message,
      }));
    return [...sent.sort((a, b) => a.at - b.at), ...waiting];
  }

  function storedPicture(name: string | null): Element | null {
    for (const { author, view } of messages.values()) {
      if (author !== "bot") continue;
      const found = selfiesOf(view).find(
        (selfie) => name !== null && selfie.name === name && ["keep", "warn"].includes(selfie.verdict),
      );
      if (found !== undefined) {
        return el("img", { src: `/chat/thumb/selfies/${found.selfieId}/320`, alt: "", loading: "lazy" });
      }
    }
    return null;
  }

  function drawPerson({ id, message, local }: Entry): Child[] {
    const text = message?.view.blocks[0];
    const inside =
      local?.kind === "photos"
        ? drawBatch(local.batch)
        : text?.kind === "selfies"
          ? drawSentPhotos(
              text.selfies.map(({ name }) => name),
              storedPicture,
            )
          : el("p", {}, local?.kind === "text" ? local.text : text?.kind === "text" ? text.text : "");
    const note = notes.get(id);
    return [
      el("div", { class: message === null ? "said pending" : "said" }, inside),
      note === undefined
        ? null
        : el(
            "p",
            { class: "said-note", role: "alert" },
            icon("alert", 16),
            el("span", {}, note),
            el("button", { class: "link-button", type: "button", "data-again": id }, words.retry),
          ),
    ];
  }

  function draw(entry: Entry): HTMLElement {
    const { id, author, at, message } = entry;
    return el(
      "li",
      { class: `message ${author}`, "data-key": id, tabindex: -1, title: exactLabel(at) },
      el("span", { class: "spoken" }, `${author === "bot" ? words.name : words.you}, ${timeLabel(at)}: `),
      ...(author === "bot" && message !== null ? [drawView(message.view)] : drawPerson(entry)),
    );
  }

  /** Puts every element where it belongs; only what is out of place is touched. */
  function place(): void {
    const known = new Map([...list.children].map((child) => [child.getAttribute("data-key"), child]));
    let before = "";
    let next: Element | null = list.firstElementChild;
    const put = (key: string, make: () => HTMLElement): void => {
      const element = known.get(key) ?? make();
      known.delete(key);
      if (element === next) next = element.nextElementSibling;
      else list.insertBefore(element, next);
    };
    for (const entry of entries()) {
      const day = dayKey(entry.at);
      // A conversation that began today needs no line above it.
      const isFirstToday = before === "" && day === dayKey(Date.now());
      if (day !== before && !isFirstToday) put(`day:${day}`, () => drawDay(entry.at));
      before = day;
      put(entry.id, () => draw(entry));
    }
    for (const left of known.values()) left.remove();
    markCurrent();
  }

  function drawDay(at: number): HTMLElement {
    return el("li", { class: "day", "data-key": `day:${dayKey(at)}` }, el("span", {}, dayLabel(at)));
  }

  function redraw(id: string): void {
    const element = list.querySelector(`[data-key="${CSS.escape(id)}"]`);
    const entry = entries().find((entry) => entry.id === id);
    if (element === null || entry === undefined) return;
    const current = element.classList.contains("current");
    morph(element, draw(entry));
    element.classList.toggle("current", current);
  }

  function newest(wanted: (message: WireMessage) => boolean): HTMLElement | null {
    const found = [...messages.values()]
      .filter(wanted)
      .reduce<WireMessage | null>(
        (newest, message) => (newest === null || message.at > newest.at ? message : newest),
        null,
      );
    return found === null ? null : list.querySelector<HTMLElement>(`[data-key="${CSS.escape(found.id)}"]`);
  }

  const current = (): HTMLElement | null =>
    newest(({ author, view }) => author === "bot" && view.buttons.some((row) => row.length > 0));

  /** One primary action on a screen: only the newest question keeps its filled button. */
  function markCurrent(): void {
    const now = current();
    for (const element of list.querySelectorAll(".message.current"))
      element.classList.toggle("current", element === now);
    now?.classList.add("current");
  }

  return {
    put(message) {
      const isNew = !messages.has(message.id);
      messages.set(message.id, message);
      if (!isNew || locals.has(message.id)) redraw(message.id);
      place();
    },
    putLocal(message) {
      locals.set(message.id, { message, at: locals.get(message.id)?.at ?? Date.now() });
      redraw(message.id);
      place();
    },
    note(id, text) {
      if (text === null) notes.delete(id);
      else notes.set(id, text);
      redraw(id);
    },
    dropBefore(at) {
      for (const message of Array.from(messages.values())) {
        if (at !== null && message.at >= at) continue;
        messages.delete(message.id);
        locals.delete(message.id);
      }
      place();
    },
    get: (id) => messages.get(id) ?? null,
    isEmpty: () => messages.size === 0,
    photoNames: () =>
      new Set(
        [...messages.values()].flatMap(({ view }) =>
          selfiesOf(view).flatMap(({ name }) => (name === null ? [] : [name])),
        ),
      ),
    current,
  };
}
