import { eq } from "drizzle-orm";
import { raw } from "../db/index.ts";
import { delivery } from "../jobs/schema.ts";
import { chat } from "../people/schema.ts";
import type { DeliveryRow, SendResult, View } from "../ports/chat.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import type { ForPeople } from "../ports/for-people.ts";
import type { Step, StepHandler, StepOutcome, StepRun } from "../ports/jobs.ts";
import { renderDelivery, type RenderDeps } from "./render/index.ts";

type DeliverDeps = RenderDeps & Pick<Deps, "senders" | "log">;

/** A result whose first sending may or may not have arrived is sent once more after this long. */
const REPEAT_AFTER_MS = 15_000;

/** As often as a message may change under our hands before another run has to go on. */
const MOST_VERSIONS = 5;

type Loaded = typeof delivery.$inferSelect & { readonly chatGone: boolean };

async function load(deps: DeliverDeps, id: string): Promise<Loaded | null> {
  const [row] = await deps.db.orm
    .select({ delivery, goneAt: chat.goneAt })
    .from(delivery)
    .leftJoin(chat, eq(chat.id, delivery.chatId))
    .where(eq(delivery.id, id));
  return row === undefined ? null : { ...row.delivery, chatGone: row.goneAt !== null };
}

async function hashOf(view: View): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(view));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What was shown and that it was; a version that came meanwhile stays pending. */
function wasSent(row: Loaded, messageRef: string, hash: string, now: number): Statement {
  return raw(
    `UPDATE delivery SET message_ref = ?, shown_hash = ?, shown_version = ?, sent_at = ?, resend = 0,
      state = CASE WHEN version = ? THEN 'sent' ELSE 'pending' END WHERE id = ?`,
    [messageRef, hash, row.version, now, row.version, row.id],
  );
}

/** Ends this version without its being shown. */
function endedAs(row: Loaded, state: "dropped" | "unknown"): Statement {
  return raw(
    `UPDATE delivery SET shown_version = ?, resend = 0,
      state = CASE WHEN version = ? THEN ? ELSE 'pending' END WHERE id = ?`,
    [row.version, row.version, state, row.id],
  );
}

type After =
  | { readonly kind: "ended"; readonly statements: readonly Statement[] }
  | {
      readonly kind: "again";
      readonly inMs: number;
      readonly reason: string;
      readonly statements: readonly Statement[];
    };

function afterSend(deps: DeliverDeps, row: Loaded, hash: string, sent: SendResult): After {
  const now = deps.clock.now();
  switch (sent.kind) {
    case "sent":
      return { kind: "ended", statements: [wasSent(row, sent.messageRef, hash, now)] };
    case "gone":
      return {
        kind: "ended",
        statements: [
          raw("UPDATE chat SET gone_at = ? WHERE id = ? AND gone_at IS NULL", [now, row.chatId]),
          endedAs(row, "dropped"),
        ],
      };
    case "later":
      return {
        kind: "again",
        inMs: sent.retryAfterMs,
        reason: "the platform asked to wait",
        statements: [],
      };
    case "unknown":
      if (row.importance === "progress") return { kind: "ended", statements: [endedAs(row, "dropped")] };
      if (row.resend) return { kind: "ended", statements: [endedAs(row, "unknown")] };
      return {
        kind: "again",
        inMs: REPEAT_AFTER_MS,
        reason: "the answer was lost: the result is sent once more",
        statements: [raw("UPDATE delivery SET resend = 1 WHERE id = ?", [row.id])],
      };
  }
}

async function commit(deps: DeliverDeps, run: StepRun, statements: readonly Statement[]): Promise<void> {
  if (statements.length === 0) return;
  const result = await deps.db.batch([run.fence, ...statements]);
  if (!result.ok) throw new AppError("LEASE_LOST", "another run holds this delivery", { retryable: true });
}

function deliveryRow(row: Loaded): DeliveryRow {
  const { id, personId, chatId, platform, address, kind, ids } = row;
  const { importance, version, messageRef, shownHash, resend } = row;
  return {
    id,
    personId,
    chatId,
    platform,
    address,
    kind,
    ids,
    importance,
    version,
    messageRef,
    shownHash,
    resend,
  };
}

/** Shows one version of a message. */
async function showOnce(
  deps: DeliverDeps,
  people: ForPeople,
  row: Loaded,
  signal: AbortSignal,
): Promise<After> {
  if (row.chatGone) return { kind: "ended", statements: [endedAs(row, "dropped")] };
  const message = deliveryRow(row);
  const view = await renderDelivery(deps, people, message);
  if (view === null) return { kind: "ended", statements: [endedAs(row, "dropped")] };
  const hash = await hashOf(view);
  const { messageRef, platform } = row;
  if (messageRef !== null && hash === row.shownHash) {
    return { kind: "ended", statements: [wasSent(row, messageRef, hash, row.sentAt ?? deps.clock.now())] };
  }
  const sender = deps.senders.get(platform);
  if (sender === undefined) {
    return {
      kind: "again",
      inMs: 60_000,
      reason: `${platform} is not set up in this process`,
      statements: [],
    };
  }
  return afterSend(deps, row, hash, await sender.send(message, view, signal));
}

/**
 * `delivery.deliver`: shows a message as it should be now. Newer versions that arrive meanwhile are shown in the same
 * run; a repeat after a crash edits or finds nothing to do, except where the first sending's answer was lost.
 */
export function deliverMessage(deps: DeliverDeps, people: ForPeople): StepHandler {
  return async (step: Step, run: StepRun): Promise<StepOutcome> => {
    for (let shown = 0; shown < MOST_VERSIONS; shown++) {
      const row = await load(deps, step.subjectId);
      if (row === null || row.version <= row.shownVersion) return { kind: "done" };
      const after = await showOnce(deps, people, row, run.signal);
      await commit(deps, run, after.statements);
      if (after.kind === "again") {
        return { kind: "snooze", until: deps.clock.now() + after.inMs, reason: after.reason };
      }
    }
    return { kind: "snooze", until: deps.clock.now(), reason: "the message keeps changing" };
  };
}
