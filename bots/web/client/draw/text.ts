import type { Block } from "../../../../src/ports/chat.ts";
import { el } from "../element.ts";
import { icon } from "../icons.ts";

type TextBlock = Extract<Block, { kind: "text" }>;

/** A short line without a full stop above something else is the name of what follows. */
export function isTitle(block: Block | undefined, at: number, all: number): boolean {
  return (
    block?.kind === "text" &&
    (block.tone ?? "plain") === "plain" &&
    at === 0 &&
    all > 1 &&
    block.text.length <= 60 &&
    !/[.!:…]$/.test(block.text)
  );
}

export function drawTitle({ text }: TextBlock): HTMLElement {
  return el("h2", { class: "title" }, text);
}

export function drawText({ text, tone = "plain" }: TextBlock): HTMLElement {
  const mark = tone === "problem" ? icon("alert") : tone === "notice" ? icon("info") : null;
  return el("p", { class: `text ${tone}` }, mark, el("span", {}, text));
}
