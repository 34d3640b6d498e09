import type { Language } from "../../ports/chat.ts";
import { de } from "./de/index.ts";
import { en, type Copy } from "./en/index.ts";

export type { Copy } from "./en/index.ts";

export const CATALOGUES: Readonly<Record<Language, Copy>> = { en, de };

const LANGUAGES = ["en", "de"] as const satisfies readonly Language[];

/**
 * The language for a platform's tag ("de-AT", "en_GB") or a browser's Accept-Language header; null when none of ours
 * is asked for.
 */
export function negotiateLanguage(tags: string | null | undefined): Language | null {
  const wanted = (tags ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return { tag: tag.split(/[-_]/)[0] ?? "", quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    const found = LANGUAGES.find((language) => language === tag);
    if (found !== undefined) return found;
  }
  return null;
}
