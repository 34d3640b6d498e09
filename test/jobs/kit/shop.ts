import { eq } from "drizzle-orm";
import { raw } from "../../../src/db/index.ts";
import {
  addStep,
  cancelSteps,
  recordEvent,
  runAttempt,
  showMessage,
  wakeStep,
} from "../../../src/jobs/index.ts";
import { delivery } from "../../../src/jobs/schema.ts";
import { budgetScopes } from "../../../src/money/index.ts";
import { orders } from "../../../src/orders/schema.ts";
import type { Deps } from "../../../src/ports/deps.ts";
import { AppError } from "../../../src/ports/errors.ts";
import type { Statement } from "../../../src/ports/database.ts";
import type { Step, StepHandler, StepHandlers } from "../../../src/ports/jobs.ts";
import type { Provider } from "../../../src/ports/provider.ts";

export type ShopDeps = Pick<
  Deps,
  "db" | "clock" | "ids" | "random" | "log" | "policy" | "providers" | "waker"
>;

/** How one sending of a message ends. */
export type SendAnswer = "sent" | "unknown";

/** The smallest trade that needs everything of the durable core: orders of pictures made by two providers, delivered to a chat. */
export interface Shop {
  readonly handlers: StepHandlers;
  onDead(step: Step): Promise<readonly Statement[]>;
  /** Places an order; false when it exists. */
  order(orderId: string, parts: number): Promise<boolean>;
  /** Cancels it; false when it is over. */
  cancel(orderId: string): Promise<boolean>;
}

export const PERSON = "person";
export const CHAT = "chat";
export const PART_DEADLINE_MS = 10 * 60_000;

export const openChat: Statement = raw(
  "INSERT INTO chat (id, person_id, platform, address, created_at) VALUES (?, ?, 'web', 'a', 0) ON CONFLICT DO NOTHING",
  [CHAT, PERSON],
);

