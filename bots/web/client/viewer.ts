import type { Button, PictureView, View } from "../../../src/ports/chat.ts";
import { pictureUrl } from "./draw/file.ts";
import { drawViewer } from "./draw/viewer.ts";
import { el } from "./element.ts";
import { isRetake } from "./known-actions.ts";
import { morph } from "./morph.ts";
import { words } from "./page.ts";
import { watchGestures } from "./gestures.ts";

export interface Viewer {
  open(messageId: string, view: View, pictureId: string): void;
  /** The message changed (a vote was taken, pictures went): the viewer follows. */
  sync(messageId: string, view: View): void;
}

const ADVANCE_MS = 350;

const picturesOf = ({ blocks }: View): PictureView[] =>
  blocks.flatMap((block) => (block.kind === "gallery" ? [...block.pictures] : []));

const retakeOf = ({ buttons }: View): Button | null =>
  buttons.flat().find(({ action }) => isRetake(action)) ?? null;

/** Shows one picture large: arrows and swipes leaf, holding it shows the photo it was made from, votes lead on. */
export function createViewer(press: (action: string) => void): Viewer {
  const dialog = el("dialog", { class: "viewer", "aria-label": words.viewer.label });
  document.body.append(dialog);
  let shown: { readonly messageId: string; readonly view: View; readonly pictureId: string } | null = null;
  let before = false;
  /** A vote that is on its way; the picture shows it at once. */
  const voted = new Map<string, "yes" | "no">();

  function pictures(): PictureView[] {
    if (shown === null) return [];
    return picturesOf(shown.view).map((picture) => ({
      ...picture,
      vote: voted.get(picture.pictureId) ?? picture.vote,
    }));
  }

  function render(): void {
    const all = pictures();
    const at = all.findIndex(({ pictureId }) => pictureId === shown?.pictureId);
    const picture = all[at];
    if (shown === null || picture === undefined) return dialog.close();
    morph(dialog, drawViewer(picture, { at, all: all.length, before, retake: retakeOf(shown.view) }));
    for (const near of [all[at + 1], all[at - 1]]) {
      if (near !== undefined) new Image().src = pictureUrl(near.pictureId, "original");
    }
  }

  function show(pictureId: string | undefined): void {
    if (shown === null || pictureId === undefined) return;
    shown = { ...shown, pictureId };
    before = false;
    render();
  }

  function leaf(by: number): void {
    const all = pictures();
    show(all[all.findIndex(({ pictureId }) => pictureId === shown?.pictureId) + by]?.pictureId);
  }

  function look(atOriginal: boolean): void {
    before = atOriginal;
    render();
  }

  function vote(choice: "yes" | "no"): void {
    const picture = pictures().find(({ pictureId }) => pictureId === shown?.pictureId);
    if (picture === undefined) return;
    const isFirst = picture.vote === null;
    voted.set(picture.pictureId, choice);
    press(picture.buttons[choice].action);
    render();
    const next = pictures().find(({ vote }) => vote === null);
    if (isFirst && next !== undefined) {
      setTimeout(() => shown?.pictureId === picture.pictureId && show(next.pictureId), ADVANCE_MS);
    }
  }

  dialog.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const does = event.target.closest("[data-do]")?.getAttribute("data-do");
    if (does === "close" || event.target === dialog) dialog.close();
    if (does === "previous") leaf(-1);
    if (does === "next") leaf(1);
    if (does === "before") look(!before);
    if (does === "yes" || does === "no") vote(does);
    const action = event.target.closest("[data-press]")?.getAttribute("data-press");
    if (typeof action === "string") {
      press(action);
      dialog.close();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") leaf(-1);
    else if (event.key === "ArrowRight") leaf(1);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("close", () => {
    const opener = document.querySelector<HTMLElement>(
      `[data-picture="${CSS.escape(shown?.pictureId ?? "")}"]`,
    );
    shown = null;
    opener?.focus();
  });
  watchGestures(dialog, { leaf, hold: look });

  return {
    open(messageId, view, pictureId) {
      shown = { messageId, view, pictureId };
      before = false;
      render();
      if (!dialog.open) dialog.showModal();
    },
    sync(messageId, view) {
      if (shown?.messageId !== messageId) return;
      shown = { ...shown, view };
      for (const { pictureId, vote } of picturesOf(view)) {
        if (vote === voted.get(pictureId)) voted.delete(pictureId);
      }
      render();
    },
  };
}
