import type { PageFacts } from "../wire.ts";
import { WORDS, type Words } from "../words/index.ts";

export const language = document.documentElement.lang === "de" ? "de" : "en";

export const words: Words = WORDS[language];

/** The element of the page with this id; the server wrote it, so it is there. */
export function byId<E extends HTMLElement>(id: string, kind: abstract new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no #${id}`);
  return found;
}

// Written by the server of the same build.
export const facts = JSON.parse(document.getElementById("facts")?.textContent ?? "{}") as PageFacts;
