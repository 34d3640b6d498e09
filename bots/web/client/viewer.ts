import type { Button, PictureView, View } from "../../../src/ports/chat.ts";
import { bandMark } from "./draw/gallery.ts";
import { pictureUrl } from "./draw/file.ts";
import { el } from "./element.ts";
import { icon } from "./icons.ts";
import { isRetake } from "./known-actions.ts";
import { morph } from "./morph.ts";
import { facts, words } from "./page.ts";
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

interface Place {
  readonly at: number;
  readonly all: number;
  readonly before: boolean;
  readonly retake: Button | null;
}

function drawViewer(picture: PictureView, place: Place): HTMLElement {
  const { at, all, before, retake } = place;
  const { pictureId, alt, caption, sourceSelfieId, vote, buttons } = picture;
  const canCompare = sourceSelfieId !== null;
  return el(
    "dialog",
    { class: "viewer", "aria-label": words.viewer.label },
    el(
      "header",
      { class: "viewer-head" },
      el("p", { "aria-live": "polite" }, words.viewer.place(at + 1, all), bandMark(picture)),
      el(
        "button",
        { class: "icon-button", type: "button", "data-do": "close", "aria-label": words.close },
        icon("cross"),
      ),
    ),
    el(
      "div",
      {
        class: before ? "stage-area before" : "stage-area",
        title: canCompare ? words.viewer.beforeHint : null,
      },
      el("img", {
        class: "picture",
        "data-key": `p:${pictureId}`,
        src: pictureUrl(pictureId, "original"),
        alt: before ? "" : alt,
        draggable: "false",
      }),
      canCompare
        ? el("img", {
            class: "original",
            "data-key": `o:${pictureId}`,
            src: `/chat/selfies/${sourceSelfieId}`,
            alt: before ? words.viewer.original : "",
            draggable: "false",
          })
        : null,
      leafButton("previous", at > 0),
      leafButton("next", at < all - 1),
    ),
    el(
      "footer",
      { class: "viewer-foot" },
      el("p", { class: "viewer-caption" }, before ? words.viewer.original : caption),
      el(
        "div",
        { class: "viewer-votes" },
        voteButton("yes", buttons.yes.label, vote),
        voteButton("no", buttons.no.label, vote),
      ),
      el(
        "div",
        { class: "viewer-tools" },
        canCompare
          ? el(
              "button",
              { class: "tool", type: "button", "data-do": "before", "aria-pressed": String(before) },
              icon("swap"),
              words.viewer.before,
            )
          : null,
        el(
          "a",
          { class: "tool", href: pictureUrl(pictureId, "original"), download: "" },
          icon("download"),
          buttons.fullSize.label,
        ),
        el(
          "details",
          { class: "crop-menu", "data-key": `crops:${pictureId}` },
          el("summary", { class: "tool" }, icon("crop"), buttons.crops.label),
          el(
            "ul",
            {},
            ...facts.crops.map(({ kind, name }) =>
              el("li", {}, el("a", { href: pictureUrl(pictureId, kind), download: "" }, name)),
            ),
          ),
        ),
        retake === null
          ? null
          : el(
              "button",
              { class: "tool", type: "button", "data-press": retake.action },
              icon("retry"),
              retake.label,
            ),
      ),
    ),
  );
}

function leafButton(to: "previous" | "next", possible: boolean): HTMLElement {
  return el(
    "button",
    {
      class: `leaf ${to}`,
      type: "button",
      "data-do": to,
      "aria-label": words.viewer[to],
      "aria-disabled": possible ? null : "true",
    },
    icon(to === "previous" ? "left" : "right", 24),
  );
}

function voteButton(choice: "yes" | "no", label: string, vote: PictureView["vote"]): HTMLElement {
  return el(
    "button",
    { class: `vote ${choice}`, type: "button", "data-do": choice, "aria-pressed": String(vote === choice) },
    icon(choice === "yes" ? "check" : "cross"),
    label,
  );
}
