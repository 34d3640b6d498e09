import type { ExitCode } from "./command.ts";

/** Why an order did not come to its pictures, and the exit code that says so. */
export interface OrderFailure {
  readonly exit: ExitCode;
  readonly code: string;
  readonly message: string;
}

/** Ends an order's run on the way: an answer for the person, not a defect. */
export class Refused extends Error {
  readonly failure: OrderFailure;
  constructor(failure: OrderFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

export function refuse(exit: ExitCode, code: string, message: string): never {
  throw new Refused({ exit, code, message });
}
