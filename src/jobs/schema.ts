import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Platform } from "../ports/chat.ts";
import type { Capability, StepState, StepSubject } from "../ports/jobs.ts";
import type { ProviderName } from "../ports/product.ts";

/** Durable units of work. The claim's index is partial, so its SQL must say 'ready' literally. */
export const step = sqliteTable(
  "step",
  {
    id: text("id").primaryKey(),
    subject: text("subject").$type<StepSubject>().notNull(),
    subjectId: text("subject_id").notNull(),
    kind: text("kind").notNull(),
    ordinal: integer("ordinal").notNull().default(0),
    state: text("state").$type<StepState>().notNull(),
    needs: text("needs").$type<Capability>(),
    runAt: integer("run_at").notNull(),
    leaseUntil: integer("lease_until"),
    leaseToken: text("lease_token"),
    attempts: integer("attempts").notNull().default(0),
    deadlineAt: integer("deadline_at"),
    /** Why it is where it is, and what happens next, in words for the console. */
    reason: text("reason"),
    nextAction: text("next_action"),
    createdAt: integer("created_at").notNull(),
    finishedAt: integer("finished_at"),
  },
  (t) => [
    uniqueIndex("step_unique").on(t.subject, t.subjectId, t.kind, t.ordinal),
    index("step_ready")
      .on(t.runAt, t.id)
      .where(sql`state = 'ready'`),
    index("step_waiting")
      .on(t.runAt, t.id)
      .where(sql`state = 'waiting'`),
    index("step_leased")
      .on(t.leaseUntil)
      .where(sql`state = 'leased'`),
    index("step_dead")
      .on(t.id)
      .where(sql`state = 'dead'`),
    index("step_deadline")
      .on(t.deadlineAt)
      .where(sql`deadline_at IS NOT NULL AND state IN ('ready','waiting')`),
  ],
);

export type AttemptState =
  | "intended"
  | "accepted"
  | "running"
  | "succeeded"
  | "failed"
  | "cancelled"
  | "unknown"
  | "lost";

/** One external run of a step at one provider; the truth about money and vendor ids. */
export const attempt = sqliteTable(
  "attempt",
  {
    id: text("id").primaryKey(),
    stepId: text("step_id").notNull(),
    orderId: text("order_id"),
    provider: text("provider").$type<ProviderName>().notNull(),
    state: text("state").$type<AttemptState>().notNull(),
    externalId: text("external_id"),
    seed: integer("seed"),
    request: text("request", { mode: "json" }).$type<unknown>().notNull(),
    failureCode: text("failure_code"),
    failureDetail: text("failure_detail"),
    progress: integer("progress"),
    queuePosition: integer("queue_position"),
    /** A person or the deadline asked the provider to stop. */
    cancelAskedAt: integer("cancel_asked_at"),
    createdAt: integer("created_at").notNull(),
    acceptedAt: integer("accepted_at"),
    finishedAt: integer("finished_at"),
  },
  (t) => [
    uniqueIndex("attempt_external").on(t.provider, t.externalId),
    /** I3: at most one live attempt per step. */
    uniqueIndex("attempt_live")
      .on(t.stepId)
      .where(sql`state IN ('intended','accepted','running','unknown')`),
    index("attempt_order").on(t.orderId),
    /** How long the last runs of a provider took, for estimates. */
    index("attempt_by_end").on(t.provider, t.state, t.id),
    index("attempt_open")
      .on(t.createdAt)
      .where(sql`state IN ('intended','accepted','running','unknown')`),
  ],
);

/** Verified webhooks and chat updates, stored before anything is done with them. */
export const inbox = sqliteTable(
  "inbox",
  {
    id: text("id").primaryKey(),
    source: text("source").notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    body: text("body").notNull(),
    attemptId: text("attempt_id"),
    receivedAt: integer("received_at").notNull(),
    processedAt: integer("processed_at"),
    result: text("result"),
  },
  (t) => [
    uniqueIndex("inbox_dedupe").on(t.source, t.dedupeKey),
    index("inbox_open")
      .on(t.receivedAt)
      .where(sql`processed_at IS NULL`),
  ],
);

export type DeliveryState = "pending" | "sent" | "failed" | "unknown" | "dropped";

/** One message in one chat. A newer state of the same message bumps `version` of the same row and is sent as an edit. */
export const delivery = sqliteTable(
  "delivery",
  {
    id: text("id").primaryKey(),
    personId: text("person_id").notNull(),
    chatId: text("chat_id").notNull(),
    platform: text("platform").$type<Platform>().notNull(),
    address: text("address").notNull(),
    kind: text("kind").notNull(),
    ids: text("ids", { mode: "json" }).$type<Record<string, string>>().notNull(),
    coalescingKey: text("coalescing_key").notNull(),
    importance: text("importance").$type<"result" | "progress">().notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    /** What should be shown, and what was shown last; unequal = work to do. */
    version: integer("version").notNull(),
    shownVersion: integer("shown_version").notNull().default(0),
    messageRef: text("message_ref"),
    shownHash: text("shown_hash"),
    resend: integer("resend", { mode: "boolean" }).notNull().default(false),
    createdAt: integer("created_at").notNull(),
    sentAt: integer("sent_at"),
  },
  (t) => [
    uniqueIndex("delivery_key").on(t.coalescingKey),
    index("delivery_person").on(t.personId, t.createdAt),
    index("delivery_pending")
      .on(t.createdAt)
      .where(sql`state = 'pending'`),
    index("delivery_ended")
      .on(t.createdAt, t.id)
      .where(sql`state <> 'pending'`),
  ],
);

/** Append-only history of what happened to a subject, for the console's timeline and the history checker. */
export const event = sqliteTable(
  "event",
  {
    id: text("id").primaryKey(),
    at: integer("at").notNull(),
    subject: text("subject").notNull(),
    subjectId: text("subject_id").notNull(),
    kind: text("kind").notNull(),
    detail: text("detail", { mode: "json" }).$type<Record<string, string | number | boolean | null>>(),
  },
  (t) => [index("event_subject").on(t.subject, t.subjectId, t.id), index("event_at").on(t.at)],
);
