import type { Deps } from "../../ports/deps.ts";
import type { StepHandler } from "../../ports/jobs.ts";

export type EndDeps = Pick<Deps, "db" | "clock" | "ids" | "log" | "providers">;

export function endAttempt(_deps: EndDeps): StepHandler {
  return () => Promise.resolve({ kind: "done" });
}
