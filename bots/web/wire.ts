import type { CommandName, View } from "../../src/ports/chat.ts";
import type { CropKind } from "../../src/ports/imaging.ts";

/** One message of the transcript as the browser gets it. `seq` grows with every change, `at` never changes. */
export interface WireMessage {
  readonly id: string;
  readonly seq: number;
  readonly author: "bot" | "person";
  readonly view: View;
  readonly at: number;
}

/** Says that all is sent that there is. Messages older than `firstAt` are no longer kept and go from the page too. */
export interface WireReady {
  readonly firstAt: number | null;
}

/** What the browser posts when the person did something; `id` is a UUID made in the page, so that a repeat is harmless. */
export interface WireEvent {
  readonly id: string;
  readonly body:
    | { readonly kind: "command"; readonly name: CommandName }
    | { readonly kind: "press"; readonly action: string }
    | { readonly kind: "text"; readonly text: string };
}

/** Why something was not taken, as a code for the page and a sentence for the person. */
export interface WireProblem {
  readonly code: ProblemCode;
  readonly message: string;
}

export type ProblemCode =
  | "no_visit"
  | "not_understood"
  | "too_much"
  | "too_fast"
  | "consent_first"
  | "not_found"
  | "failed";

/** What became of one uploaded file; `id` is the one that the page gave it. */
export interface WireFile {
  readonly id: string;
  readonly outcome: "taken" | "too_large" | "not_looked_at" | "failed";
  readonly message: string;
}

/** What the page is told about the person before it uploads anything. */
export interface WireMe {
  readonly consented: boolean;
}

/** Facts that the server puts into the page for the client. */
export interface PageFacts {
  readonly commands: readonly { readonly name: CommandName; readonly line: string }[];
  /** The outline that belongs to a wanted view, by the words for it. */
  readonly outlines: Readonly<Record<string, string>>;
  /** The crops that every picture can be had in, with their names. */
  readonly crops: readonly { readonly kind: CropKind; readonly name: string }[];
}

/** The contract's limits (DESIGN.md section 8), known on both sides so that a hopeless upload is not begun. */
export const MOST_FILE_BYTES = 25 * 1024 * 1024;
export const MOST_FILES = 40;
