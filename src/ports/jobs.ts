import type { Statement } from "./database.ts";

/** What a process must be able to do to run a step. */
export type Capability =
  | "imaging"
  | "send:web"
  | "send:discord"
  | "send:telegram"
  | "fetch:telegram"
  | "fetch:discord-cdn";

export type StepSubject =
  | "order"
  | "selfie"
  | "tune"
  | "prompt"
  | "delivery"
  | "payment"
  | "person"
  | "provider";

export type StepState = "ready" | "leased" | "waiting" | "done" | "failed" | "cancelled" | "dead";

/** A durable unit of work on one subject; unique per subject, kind and ordinal. Times are epoch milliseconds. */
export interface Step {
  readonly id: string;
  readonly subject: StepSubject;
  readonly subjectId: string;
  readonly kind: string;
  readonly ordinal: number;
  readonly state: StepState;
  readonly needs: Capability | null;
  readonly runAt: number;
  readonly leaseUntil: number | null;
  readonly leaseToken: string | null;
  /** Runs that ended in an error; a snooze or a wait does not count. */
  readonly attempts: number;
  readonly deadlineAt: number | null;
  readonly createdAt: number;
}

/** A step to be created inside somebody's batch. An existing (subject, kind, ordinal) is left as it is. */
export interface NewStep {
  readonly subject: StepSubject;
  readonly subjectId: string;
  readonly kind: string;
  readonly ordinal?: number;
  readonly needs?: Capability | null;
  readonly runAt?: number;
  readonly deadlineAt?: number | null;
}

/** How a handler ends. `also` is committed in the same guarded batch as the step's new state. */
export type StepOutcome =
  | { readonly kind: "done"; readonly also?: readonly Statement[] }
  /** Nothing to do until `until` or until a webhook or a sibling wakes the step; costs no attempt. */
  | {
      readonly kind: "wait";
      readonly until: number;
      readonly reason: string;
      readonly also?: readonly Statement[];
    }
  /** Try again at `until` without counting an attempt (a limit, a pause, a queue). */
  | {
      readonly kind: "snooze";
      readonly until: number;
      readonly reason: string;
      readonly also?: readonly Statement[];
    }
  /** The person's fault or a final answer: no retry. */
  | { readonly kind: "failed"; readonly reason: string; readonly also?: readonly Statement[] };

/** What a running handler may use. */
export interface StepRun {
  /** Aborted when the lease is lost, the step is cancelled or the process shuts down. */
  readonly signal: AbortSignal;
  /** A statement that fails the batch when this run no longer holds the lease (I12). Put it first in every own batch. */
  readonly fence: Statement;
}

/**
 * Runs one step. An exception is a retry with backoff: `AppError.retryable` false makes the step dead at once,
 * a `retryAfterMs` wins over the backoff. Handlers must be safe to run again from the start (I13).
 */
export type StepHandler = (step: Step, run: StepRun) => Promise<StepOutcome>;

/** Handlers by "subject.kind", for instance "prompt.render". */
export type StepHandlers = Readonly<Record<string, StepHandler>>;

/** Carries wake-ups only; losing or repeating any changes nothing but delay. */
export interface Waker {
  /** Some step may be runnable now. */
  notify(): void;
}
