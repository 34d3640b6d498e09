import type { Block, PictureView } from "../../../../src/ports/chat.ts";
import type { LikenessBand } from "../../../../src/ports/product.ts";
import { el, withVar } from "../element.ts";
import { icon } from "../icons.ts";
import { words } from "../page.ts";

const DOTS: Readonly<Record<LikenessBand, number>> = { very_close: 3, close: 2, loose: 1, beyond: 0 };

/** The likeness as a word and a shape of three dots. */
export function bandMark({ band, bandText }: PictureView): HTMLElement {
  const filled = band === null ? null : DOTS[band];
  return el(
    "span",
    { class: "band" },
    filled === null
      ? null
      : el(
          "span",
          { class: "band-dots", "aria-hidden": "true" },
          ...[1, 2, 3].map((dot) => el("span", { class: dot <= filled ? "on" : "" })),
        ),
    bandText,
  );
}

function voteMark({ vote, buttons }: PictureView): HTMLElement | null {
  if (vote === null) return null;
  return el(
    "span",
    { class: `vote-mark ${vote}` },
    icon(vote === "yes" ? "check" : "cross", 16),
    vote === "yes" ? buttons.yes.label : buttons.no.label,
  );
}

function zipLink(pictures: readonly PictureView[], label: string): HTMLElement {
  const ids = pictures.map(({ pictureId }) => pictureId).join(",");
  return el(
    "a",
    { class: "button", href: `/chat/zip?pictures=${ids}`, download: "" },
    icon("download"),
    label,
  );
}

/** The pictures, best first; a tap opens the viewer. */
export function drawGallery({ pictures }: Extract<Block, { kind: "gallery" }>): HTMLElement {
  const keepers = pictures.filter(({ vote }) => vote === "yes");
  return el(
    "section",
    { class: "gallery-block" },
    el("ul", { class: pictures.length === 1 ? "gallery single" : "gallery" }, ...pictures.map(drawPicture)),
    el(
      "div",
      { class: "button-row" },
      zipLink(pictures, words.gallery.all),
      keepers.length > 0 && keepers.length < pictures.length
        ? zipLink(keepers, words.gallery.keepers(keepers.length))
        : null,
    ),
  );
}

function drawPicture(picture: PictureView): HTMLElement {
  const { pictureId, alt, bandText, width, height, vote } = picture;
  return withVar(
    el(
      "li",
      { class: vote === null ? "shot" : `shot ${vote}`, "data-key": pictureId },
      el(
        "button",
        {
          class: "shot-open",
          type: "button",
          "data-picture": pictureId,
          "aria-label": words.gallery.open(alt, bandText),
        },
        el("img", { src: `/chat/thumb/pictures/${pictureId}/800`, alt: "", width, height, loading: "lazy" }),
      ),
      el("p", { class: "shot-line" }, bandMark(picture), voteMark(picture)),
    ),
    "--ratio",
    String(height / width),
  );
}
