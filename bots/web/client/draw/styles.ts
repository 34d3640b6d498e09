import type { Block } from "../../../../src/ports/chat.ts";
import { el } from "../element.ts";
import { icon } from "../icons.ts";
import { words } from "../page.ts";

type Choice = Extract<Block, { kind: "styles" }>["choices"][number];

/** Styles are chosen from drawings; what cannot be made here stays folded away. */
export function drawStyles({ choices }: Extract<Block, { kind: "styles" }>): HTMLElement {
  const here = choices.filter((choice) => choice.available);
  const elsewhere = choices.filter((choice) => !choice.available);
  return el(
    "div",
    { class: "styles" },
    el("ul", { class: "style-grid" }, ...here.map(drawChoice)),
    elsewhere.length === 0
      ? null
      : el(
          "details",
          { class: "more-styles" },
          el("summary", {}, words.moreStyles(elsewhere.length)),
          el("ul", { class: "style-grid" }, ...elsewhere.map(drawChoice)),
        ),
  );
}

function drawChoice({ key, title, line, chosen, action, available }: Choice): HTMLElement {
  const inside = [
    el(
      "span",
      { class: "style-picture" },
      el("img", { src: `/assets/styles/${key}.svg`, alt: "", width: 160, height: 200, loading: "lazy" }),
      available ? el("span", { class: "style-mark" }, icon("check", 16)) : null,
    ),
    el("span", { class: "style-title" }, title),
    el("span", { class: "style-line" }, line),
  ];
  return el(
    "li",
    { "data-key": key },
    available
      ? el(
          "button",
          { class: "style-card", type: "button", "aria-pressed": String(chosen), "data-press": action },
          ...inside,
        )
      : el("div", { class: "style-card unavailable" }, ...inside),
  );
}
