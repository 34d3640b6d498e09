import type { Product } from "../../ports/product.ts";

/** Kept photos that a product needs to start, and how many make it good. Two of an AI product's are held out for the proof. */
export function productNeeds(product: Product): { readonly needed: number; readonly advised: number } {
  return product === "studio" || product === "preview"
    ? { needed: 1, advised: 3 }
    : { needed: 8, advised: 12 };
}
