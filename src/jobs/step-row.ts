import { z } from "zod";
import type { Row } from "../ports/database.ts";
import type { Step } from "../ports/jobs.ts";

const StepRow = z.object({
  id: z.string(),
  subject: z.enum(["order", "selfie", "tune", "prompt", "delivery", "payment", "person", "provider"]),
  subject_id: z.string(),
  kind: z.string(),
  ordinal: z.number(),
  state: z.enum(["ready", "leased", "waiting", "done", "failed", "cancelled", "dead"]),
  needs: z
    .enum(["imaging", "send:web", "send:discord", "send:telegram", "fetch:telegram", "fetch:discord-cdn"])
    .nullable(),
  run_at: z.number(),
  lease_until: z.number().nullable(),
  lease_token: z.string().nullable(),
  attempts: z.number(),
  deadline_at: z.number().nullable(),
  created_at: z.number(),
});

/** A row of `step` as plain SQL returns it. */
export function toStep(row: Row): Step {
  const found = StepRow.parse(row);
  return {
    id: found.id,
    subject: found.subject,
    subjectId: found.subject_id,
    kind: found.kind,
    ordinal: found.ordinal,
    state: found.state,
    needs: found.needs,
    runAt: found.run_at,
    leaseUntil: found.lease_until,
    leaseToken: found.lease_token,
    attempts: found.attempts,
    deadlineAt: found.deadline_at,
    createdAt: found.created_at,
  };
}
