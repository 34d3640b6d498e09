import { AppError } from "../ports/errors.ts";
import type { StepHandler } from "../ports/jobs.ts";
import type { SelfieDeps } from "./selfie-deps.ts";

const LOOK_AGAIN_MS = 30_000;

/** A full disk is emptied by a human; until then a photo waits, however long, instead of being given up. */
export function waitForDisk(deps: Pick<SelfieDeps, "clock">, handler: StepHandler): StepHandler {
  return async (step, run) => {
    try {
      return await handler(step, run);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "DISK_FULL") throw error;
      return { kind: "snooze", until: deps.clock.now() + LOOK_AGAIN_MS, reason: error.message };
    }
  };
}
