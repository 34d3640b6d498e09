import type { Block } from "../../../../src/ports/chat.ts";
import { el } from "../element.ts";

export function drawReceipt({ title, lines }: Extract<Block, { kind: "receipt" }>): HTMLElement {
  return el(
    "section",
    { class: "receipt" },
    el("h2", { class: "title" }, title),
    el("dl", {}, ...lines.map(({ label, value }) => el("div", {}, el("dt", {}, label), el("dd", {}, value)))),
  );
}
