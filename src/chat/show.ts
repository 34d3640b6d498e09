import { raw } from "../db/index.ts";
import { rearmStep, showMessage } from "../jobs/index.ts";
import type { Platform } from "../ports/chat.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import type { Who } from "../ports/for-people.ts";
import { cardKey, idsOf, MESSAGES, type Card } from "./messages.ts";
import { NOTICE_ID, writeNotice, type Notice } from "./notices.ts";

/**
 * Where a card is shown when its message exists already.
 * `bottom`: below what the person just wrote. `near`: where it is if it is the newest message, else at the bottom.
 * `same`: where it is.
 */
export type Place = "bottom" | "near" | "same";

export interface Shown {
  readonly card: Card;
  readonly notice?: Notice | undefined;
  readonly place: Place;
}

type ShowDeps = Pick<Deps, "clock" | "ids" | "db">;

interface Existing {
  readonly id: string;
  readonly platform: Platform;
  readonly wasShown: boolean;
  readonly isNewest: boolean;
}

async function find(deps: ShowDeps, who: Who, key: string): Promise<Existing | null> {
  const [row] = await deps.db.query(
    `SELECT id, platform, message_ref, id = (
        SELECT newest.id FROM delivery newest WHERE newest.person_id = ? AND newest.chat_id = ?
        ORDER BY newest.created_at DESC, newest.id DESC LIMIT 1) AS is_newest
      FROM delivery WHERE coalescing_key = ?`,
    [who.personId, who.chatId, key],
  );
  if (row === undefined) return null;
  return {
    id: String(row["id"]),
    platform: who.platform,
    wasShown: row["message_ref"] !== null,
    isNewest: row["is_newest"] === 1,
  };
}

function sendAgain(deps: ShowDeps, message: Existing): Statement {
  return rearmStep(deps, {
    subject: "delivery",
    subjectId: message.id,
    kind: "deliver",
    needs: message.platform === "cli" ? null : `send:${message.platform}`,
  });
}

/** Gives up the message that `key` named: it shrinks to one line, and the next showing is a new message. */
function fold(deps: ShowDeps, message: Existing, key: string): Statement[] {
  return [
    raw(
      `UPDATE delivery SET coalescing_key = coalescing_key || '#' || id, kind = 'moved', ids = '{}',
        version = version + 1, state = 'pending' WHERE id = ? AND coalescing_key = ?`,
      [message.id, key],
    ),
    sendAgain(deps, message),
  ];
}

/** Shows a card to the person, as statements for the batch of what it answers. */
export async function showCard(deps: ShowDeps, who: Who, shown: Shown): Promise<Statement[]> {
  const { card, notice, place } = shown;
  const key = cardKey(card, who.chatId);
  const before = await find(deps, who, key);
  const statements: Statement[] = [];
  if (before !== null && !before.wasShown) {
    statements.push(
      raw("UPDATE delivery SET created_at = ? WHERE id = ? AND message_ref IS NULL", [
        deps.clock.now(),
        before.id,
      ]),
    );
  } else if (before !== null && (place === "bottom" || (place === "near" && !before.isNewest))) {
    statements.push(...fold(deps, before, key));
  }
  const { importance } = MESSAGES[card.kind];
  const ids = notice === undefined ? idsOf(card) : { ...idsOf(card), [NOTICE_ID]: writeNotice(notice) };
  const to = { personId: who.personId, chatId: who.chatId };
  return [...statements, ...showMessage(deps, { ...to, kind: card.kind, ids, key, importance })];
}

/** Brings a message that stands in the chat up to date, without notice; nothing where it was never shown. */
export async function refreshCard(deps: ShowDeps, who: Who, card: Card): Promise<Statement[]> {
  const before = await find(deps, who, cardKey(card, who.chatId));
  if (before === null || !before.wasShown) return [];
  return [
    raw("UPDATE delivery SET version = version + 1, state = 'pending' WHERE id = ?", [before.id]),
    sendAgain(deps, before),
  ];
}
