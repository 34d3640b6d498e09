import type { Actor } from "../ports/actor.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { unreachable } from "../ports/errors.ts";

interface AuditEntry {
  /** What was done, for instance "refund". */
  readonly action: string;
  readonly subject: string;
  readonly subjectId: string;
  /** Never a face, a link or a secret. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>> | null;
}

const INSERT = `INSERT INTO audit (id, at, actor_kind, actor_id, action, subject, subject_id, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

/** Statement that writes who did what; belongs into the batch of the change itself. */
export function auditEntry(deps: Pick<Deps, "clock" | "ids">, actor: Actor, entry: AuditEntry): Statement {
  const detail = entry.detail === null ? null : JSON.stringify(entry.detail);
  const { action, subject, subjectId } = entry;
  return {
    sql: INSERT,
    args: [deps.ids.next(), deps.clock.now(), actor.kind, actorId(actor), action, subject, subjectId, detail],
  };
}

function actorId(actor: Actor): string {
  switch (actor.kind) {
    case "person":
      return actor.personId;
    case "admin":
      return actor.adminId;
    case "system":
      return actor.name;
    case "webhook":
      return actor.source;
    default:
      return unreachable(actor);
  }
}
