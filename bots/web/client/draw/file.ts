import type { Block } from "../../../../src/ports/chat.ts";
import { el } from "../element.ts";
import { icon } from "../icons.ts";
import { words } from "../page.ts";

export function pictureUrl(pictureId: string, crop: string): string {
  return crop === "original" ? `/chat/pictures/${pictureId}` : `/chat/pictures/${pictureId}/${crop}`;
}

/** A picture as a file to keep. */
export function drawFile({ pictureId, crop, label }: Extract<Block, { kind: "file" }>): HTMLElement {
  return el(
    "section",
    { class: "file" },
    el("img", {
      src: `/chat/thumb/pictures/${pictureId}/320`,
      alt: "",
      width: 72,
      height: 72,
      loading: "lazy",
    }),
    el("p", {}, label),
    el(
      "a",
      { class: "button", href: pictureUrl(pictureId, crop), download: "" },
      icon("download"),
      words.gallery.download,
    ),
  );
}

/** A link of our own or on the web; anything else is shown as words. */
export function drawDownload({ label, url }: Extract<Block, { kind: "download" }>): HTMLElement {
  if (!/^(https?:\/\/|\/)/.test(url)) return el("p", { class: "text" }, label);
  return el("p", {}, el("a", { class: "button", href: url, download: "" }, icon("download"), label));
}
