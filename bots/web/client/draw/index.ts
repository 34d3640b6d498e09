import type { Block, Button, View } from "../../../../src/ports/chat.ts";
import { unreachable } from "../../../../src/ports/errors.ts";
import { el } from "../element.ts";
import { drawFacts } from "./facts.ts";
import { drawDownload, drawFile } from "./file.ts";
import { drawGallery } from "./gallery.ts";
import { drawReceipt } from "./receipt.ts";
import { drawSelfies } from "./selfies.ts";
import { drawStatus } from "./status.ts";
import { drawStyles } from "./styles.ts";
import { drawText, drawTitle, isTitle } from "./text.ts";

function drawBlock(block: Block): HTMLElement {
  switch (block.kind) {
    case "text":
      return drawText(block);
    case "selfies":
      return drawSelfies(block);
    case "styles":
      return drawStyles(block);
    case "receipt":
      return drawReceipt(block);
    case "status":
      return drawStatus(block);
    case "gallery":
      return drawGallery(block);
    case "facts":
      return drawFacts(block);
    case "file":
      return drawFile(block);
    case "download":
      return drawDownload(block);
    default:
      return unreachable(block);
  }
}

export function drawButton({ label, action, look }: Button): HTMLElement {
  return el(
    "button",
    { class: `button ${look}`, type: "button", "data-press": action, "data-key": action },
    label,
  );
}

/** One question with two answers beside it is one row; a dangerous button never stands beside another. */
function rowsOf({ buttons }: View): readonly (readonly Button[])[] {
  const rows = buttons.filter((row) => row.length > 0);
  const [first = [], second = [], ...rest] = rows;
  const fit =
    first.length === 1 && second.length <= 2 && [...first, ...second].every(({ look }) => look !== "danger");
  return fit && second.length > 0 ? [[...first, ...second], ...rest] : rows;
}

/** What stays together as one thing that changes in place. */
const CARDS: ReadonlySet<Block["kind"]> = new Set(["status", "receipt"]);

/** A message of the bot. Buttons carry their action; the page listens in one place. */
export function drawView(view: View): HTMLElement {
  const { blocks } = view;
  const rows = rowsOf(view);
  return el(
    "div",
    { class: blocks.some(({ kind }) => CARDS.has(kind)) ? "view card" : "view" },
    ...blocks.map((block, at) =>
      block.kind === "text" && isTitle(block, at, blocks.length) ? drawTitle(block) : drawBlock(block),
    ),
    rows.length === 0
      ? null
      : el(
          "div",
          { class: "button-rows" },
          ...rows.map((row) => el("div", { class: "button-row" }, ...row.map(drawButton))),
        ),
  );
}
