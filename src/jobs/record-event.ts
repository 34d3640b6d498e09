import { raw } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";

/** Adds to the history of a subject. Details hold ids and numbers, never a person's data. */
export function recordEvent(
  deps: Pick<Deps, "clock" | "ids">,
  event: {
    readonly subject: string;
    readonly subjectId: string;
    readonly kind: string;
    readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
  },
): Statement {
  return raw("INSERT INTO event (id, at, subject, subject_id, kind, detail) VALUES (?, ?, ?, ?, ?, ?)", [
    deps.ids.next(),
    deps.clock.now(),
    event.subject,
    event.subjectId,
    event.kind,
    event.detail === undefined ? null : JSON.stringify(event.detail),
  ]);
}