export function openShop(
  deps: ShopDeps,
  makers: readonly [first: Provider, second: Provider],
  send: (deliveryId: string, version: number, signal: AbortSignal) => Promise<SendAnswer>,
): Shop {
  const { db } = deps;
  const wakeOrder = (orderId: string): Statement =>
    wakeStep(deps, { subject: "order", subjectId: orderId, kind: "finish" });

  function move(orderId: string, to: "delivered" | "failed" | "cancelled", guard?: string): Statement[] {
    const now = deps.clock.now();
    return [
      raw(
        "UPDATE orders SET state = ?, version = version + 1, updated_at = ?, finished_at = ? WHERE id = ? AND state = 'shooting'",
        [to, now, now, orderId],
        guard,
      ),
      recordEvent(deps, { subject: "order", subjectId: orderId, kind: to, detail: { from: "shooting", to } }),
      ...showMessage(deps, {
        personId: PERSON,
        chatId: CHAT,
        kind: to,
        ids: { orderId },
        key: `${to}:${orderId}`,
        importance: "result",
      }),
    ];
  }

  const render: StepHandler = async (step, run) => {
    const orderId = step.subjectId.split(".")[0] ?? "";
    const provider = makers[step.ordinal === 0 ? 0 : 1];
    return runAttempt(deps, step, run, {
      provider,
      orderId,
      budgetScopes: budgetScopes(deps, { provider: provider.name, personId: PERSON }),
      webhookUrl: (attemptId) => `https://example.test/${attemptId}`,
      deadlineMs: PART_DEADLINE_MS,
      input: {
        kind: "render",
        promptId: step.subjectId,
        product: "best",
        personId: PERSON,
        style: "city",
        seed: 1,
        photos: [],
        tune: null,
        promptText: null,
        count: 1,
      },
      succeeded: async (_snapshot, attemptId) => [
        recordEvent(deps, {
          subject: "prompt",
          subjectId: step.subjectId,
          kind: "made",
          detail: { attemptId },
        }),
        wakeOrder(orderId),
      ],
      async failed(failure) {
        if (failure.class === "retryable")
          throw new AppError("PROVIDER_FAILED", failure.detail, { retryable: true });
        const elsewhere = failure.class === "other_provider" && step.ordinal === 0;
        const { subject, subjectId, kind } = step;
        const also = elsewhere ? [addStep(deps, { subject, subjectId, kind, ordinal: 1 })] : [];
        return { kind: "failed", reason: failure.code, also: [...also, wakeOrder(orderId)] };
      },
    });
  };

  const finish: StepHandler = async (step) => {
    const [order] = await db.orm.select().from(orders).where(eq(orders.id, step.subjectId));
    if (order?.state !== "shooting") return { kind: "done" };
    const parts = await db.query(
      "SELECT subject_id, state FROM step WHERE subject = 'prompt' AND substr(subject_id, 1, length(?) + 1) = ? || '.'",
      [order.id, order.id],
    );
    if (parts.some(({ state }) => state === "ready" || state === "leased" || state === "waiting"))
      return { kind: "wait", until: deps.clock.now() + 3_600_000, reason: "parts are being made" };
    const made = parts.some(({ state }) => state === "done");
    return { kind: "done", also: move(order.id, made ? "delivered" : "failed", "order") };
  };

  const deliver: StepHandler = async (step, run) => {
    const [row] = await db.orm.select().from(delivery).where(eq(delivery.id, step.subjectId));
    if (row === undefined || row.version <= row.shownVersion) return { kind: "done" };
    const answer = await send(row.id, row.version, run.signal);
    if (answer === "unknown" && !row.resend) {
      return {
        kind: "snooze",
        until: deps.clock.now() + 15_000,
        reason: "sent again in case the first did not arrive",
        also: [raw("UPDATE delivery SET resend = 1 WHERE id = ?", [row.id])],
      };
    }
    return {
      kind: "done",
      also: [
        raw(
          `UPDATE delivery SET shown_version = ?, message_ref = 'm', sent_at = ?, resend = 0,
state = CASE WHEN version = ? THEN ? ELSE 'pending' END WHERE id = ?`,
          [row.version, deps.clock.now(), row.version, answer === "sent" ? "sent" : "unknown", row.id],
        ),
      ],
    };
  };

  return {
    handlers: { "prompt.render": render, "order.finish": finish, "delivery.deliver": deliver },
    async onDead(step) {
      if (step.subject === "prompt") return [wakeOrder(step.subjectId.split(".")[0] ?? "")];
      return step.subject === "order" ? move(step.subjectId, "failed") : [];
    },
    async order(orderId, parts) {
      const now = deps.clock.now();
      const placed = await db.batch([
        raw(
          `INSERT INTO orders (id, person_id, chat_id, face_id, state, product, styles, count, created_at, updated_at)
VALUES (?, ?, ?, ?, 'shooting', 'best', '[]', ?, ?, ?) ON CONFLICT DO NOTHING`,
          [orderId, PERSON, CHAT, orderId, parts, now, now],
          "new",
        ),
        ...Array.from({ length: parts }, (_, part) =>
          addStep(deps, { subject: "prompt", subjectId: `${orderId}.${part}`, kind: "render" }),
        ),
        addStep(deps, { subject: "order", subjectId: orderId, kind: "finish" }),
      ]);
      deps.waker.notify();
      return placed.ok;
    },
    async cancel(orderId) {
      const parts = await db.query(
        "SELECT DISTINCT subject_id FROM step WHERE subject = 'prompt' AND substr(subject_id, 1, length(?) + 1) = ? || '.'",
        [orderId, orderId],
      );
      const reason = "the order was cancelled";
      const result = await db.batch([
        ...move(orderId, "cancelled", "order"),
        ...cancelSteps(deps, { subject: "order", subjectId: orderId, reason }),
        ...parts.flatMap((part) =>
          cancelSteps(deps, { subject: "prompt", subjectId: String(part["subject_id"]), reason }),
        ),
      ]);
      deps.waker.notify();
      return result.ok;
    },
  };
}
