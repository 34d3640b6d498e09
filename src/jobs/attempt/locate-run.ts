import { AppError } from "../../ports/errors.ts";
import type { Provider, RunSnapshot } from "../../ports/provider.ts";
import { describeError } from "../rules/after-error.ts";
import type { AttemptRow } from "./attempt-row.ts";
import { requestOf } from "./request.ts";

export type Located =
  | { readonly kind: "found"; readonly snapshot: RunSnapshot }
  /** Proven that it never began. */
  | { readonly kind: "absent" }
  /** It was there and the provider has forgotten it. */
  | { readonly kind: "gone" }
  /** Nothing can be said now: ask again. */
  | { readonly kind: "unsure"; readonly detail: string };

/** What the provider says of an attempt's run: by its id, or by recognising it when the id was never heard. */
export async function locateRun(provider: Provider, attempt: AttemptRow): Promise<Located> {
  try {
    if (attempt.externalId !== null)
      return { kind: "found", snapshot: await provider.read(attempt.externalId) };
    const found = await provider.find(requestOf(attempt));
    return found.kind === "unsure" ? { kind: "unsure", detail: "the run cannot be looked up yet" } : found;
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND" && attempt.externalId !== null)
      return { kind: "gone" };
    return { kind: "unsure", detail: describeError(error) };
  }
}
