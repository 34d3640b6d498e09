import type { Block, SquareState } from "../../ports/chat.ts";
import type { OrderDetails } from "../../ports/for-people.ts";
import { button, isDelivered, isWorking, text, view, type RenderContext, type Renderer } from "./context.ts";

type Square = Extract<Block, { kind: "status" }>["squares"][number];

function squares({ copy }: RenderContext, order: OrderDetails): Square[] {
  const words = copy.orders;
  const planned = order.prompts.map((prompt) => prompt.state);
  // Before the pictures are planned each promised one is a waiting square already, so that nothing jumps.
  const states =
    planned.length > 0 || !isWorking(order)
      ? planned
      : Array.from({ length: order.count }, () => "waiting" as const);
  return states.map((state, at) => {
    const shown: SquareState = state === "cancelled" ? "failed" : state;
    return { state: shown, word: words.squareWord(at + 1, words.square[state]) };
  });
}

function etaText({ copy, deps, format }: RenderContext, order: OrderDetails): string | null {
  const words = copy.orders.status;
  if (!isWorking(order) || order.state === "paused_budget" || order.state === "review") return null;
  if (order.late) return (order.ordersAhead ?? 0) > 0 ? words.lateQueue : words.lateMachine;
  if (order.etaAt === null) return words.unknown;
  const left = order.etaAt - deps.clock.now();
  return left <= 0 ? words.anyMoment : words.left(format.duration(left));
}

function lines({ copy }: RenderContext, order: OrderDetails): string[] {
  const words = copy.orders.status;
  if (order.state === "paused_budget") return [words.paused];
  if (order.state === "review") return [words.review];
  if (isDelivered(order)) return [words.done];
  if (!isWorking(order)) return [];
  const done = order.prompts.filter((prompt) => prompt.state === "done").length;
  const failed = order.prompts.filter((prompt) => prompt.state === "failed").length;
  const place =
    order.state === "queued" && order.ordersAhead !== null
      ? order.ordersAhead === 0
        ? words.next
        : words.ahead(order.ordersAhead)
      : "";
  return [
    place,
    order.prompts.length > 0 ? words.made(done, order.prompts.length) : "",
    failed > 0 ? words.failed(failed) : "",
    words.close,
  ];
}

/** The one message that follows an order from Go to the end, edited in place. Before Go there is nothing to follow. */
export const renderStatus: Renderer<"status"> = async (context, { orderId }) => {
  const { copy, people, who } = context;
  const order = await people.order(who, orderId);
  if (order === null || order.goAt === null) return null;
  const working = isWorking(order);
  return view(
    [
      {
        kind: "status",
        stage: copy.orders.states[order.state],
        squares: squares(context, order),
        progress: working ? order.progress : null,
        eta: etaText(context, order),
        live: working,
      },
      text(lines(context, order).filter(Boolean).join(" "), "muted"),
    ],
    working ? [[button(copy.buttons.cancel, { do: "cancel", orderId })]] : [],
  );
};
