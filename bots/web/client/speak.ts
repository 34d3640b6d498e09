import type { View } from "../../../src/ports/chat.ts";
import { unreachable } from "../../../src/ports/errors.ts";
import { byId } from "./page.ts";

const QUIET_MS = 900;

let pending: string | null = null;
let timer: number | undefined;

/** Reads a sentence to those who cannot see the page; of several in a moment the last one. */
export function speak(text: string): void {
  if (text === "") return;
  pending = text;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    byId("spoken", HTMLElement).textContent = pending;
  }, QUIET_MS);
}

/** A message in one breath. */
export function spokenView({ blocks }: View): string {
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case "text":
        return block.text;
      case "selfies":
        return block.summary;
      case "status":
        return [block.stage, block.eta].filter(Boolean).join(". ");
      case "receipt":
        return block.title;
      case "file":
      case "download":
        return block.label;
      case "styles":
      case "gallery":
      case "facts":
        return "";
      default:
        return unreachable(block);
    }
  });
  return parts.filter(Boolean).join(" ").slice(0, 400);
}
