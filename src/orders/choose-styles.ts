import type { StyleKey } from "../ports/product.ts";
import { availableFor, chooseForMe, styleByKey } from "../styles/index.ts";
import { changeOrder } from "./change.ts";
import type { OrderDeps, OrderRow } from "./order-deps.ts";
import { MOST_PICTURES, MOST_STYLES } from "./rules/quote.ts";

export type ChooseResult =
  | { readonly kind: "chosen" }
  | { readonly kind: "needs_ai"; readonly key: StyleKey; readonly available: readonly StyleKey[] }
  | { readonly kind: "unknown_style"; readonly key: string; readonly available: readonly StyleKey[] }
  | { readonly kind: "too_many"; readonly most: number }
  | { readonly kind: "too_late" };

/** A change of the preparation; a quote made before no longer holds. */
async function prepareOrder(
  deps: OrderDeps,
  orderId: string,
  decide: (
    order: OrderRow,
  ) => ChooseResult | { readonly styles?: readonly StyleKey[]; readonly count?: number },
): Promise<ChooseResult> {
  let answer: ChooseResult = { kind: "too_late" };
  const result = await changeOrder(deps, orderId, (order) => {
    const wanted = decide(order);
    if ("kind" in wanted) {
      answer = wanted;
      return Promise.resolve(null);
    }
    return Promise.resolve({ event: { kind: "changed" }, patch: { ...wanted, quoteId: null } });
  });
  return result === "changed" ? { kind: "chosen" } : answer;
}

function checkStyles(order: OrderRow, keys: readonly StyleKey[]): ChooseResult | null {
  const available = availableFor(order.product).map((style) => style.key);
  for (const key of keys) {
    if (styleByKey(key) === null) return { kind: "unknown_style", key, available };
    if (!available.includes(key)) return { kind: "needs_ai", key, available };
  }
  return keys.length > MOST_STYLES ? { kind: "too_many", most: MOST_STYLES } : null;
}

/** Adds a style or takes it away. */
export function toggleStyle(deps: OrderDeps, orderId: string, key: StyleKey): Promise<ChooseResult> {
  return prepareOrder(deps, orderId, (order) => {
    const styles = order.styles.includes(key)
      ? order.styles.filter((had) => had !== key)
      : [...order.styles, key];
    return checkStyles(order, styles) ?? { styles };
  });
}

/** Sets the styles, each once. */
export function setStyles(
  deps: OrderDeps,
  orderId: string,
  keys: readonly StyleKey[],
): Promise<ChooseResult> {
  return prepareOrder(deps, orderId, (order) => checkStyles(order, keys) ?? { styles: [...new Set(keys)] });
}

/** "Choose for me": the three that most people keep. */
export function chooseStylesForThem(deps: OrderDeps, orderId: string): Promise<ChooseResult> {
  return prepareOrder(deps, orderId, (order) => ({ styles: chooseForMe(order.product, 3) }));
}

/** Pictures in total, 1 to 40. */
export function setCount(deps: OrderDeps, orderId: string, count: number): Promise<ChooseResult> {
  return prepareOrder(deps, orderId, () =>
    Number.isInteger(count) && count >= 1 && count <= MOST_PICTURES
      ? { count }
      : { kind: "too_many", most: MOST_PICTURES },
  );
}
