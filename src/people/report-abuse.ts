import { write } from "../db/index.ts";
import type { Deps } from "../ports/deps.ts";
import { report } from "./schema.ts";

const MOST_CHARACTERS = 4000;

/** Keeps a complaint for a human to answer. */
export async function reportAbuse(
  deps: Pick<Deps, "db" | "clock" | "ids">,
  complaint: { readonly personId: string; readonly words: string },
): Promise<{ readonly reportId: string }> {
  const reportId = deps.ids.next();
  const words = complaint.words.trim().slice(0, MOST_CHARACTERS);
  await deps.db.batch([
    write(
      deps.db.orm
        .insert(report)
        .values({ id: reportId, personId: complaint.personId, words, state: "open", at: deps.clock.now() }),
    ),
  ]);
  return { reportId };
}
