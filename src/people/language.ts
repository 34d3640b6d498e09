import { eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Language } from "../ports/chat.ts";
import type { Deps } from "../ports/deps.ts";
import { person } from "./schema.ts";

/** The person's own choice: no longer guessed from the platform. */
export async function setLanguage(
  deps: Pick<Deps, "db">,
  personId: string,
  language: Language,
): Promise<void> {
  await deps.db.batch([
    write(deps.db.orm.update(person).set({ language, languageChosen: true }).where(eq(person.id, personId))),
  ]);
}
