import type { Block } from "../../ports/chat.ts";
import type { OrderDetails } from "../../ports/for-people.ts";
import type { Product } from "../../ports/product.ts";
import { availableFor, STYLES } from "../../styles/index.ts";
import { encodeAction, type Action } from "../actions.ts";
import type { Copy } from "../copy/index.ts";
import { button, isDraft, primary, styleLine, styleTitle, text, view, type Renderer } from "./context.ts";

/** Totals that are offered as buttons; any number from 1 to 40 can be typed. */
const COUNTS = [4, 8, 12, 20];

function styleBlock(
  copy: Copy,
  product: Product,
  chosen: readonly string[],
  action: (key: string, on: boolean) => Action,
): Block {
  const available = new Set(availableFor(product).map((style) => style.key));
  // What can be had comes first, what needs AI after it.
  const shown = STYLES.filter((style) => style.active || available.has(style.key)).sort(
    (a, b) => Number(available.has(b.key)) - Number(available.has(a.key)),
  );
  return {
    kind: "styles",
    choices: shown.map(({ key }) => ({
      key,
      title: styleTitle(copy, key),
      line: available.has(key) ? styleLine(copy, key) : copy.styles.needsAiLine,
      chosen: chosen.includes(key),
      action: encodeAction(action(key, !chosen.includes(key))),
      available: available.has(key),
    })),
  };
}

function chosenLine(copy: Copy, order: OrderDetails): string {
  return order.styles.length === 0
    ? copy.styles.noneChosen
    : `${copy.styles.chosen(order.styles.length, order.count)} ${copy.styles.howMany}`;
}

/** The menu of an order that is being prepared. */
export const renderStyles: Renderer<"styles"> = async ({ copy, people, who }, { orderId }) => {
  const order = await people.order(who, orderId);
  if (order === null) return view([text(copy.notices.no_such_order, "muted")]);
  if (!isDraft(order)) return view([text(copy.styles.closed, "muted")]);
  return view(
    [
      text(copy.styles.title),
      styleBlock(copy, order.product, order.styles, (key, on) => ({ do: "style", orderId, key, on })),
      text(chosenLine(copy, order)),
    ],
    [
      order.styles.length === 0
        ? [primary(copy.buttons.chooseForMe, { do: "choose_for_me", orderId })]
        : [primary(copy.buttons.price, { do: "quote", orderId })],
      [
        ...(order.styles.length === 0
          ? []
          : [button(copy.buttons.chooseForMe, { do: "choose_for_me", orderId })]),
        ...COUNTS.filter((count) => count !== order.count).map((count) =>
          button(copy.buttons.pictures(count), { do: "count", orderId, count }),
        ),
      ],
      [
        button(copy.buttons.photos, { do: "photos", faceId: order.faceId }),
        button(copy.buttons.cancel, { do: "cancel", orderId }),
      ],
    ],
  );
};

/** All styles, to look at; choosing one begins an order. */
export const renderStyleList: Renderer<"style_list"> = ({ copy, deps }) =>
  view(
    [
      text(copy.styles.list),
      styleBlock(copy, deps.policy.defaultProduct, [], () => ({ do: "command", name: "headshots" })),
    ],
    [[primary(copy.buttons.newOrder, { do: "command", name: "headshots" })]],
  );
