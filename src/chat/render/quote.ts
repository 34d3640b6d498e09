import type { QuoteDetails } from "../../ports/for-people.ts";
import {
  button,
  isDelivered,
  isDraft,
  isWorking,
  primary,
  styleTitle,
  text,
  view,
  type RenderContext,
  type Renderer,
} from "./context.ts";

interface Line {
  readonly label: string;
  readonly value: string;
}

function costLines({ copy, format }: RenderContext, quote: QuoteDetails): Line[] {
  const words = copy.orders.quote;
  const lines: Line[] = [
    {
      label: words.cost,
      value:
        quote.ceilingMicros === 0
          ? words.nothing
          : words.expected(format.usd(quote.expectedMicros), format.usd(quote.ceilingMicros)),
    },
  ];
  if (quote.credits > 0) lines.push({ label: words.credits, value: words.creditCount(quote.credits) });
  return lines;
}

/** What an order costs at most, how long it takes and what it makes, before Go. */
export const renderQuote: Renderer<"quote"> = async (context, { orderId }) => {
  const { copy, deps, format, people, who } = context;
  const words = copy.orders.quote;
  const order = await people.order(who, orderId);
  if (order === null) return view([text(copy.notices.no_such_order, "muted")]);
  const { quote } = order;
  const open = isDraft(order);
  const holds = open && quote !== null && quote.expiresAt > deps.clock.now();
  if (quote === null || (open && !holds)) {
    return view(
      [text(open ? words.none : words.over, "muted")],
      open ? [[primary(copy.buttons.price, { do: "quote", orderId })]] : [],
    );
  }
  const running = isWorking(order) || isDelivered(order);
  return view(
    [
      {
        kind: "receipt",
        title: words.title,
        lines: [
          { label: words.product, value: copy.orders.products[quote.product] },
          { label: words.pictures, value: words.picturesIn(quote.count, quote.styles.length) },
          {
            label: words.styles,
            value: quote.styles.map((key) => styleTitle(copy, key)).join("; "),
          },
          ...costLines(context, quote),
          { label: words.time, value: copy.orders.about(format.duration(quote.expectedMs)) },
          { label: words.retake, value: words.retakeFree },
          ...(quote.reusesTune ? [{ label: words.model, value: words.reusesModel }] : []),
        ],
      },
      text(holds ? words.valid(format.time(quote.expiresAt)) : running ? words.started : words.over, "muted"),
    ],
    holds
      ? [
          [primary(copy.buttons.go, { do: "go", quoteId: quote.id })],
          [
            button(copy.buttons.change, { do: "styles", orderId }),
            button(copy.buttons.cancel, { do: "cancel", orderId }),
          ],
        ]
      : [],
  );
};
