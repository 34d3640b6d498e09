import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { explainError, negotiateLanguage } from "../../../src/chat/index.ts";
import type { Language } from "../../../src/ports/chat.ts";
import { AppError } from "../../../src/ports/errors.ts";
import { WORDS, type Words } from "../words/index.ts";
import type { ProblemCode, WireProblem } from "../wire.ts";

const PROBLEMS: Readonly<
  Record<ProblemCode, { readonly status: ContentfulStatusCode; readonly say: (words: Words) => string }>
> = {
  no_visit: { status: 401, say: (words) => words.reload },
  not_understood: { status: 400, say: (words) => words.notUnderstood },
  too_much: { status: 413, say: (words) => words.tooMuch },
  too_fast: { status: 429, say: (words) => words.tooFast },
  consent_first: { status: 409, say: (words) => words.consentFirst },
  not_found: { status: 404, say: (words) => words.notFound },
  failed: { status: 500, say: (words) => words.failed },
};

export function languageOf(c: Context): Language | null {
  return negotiateLanguage(c.req.header("accept-language"));
}

/** An answer that says in one sentence why something was not done. */
export function problem(c: Context, code: ProblemCode): Response {
  const { status, say } = PROBLEMS[code];
  const body: WireProblem = { code, message: say(WORDS[languageOf(c) ?? "en"]) };
  return c.json(body, status);
}

/** A defect as an answer: the cause goes to the log, the person reads a sentence. */
export function failure(c: Context, error: unknown): Response {
  const body: WireProblem = { code: "failed", message: explainError(error, languageOf(c) ?? "en") };
  return c.json(body, failureStatus(error));
}

function failureStatus(error: unknown): ContentfulStatusCode {
  if (!(error instanceof AppError)) return 500;
  if (error.code === "DISK_FULL") return 507;
  return error.retryable ? 503 : 500;
}
