import type { SelfieView, View } from "../../../src/ports/chat.ts";
import { drawButton } from "./draw/index.ts";
import { verdictMark } from "./draw/selfies.ts";
import { el } from "./element.ts";
import { icon } from "./icons.ts";
import { morph } from "./morph.ts";
import { words } from "./page.ts";
import { previewOf } from "./photos/preview.ts";

export interface SelfieDialog {
  open(messageId: string, view: View, selfieId: string): void;
  sync(messageId: string, view: View): void;
}

function find({ blocks }: View, selfieId: string): SelfieView | null {
  for (const block of blocks) {
    const found =
      block.kind === "selfies" ? block.selfies.find((selfie) => selfie.selfieId === selfieId) : undefined;
    if (found !== undefined) return found;
  }
  return null;
}

/** One photo with the sentence behind its verdict and what can be done about it. */
export function createSelfieDialog(press: (action: string) => void): SelfieDialog {
  const dialog = el("dialog", { class: "selfie-dialog", "aria-labelledby": "selfie-verdict" });
  document.body.append(dialog);
  let shown: { readonly messageId: string; readonly selfieId: string } | null = null;

  function render(view: View): void {
    const selfie = shown === null ? null : find(view, shown.selfieId);
    if (selfie === null) return dialog.close();
    morph(dialog, draw(selfie));
  }

  dialog.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const action = event.target.closest("[data-press]")?.getAttribute("data-press");
    if (typeof action === "string") press(action);
    if (
      typeof action === "string" ||
      event.target === dialog ||
      event.target.closest("[data-do=close]") !== null
    ) {
      dialog.close();
    }
  });
  dialog.addEventListener("close", () => {
    const opener = document.querySelector<HTMLElement>(
      `[data-selfie="${CSS.escape(shown?.selfieId ?? "")}"]`,
    );
    shown = null;
    opener?.focus();
  });

  return {
    open(messageId, view, selfieId) {
      shown = { messageId, selfieId };
      render(view);
      if (!dialog.open) dialog.showModal();
    },
    sync(messageId, view) {
      if (shown?.messageId === messageId) render(view);
    },
  };
}

function draw(selfie: SelfieView): HTMLElement {
  const { selfieId, name, verdict, advice, buttons } = selfie;
  const stored = verdict === "keep" || verdict === "warn";
  return el(
    "dialog",
    { class: "selfie-dialog", "aria-labelledby": "selfie-verdict" },
    el(
      "div",
      { class: "selfie-picture", "data-key": selfieId },
      stored
        ? el("img", { src: `/chat/thumb/selfies/${selfieId}/800`, alt: name ?? words.photos(1) })
        : (previewOf(name) ?? el("span", { class: "tile-blank" }, icon("image", 32))),
    ),
    el(
      "div",
      { class: "selfie-words" },
      el("h2", { class: "title", id: "selfie-verdict" }, verdictMark(selfie)),
      el("p", {}, advice),
      name === null ? null : el("p", { class: "text muted" }, name),
      el(
        "div",
        { class: "button-row" },
        ...buttons.map(drawButton),
        el("button", { class: "button plain", type: "button", "data-do": "close" }, words.close),
      ),
    ),
  );
}
