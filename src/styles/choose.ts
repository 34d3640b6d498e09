import type { ModelFamily, Product, StyleKey } from "../ports/product.ts";
import { STYLES, type Style } from "./catalogue.ts";

const BY_KEY: ReadonlyMap<StyleKey, Style> = new Map(STYLES.map((style) => [style.key, style]));

/** What suits most people, three very different looks first; the rest follows in the menu's order. */
const FIRST: readonly StyleKey[] = ["corporate-grey", "business-casual", "outdoor-park"];

const FAMILY: Readonly<Record<Exclude<Product, "studio">, ModelFamily>> = {
  best: "flux",
  fast: "flux",
  classic: "sdxl",
  preview: "sdxl",
};

export function styleByKey(key: string): Style | null {
  return BY_KEY.get(key) ?? null;
}

/** The looks that the studio makes on this machine. */
export const studioStyles: readonly Style[] = STYLES.filter((style) => style.studio);

/** The menu of a product. */
export function availableFor(product: Product): readonly Style[] {
  if (product === "studio") return studioStyles;
  return STYLES.filter((style) => style.active && style.families.includes(FAMILY[product]));
}

/** "Choose for me": the `count` best guesses of a product, the same every time. */
export function chooseForMe(product: Product, count: number): StyleKey[] {
  const keys = availableFor(product).map((style) => style.key);
  return [...new Set([...FIRST.filter((key) => keys.includes(key)), ...keys])].slice(0, count);
}

/** One style per picture, in turn: no style gets more than one picture above another, earlier ones first. */
export function spread(styles: readonly StyleKey[], count: number): StyleKey[] {
  const turns = Array.from({ length: Math.ceil(count / Math.max(1, styles.length)) }, () => styles);
  return turns.flat().slice(0, count);
}
