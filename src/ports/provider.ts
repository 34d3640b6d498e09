import type { ModelFamily, Product, ProviderName, StyleKey } from "./product.ts";

/** Integer millionths of a US dollar. */
export type Micros = number;

export interface Estimate {
  readonly expectedMicros: Micros;
  /** What the provider-side limit really enforces; this much is reserved. */
  readonly ceilingMicros: Micros;
  readonly expectedMs: number;
  readonly priceId: string | null;
}

/** A source photo handed to a provider that works on the photo itself (studio). */
export interface SourcePhoto {
  readonly personId: string;
  readonly blobId: string;
}

export type RunInput =
  | {
      readonly kind: "train";
      readonly tuneId: string;
      readonly product: Product;
      readonly personId: string;
      readonly photos: readonly SourcePhoto[];
      readonly triggerWord: string;
      readonly classWord: string;
      readonly family: ModelFamily;
      readonly steps: number;
    }
  | {
      readonly kind: "render";
      readonly promptId: string;
      readonly product: Product;
      readonly personId: string;
      readonly style: StyleKey;
      readonly seed: number;
      readonly photos: readonly SourcePhoto[];
      readonly tune: {
        readonly id: string;
        readonly externalVersion: string;
        readonly family: ModelFamily;
      } | null;
      readonly promptText: string | null;
      readonly count: number;
    };

/** One external run that somebody paid for or will. `attemptId` and `seed` make it recognisable later. */
export interface RunRequest {
  readonly attemptId: string;
  readonly createdAt: number;
  readonly webhookUrl: string | null;
  readonly input: RunInput;
}

export type FailureClass = "retryable" | "other_provider" | "persons_fault" | "poison";

export interface RunFailure {
  readonly class: FailureClass;
  readonly code: string;
  /** For the operator; no person's data. */
  readonly detail: string;
  readonly retryAfterMs?: number;
}

/** An output to be copied into our storage: bytes at hand or a provider link. */
export type RunOutput =
  | {
      readonly kind: "bytes";
      readonly bytes: Uint8Array;
      readonly mime: string;
      readonly backdropReplaced: boolean;
    }
  | { readonly kind: "link"; readonly url: string; readonly mime: string | null };

export type RunState = "starting" | "running" | "succeeded" | "failed" | "cancelled";

/** What the provider says of a run now. Terminal states are sticky. */
export interface RunSnapshot {
  readonly externalId: string;
  readonly state: RunState;
  /** 0 to 1 when known. */
  readonly progress: number | null;
  readonly queuePosition: number | null;
  readonly outputs: readonly RunOutput[];
  readonly externalVersion: string | null;
  /** Metered cost once terminal; null while unknown. */
  readonly actualMicros: Micros | null;
  readonly failure: RunFailure | null;
}

export type SubmitResult =
  | { readonly kind: "accepted"; readonly snapshot: RunSnapshot }
  /** Certainly nothing was started and nothing is charged. */
  | { readonly kind: "refused"; readonly failure: RunFailure }
  /** The answer was lost: a run may exist. Never re-sent blindly. */
  | { readonly kind: "unknown"; readonly detail: string };

export type FindResult =
  | { readonly kind: "found"; readonly snapshot: RunSnapshot }
  /** Proven absent: sending again is safe. */
  | { readonly kind: "absent" }
  /** Cannot be proven yet; ask again later. */
  | { readonly kind: "unsure" };

export interface ProviderHealth {
  readonly ok: boolean;
  readonly detail: string;
}

/** One vendor. A provider imports ports only, does not write our tables and never retries by itself. */
export interface Provider {
  readonly name: ProviderName;
  readonly products: readonly Product[];
  /** Capability a process needs to run this provider's steps, if any. */
  readonly needs: "imaging" | null;
  estimate(input: RunInput): Promise<Estimate>;
  submit(request: RunRequest, signal: AbortSignal): Promise<SubmitResult>;
  read(externalId: string): Promise<RunSnapshot>;
  find(request: RunRequest): Promise<FindResult>;
  cancel(externalId: string): Promise<void>;
  /** Bytes of one output, wherever they are. */
  collect(output: RunOutput): Promise<{ readonly bytes: Uint8Array; readonly mime: string }>;
  /** Deletes everything the provider keeps of a run. */
  erase(externalId: string): Promise<void>;
  health(): Promise<ProviderHealth>;
}
