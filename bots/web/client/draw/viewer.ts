import type { Button, PictureView } from "../../../../src/ports/chat.ts";
import { el } from "../element.ts";
import { icon } from "../icons.ts";
import { facts, words } from "../page.ts";
import { pictureUrl } from "./file.ts";
import { bandMark } from "./gallery.ts";

export interface Place {
  readonly at: number;
  readonly all: number;
  readonly before: boolean;
  readonly retake: Button | null;
}

/** One picture large, with everything that can be done with it in reach of a thumb. */
export function drawViewer(picture: PictureView, place: Place): HTMLElement {
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
