import { unreachable } from "../../../../src/ports/errors.ts";
import { el, withVar } from "../element.ts";
import { icon } from "../icons.ts";
import { words } from "../page.ts";
import type { Batch, LocalPhoto } from "./queue.ts";
import { previewOf } from "./preview.ts";

/** What a person sent: small squares, each with a thin line while it is on its way. */
export function drawBatch({ photos, note }: Batch): HTMLElement {
  const held = photos.filter(({ state }) => state === "held").length;
  const problems = photos.filter(({ state }) => state === "failed" || state === "refused");
  return el(
    "div",
    { class: "batch" },
    el("ul", { class: "batch-photos" }, ...photos.map(drawPhoto)),
    el("p", { class: "batch-line" }, words.photos(photos.length)),
    held > 0 ? el("p", { class: "batch-line" }, words.uploads.heldLine(held)) : null,
    ...problems.map(({ name, message }) => el("p", { class: "batch-line problem" }, `${name}: ${message}`)),
    note === "" ? null : el("p", { class: "batch-line problem" }, note),
  );
}

/** The same after the page was loaded again: the photos' names are known, their verdicts stand in the sheet. */
export function drawSentPhotos(
  names: readonly (string | null)[],
  picture: (name: string | null) => Element | null,
): HTMLElement {
  return el(
    "div",
    { class: "batch" },
    el(
      "ul",
      { class: "batch-photos" },
      ...names.map((name) =>
        el("li", { class: "batch-photo sent", title: name }, previewOf(name) ?? picture(name) ?? blank()),
      ),
    ),
    el("p", { class: "batch-line" }, words.photos(names.length)),
  );
}

const blank = (): HTMLElement => el("span", { class: "tile-blank" }, icon("image", 20));

function stateWord({ state, share }: LocalPhoto): string {
  switch (state) {
    case "waiting":
      return words.uploads.waiting;
    case "held":
      return words.uploads.held;
    case "sending":
      return words.uploads.sending(Math.round(share * 100));
    case "sent":
      return words.uploads.sent;
    case "failed":
    case "refused":
      return words.uploads.failed;
    default:
      return unreachable(state);
  }
}

function drawPhoto(photo: LocalPhoto): HTMLElement {
  const { id, name, state, share } = photo;
  return withVar(
    el(
      "li",
      { class: `batch-photo ${state}`, "data-key": id, title: `${name}: ${stateWord(photo)}` },
      previewOf(name) ?? blank(),
      state === "failed"
        ? el(
            "button",
            {
              class: "batch-retry",
              type: "button",
              "data-retry": id,
              "aria-label": `${words.retry}: ${name}`,
            },
            icon("retry"),
          )
        : null,
      state === "refused" ? el("span", { class: "batch-refused" }, icon("cross", 16)) : null,
      el("span", { class: "spoken" }, `${name}: ${stateWord(photo)}`),
    ),
    "--done",
    String(share),
  );
}
