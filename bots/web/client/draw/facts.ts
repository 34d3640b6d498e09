import type { Block } from "../../../../src/ports/chat.ts";
import { el } from "../element.ts";

/** Three stand side by side; more are a list to read. */
export function drawFacts({ facts }: Extract<Block, { kind: "facts" }>): HTMLElement {
  return el(
    "dl",
    { class: facts.length <= 3 ? "facts beside" : "facts" },
    ...facts.map(({ label, text }) => el("div", {}, el("dt", {}, label), el("dd", {}, text))),
  );
}
