import type { Language } from "../ports/chat.ts";
import { AppError } from "../ports/errors.ts";
import { CATALOGUES } from "./copy/index.ts";

/** One sentence for a person whose event could not be taken; the cause belongs into the log only. */
export function explainError(error: unknown, language: Language): string {
  const words = CATALOGUES[language].errors;
  if (!(error instanceof AppError)) return words.failed;
  if (error.code === "DISK_FULL") return words.full;
  return error.retryable ? words.busy : words.failed;
}
