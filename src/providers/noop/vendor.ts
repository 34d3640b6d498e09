import type { Product, ProviderName } from "../../ports/product.ts";
import type { Provider, RunFailure, RunRequest, RunState } from "../../ports/provider.ts";

/** What goes wrong with one submit, so that every outcome of the submit protocol can be replayed. */
export type NoopFault =
  /** The run starts and is billed, its answer is lost. */
  | "lost_answer"
  /** Nothing starts, and nobody can tell. */
  | "lost_request"
  /** Certainly nothing starts. */
  | "refuse"
  /** Like refuse, and worth another try. */
  | "busy"
  /** The run ends as failed, without a bill. */
  | "fail"
  /** The run ends as failed and is billed. */
  | "out_of_memory"
  /** The run ends well even when it was told to stop. */
  | "late_success";

export interface NoopOptions {
  readonly products: readonly Product[];
  /** Bytes of every output: a small JPEG. */
  readonly output: Uint8Array;
  readonly name?: ProviderName;
  readonly needs?: "imaging" | null;
  /** How often a run says "running" before it ends; 0 = it is over when submit answers. */
  readonly polls?: number;
  /** Micro-dollars per training and per picture. */
  readonly price?: { readonly train: number; readonly render: number };
  readonly expectedMs?: number;
  /** The fault of the nth submit, from 0; null or nothing = none. */
  readonly fault?: (request: RunRequest, nth: number) => NoopFault | null;
  /** How often a look-up answers "unsure" before it knows. */
  readonly unsure?: number;
}

/** A run as the vendor knows it. */
export interface NoopRun {
  readonly externalId: string;
  readonly request: RunRequest;
  readonly fault: NoopFault | null;
  state: RunState;
  pollsLeft: number;
  cancelAsked: boolean;
  failure: RunFailure | null;
  /** Micro-dollars on the vendor's bill. */
  billed: number;
}

/** A callback that the vendor would send; the test delivers it when, in what order and as often as it likes. */
export interface NoopWebhook {
  readonly url: string;
  readonly externalId: string;
  readonly attemptId: string;
  readonly state: RunState;
}

/** A provider with its own books, for tests and benchmarks. */
export interface NoopProvider extends Provider {
  /** Every run that was ever started, oldest first. */
  runs(): readonly NoopRun[];
  /** The vendor's own bill in micro-dollars, to compare the ledger with. */
  bill(): number;
  /** Takes the callbacks that are due, oldest first. */
  takeWebhooks(): readonly NoopWebhook[];
  /** Ends a run now, whatever it was waiting for. */
  finish(externalId: string): void;
  /** Runs whose pictures the vendor was told to delete. */
  erased(): readonly string[];
}
