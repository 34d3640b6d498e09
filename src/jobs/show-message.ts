import { raw } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { REARM } from "./add-step.ts";

export interface NewMessage {
  readonly personId: string;
  readonly chatId: string;
  readonly kind: string;
  /** Ids that the renderer needs, by name. */
  readonly ids: Readonly<Record<string, string>>;
  /** Messages with the same key are one message: a newer one is shown by editing it. */
  readonly key: string;
  readonly importance: "result" | "progress";
  readonly delayMs?: number;
}

/**
 * Has a message shown in a chat, or a shown one brought up to date. Does nothing for a chat that takes no more messages
 * or that nobody reads (the command line).
 */
export function showMessage(deps: Pick<Deps, "clock" | "ids">, message: NewMessage): Statement[] {
  const now = deps.clock.now();
  return [
    raw(
      `INSERT INTO delivery
(id, person_id, chat_id, platform, address, kind, ids, coalescing_key, importance, state, version, created_at)
SELECT ?, ?, id, platform, address, ?, ?, ?, ?, 'pending', 1, ? FROM chat
WHERE id = ? AND gone_at IS NULL AND platform <> 'cli'
ON CONFLICT (coalescing_key) DO UPDATE SET person_id = excluded.person_id, kind = excluded.kind, ids = excluded.ids,
importance = excluded.importance, state = 'pending', version = version + 1, resend = 0`,
      [
        deps.ids.next(),
        message.personId,
        message.kind,
        JSON.stringify(message.ids),
        message.key,
        message.importance,
        now,
        message.chatId,
      ],
    ),
    raw(
      `INSERT INTO step (id, subject, subject_id, kind, ordinal, state, needs, run_at, created_at)
SELECT ?, 'delivery', id, 'deliver', 0, 'ready', 'send:' || platform, ?, ? FROM delivery
WHERE coalescing_key = ? AND state = 'pending' ${REARM}`,
      [deps.ids.next(), now + (message.delayMs ?? 0), now, message.key],
    ),
  ];
}
