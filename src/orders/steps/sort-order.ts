import type { StepHandler } from "../../ports/jobs.ts";
import { rankOrder } from "../../pictures/index.ts";
import { orderChange } from "../change.ts";
import type { OrderDeps } from "../order-deps.ts";
import { promptsOf, readOrder } from "../read.ts";

const LOOK_AGAIN_MS = 10 * 60_000;

/** `order.sort`: when the last picture of the round is made, ranks them and delivers the order. */
export function sortOrder(deps: OrderDeps): StepHandler {
  return async (step) => {
    const order = await readOrder(deps, step.subjectId);
    if (
      order === null ||
      order.round !== step.ordinal ||
      (order.state !== "shooting" && order.state !== "sorting")
    ) {
      return { kind: "done" };
    }
    const round = await promptsOf(deps, order.id, order.round);
    if (round.some((prompt) => prompt.state === "waiting" || prompt.state === "working")) {
      return {
        kind: "snooze",
        until: deps.clock.now() + LOOK_AGAIN_MS,
        reason: "pictures are still being made",
      };
    }
    const made = round.filter((prompt) => prompt.state === "done").length;
    const ranking = made === 0 ? { shown: 0, statements: [] } : await rankOrder(deps, order.id);
    const failureCode = made === 0 ? "nothing_made" : "nothing_looks_like_you";
    // Both moves of one batch: nobody ever needs to see an order that is only being sorted.
    const shot = await orderChange(deps, order, { kind: "shot", made });
    if (shot === null) return { kind: "done" };
    if (shot.state !== "sorting") {
      const failed = await orderChange(deps, order, { kind: "shot", made }, { failureCode });
      return { kind: "failed", reason: "no picture could be made", also: failed?.statements ?? [] };
    }
    const sorting = { ...order, state: shot.state, version: order.version + 1 };
    const sorted = await orderChange(
      deps,
      sorting,
      { kind: "sorted", shown: ranking.shown },
      ranking.shown === 0 ? { failureCode } : {},
    );
    return { kind: "done", also: [...shot.statements, ...ranking.statements, ...(sorted?.statements ?? [])] };
  };
}
