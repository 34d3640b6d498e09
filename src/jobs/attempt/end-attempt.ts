import { raw } from "../../db/index.ts";
import type { Deps } from "../../ports/deps.ts";
import type { StepHandler, StepOutcome, StepState } from "../../ports/jobs.ts";
import { NOT_HERE_MS } from "../rules/limits.ts";
import { GIVE_UP_MS, pollMs } from "../rules/polling.ts";
import { acceptRun, askToStop } from "./accept-run.ts";
import { isLive, LIVE, readAttempt } from "./attempt-row.ts";
import { closeAttempt } from "./close-attempt.ts";
import { isOver } from "./end-run.ts";
import { locateRun } from "./locate-run.ts";

/**
 * `provider.end`: stops the run of an attempt whose step is over and settles it at its real cost (I5, I9). The order
 * bears it, except where another attempt's result was delivered (I10).
 */
export function endAttempt(deps: Pick<Deps, "db" | "clock" | "ids" | "log" | "providers">): StepHandler {
  return async (step) => {
    const found = await readAttempt(deps, step.subjectId);
    if (found === null || !isLive(found.row.state) || !isOverStep(found.stepState)) return { kind: "done" };
    const { row, stepState } = found;
    const now = deps.clock.now();
    const age = now - row.createdAt;
    const later = (reason: string, ms = pollMs(age)): StepOutcome => ({
      kind: "snooze",
      until: now + ms,
      reason,
    });
    const provider = deps.providers.get(row.provider);
    if (provider === undefined) return later(`${row.provider} is not set up here`, NOT_HERE_MS);

    const located = await locateRun(provider, row);
    switch (located.kind) {
      case "absent":
        return { kind: "done", also: await closeAttempt(deps, row, { kind: "absent" }) };
      case "gone": {
        const detail = "the provider has forgotten the run";
        return { kind: "done", also: await closeAttempt(deps, row, { kind: "lost", detail }) };
      }
      case "unsure":
        if (age <= GIVE_UP_MS) return later(located.detail);
        return {
          kind: "done",
          also: await closeAttempt(deps, row, { kind: "lost", detail: located.detail }),
        };
      case "found": {
        const { snapshot } = located;
        if (row.externalId === null) await acceptRun(deps, provider, row, snapshot);
        if (!isOver(snapshot)) {
          await askToStop(deps, provider, row.id, snapshot.externalId);
          const asked = raw(
            `UPDATE attempt SET cancel_asked_at = coalesce(cancel_asked_at, ?) WHERE id = ? AND ${LIVE}`,
            [now, row.id],
          );
          return { kind: "snooze", until: now + pollMs(0), reason: "asked to stop", also: [asked] };
        }
        const toWaste = stepState === "done";
        return {
          kind: "done",
          also: await closeAttempt(deps, row, { kind: "terminal", snapshot, toWaste }),
        };
      }
    }
  };
}

function isOverStep(state: StepState): boolean {
  return state === "done" || state === "failed" || state === "cancelled" || state === "dead";
}
