export { addStep, rearmStep } from "./add-step.ts";
export { runAttempt, type AttemptPlan } from "./attempt/run-attempt.ts";
export { cancelSteps } from "./cancel-steps.ts";
export { localWaker, type LocalWaker } from "./local-waker.ts";
export { recordEvent } from "./record-event.ts";
export { retryStep } from "./retry-step.ts";
export { createRunner, type Runner, type RunnerOptions } from "./runner.ts";
export { showMessage, type NewMessage } from "./show-message.ts";
export { wakeStep } from "./wake-step.ts";
