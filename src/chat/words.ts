import { STYLES, availableFor } from "../styles/index.ts";
import type { Answer, Turn } from "./answer.ts";
import { CATALOGUES } from "./copy/index.ts";
import { currentCard, currentWith } from "./current-card.ts";
import { styleAnswer } from "./presses/prepare.ts";
import { styleTitle } from "./render/context.ts";

const LONGEST_REPORT = 2000;

/** A fresh code, kept sealed in the message that shows it. */
export async function showLinkCode({ deps, people, who }: Turn): Promise<Answer> {
  const { code, expiresAt } = await people.linkCode(who);
  const sealedCode = await deps.blobs.sealValue(who.personId, new TextEncoder().encode(code));
  return {
    card: { kind: "link", ids: { sealedCode, expiresAt: String(expiresAt) } },
    expects: "link_code",
  };
}

/** Joins this account with the one that the code was shown to. */
export async function redeemCode(turn: Turn, typed: string): Promise<Answer> {
  const outcome = await turn.people.redeemLink(turn.who, typed.trim());
  switch (outcome.kind) {
    case "linked": {
      const to = { ...turn.who, personId: outcome.personId };
      return { card: await currentCard({ ...turn, who: to }), notice: { code: "linked" }, to };
    }
    case "wrong_code":
      return {
        ...(await currentWith(turn, { code: "wrong_code", triesLeft: outcome.triesLeft })),
        expects: "link_code",
      };
    case "too_many_tries":
    case "same_person":
      return currentWith(turn, { code: outcome.kind });
  }
}

export async function sendReport(turn: Turn, words: string): Promise<Answer> {
  const { reportId } = await turn.people.report(turn.who, words.slice(0, LONGEST_REPORT));
  return currentWith(turn, { code: "report_received", reportId });
}

/** The style that a person typed by key or by its name in any language. */
function findStyle(typed: string): string | null {
  const wanted = typed.trim().toLowerCase();
  const names = (key: string): string[] => [
    key,
    ...Object.values(CATALOGUES).map((copy) => styleTitle(copy, key).toLowerCase()),
  ];
  return STYLES.find((style) => names(style.key).includes(wanted))?.key ?? null;
}

/** Words where buttons are expected: a style by name or a number of pictures is taken, all else gets the buttons again. */
export async function answerWords(turn: Turn, words: string): Promise<Answer> {
  const { people, who } = turn;
  const { draft } = await people.overview(who);
  const style = findStyle(words);
  if (style !== null && draft !== null) {
    const outcome = draft.styles.includes(style)
      ? ({ kind: "chosen", order: draft } as const)
      : await people.toggleStyle(who, draft.id, style);
    return styleAnswer(turn, draft.id, outcome);
  }
  if (style !== null) {
    const available = availableFor(turn.deps.policy.defaultProduct).map(({ key }) => key);
    if (!available.includes(style)) {
      return { card: { kind: "style_list" }, notice: { code: "needs_ai", style, available } };
    }
    return { card: { kind: "style_list" } };
  }
  if (draft !== null && /^\d{1,3}$/.test(words.trim())) {
    return styleAnswer(turn, draft.id, await people.setCount(who, draft.id, Number(words.trim())));
  }
  return currentWith(turn, { code: words.trim().startsWith("/") ? "unknown_command" : "tap_a_button" });
}
