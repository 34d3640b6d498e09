import type { Block, SelfieView } from "../../../../src/ports/chat.ts";
import { el } from "../element.ts";
import { icon, outline, type IconName } from "../icons.ts";
import { facts, words } from "../page.ts";
import { previewOf } from "../photos/preview.ts";

type Sheet = Extract<Block, { kind: "selfies" }>;

const SHAPES: Readonly<Record<SelfieView["verdict"], IconName>> = {
  checking: "dots",
  keep: "check",
  warn: "alert",
  refuse: "cross",
  stop: "stop",
};

export function verdictMark({ verdict, word }: Pick<SelfieView, "verdict" | "word">): HTMLElement {
  return el("span", { class: `verdict ${verdict}` }, icon(SHAPES[verdict], 16), el("span", {}, word));
}

/** The contact sheet: every photo with its verdict, and what is still wanted. */
export function drawSelfies({ selfies, summary, wanted }: Sheet): HTMLElement {
  return el(
    "section",
    { class: selfies.length === 0 ? "sheet-block empty" : "sheet-block" },
    selfies.length === 0
      ? drawDropPlace()
      : el("ul", { class: "sheet" }, ...selfies.map(drawTile), drawAddTile()),
    summary === ""
      ? null
      : el(
          "div",
          { class: "sheet-summary" },
          el("p", {}, summary),
          wanted.length === 0
            ? null
            : el(
                "span",
                { class: "wanted" },
                ...wanted.map((view) => outline(facts.outlines[view] ?? "front")),
              ),
        ),
  );
}

function drawTile(selfie: SelfieView): HTMLElement {
  const { selfieId, name, verdict, word, advice } = selfie;
  return el(
    "li",
    { class: `tile ${verdict}`, "data-key": selfieId },
    el(
      "button",
      {
        class: "tile-open",
        type: "button",
        "data-selfie": selfieId,
        "aria-label": `${name ?? words.photos(1)}: ${word}. ${advice}`,
      },
      el("span", { class: "tile-picture" }, drawPicture(selfie)),
      verdictMark(selfie),
    ),
  );
}

/** The stored photo once there is one; until then the preview that this page made from the file itself. */
function drawPicture({ selfieId, name, verdict }: SelfieView): HTMLElement {
  const preview = previewOf(name);
  if (preview !== null) return preview;
  if (verdict === "checking" || verdict === "refuse") {
    return el(
      "span",
      { class: "tile-blank" },
      icon("image", 24),
      verdict === "refuse"
        ? el("img", {
            src: `/chat/thumb/selfies/${selfieId}/320`,
            alt: "",
            loading: "lazy",
          })
        : null,
    );
  }
  return el("img", { src: `/chat/thumb/selfies/${selfieId}/320`, alt: "", loading: "lazy" });
}

function drawAddTile(): HTMLElement {
  return el(
    "li",
    { class: "tile add", "data-key": "add" },
    el(
      "button",
      { class: "tile-add", type: "button", "data-attach": true },
      icon("plus", 24),
      el("span", {}, words.attach),
    ),
  );
}

function drawDropPlace(): HTMLElement {
  return el(
    "button",
    { class: "drop-place", type: "button", "data-attach": true },
    icon("image", 28),
    el("strong", {}, words.chooseFiles),
    el("span", {}, words.orDrop),
    el("span", { class: "muted" }, words.dropLine),
  );
}
