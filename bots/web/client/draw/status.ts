import type { Block, SquareState } from "../../../../src/ports/chat.ts";
import { el, withVar } from "../element.ts";
import { icon } from "../icons.ts";
import { words } from "../page.ts";

const SHAPES: Readonly<Record<SquareState, "check" | "cross" | null>> = {
  waiting: null,
  working: null,
  done: "check",
  failed: "cross",
};

/** Where an order stands: stage, time left, one square per picture. Its place never changes size while it works. */
export function drawStatus(status: Extract<Block, { kind: "status" }>): HTMLElement {
  const { stage, squares, progress, eta, live } = status;
  return el(
    "section",
    { class: "status" },
    el(
      "div",
      { class: "status-head" },
      el("h2", { class: live ? "stage live" : "stage" }, stage),
      eta === null ? null : el("p", { class: "eta" }, eta),
    ),
    progress === null
      ? null
      : withVar(
          el("div", {
            class: "progress",
            role: "progressbar",
            "aria-label": stage,
            "aria-valuemin": 0,
            "aria-valuemax": 100,
            "aria-valuenow": Math.round(progress * 100),
          }),
          "--done",
          String(Math.min(1, Math.max(0, progress))),
        ),
    squares.length === 0
      ? null
      : el(
          "ol",
          { class: "squares", "aria-label": words.squares },
          ...squares.map(({ state, word }) => {
            const shape = SHAPES[state];
            return el(
              "li",
              { class: `square ${state}`, title: word },
              shape === null ? null : icon(shape, 14),
              el("span", { class: "spoken" }, word),
            );
          }),
        ),
  );
}
