import { and, eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { ChatAccount, Language } from "../ports/chat.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import type { Who } from "../ports/for-people.ts";
import { sha256 } from "./hash.ts";
import { isLasting } from "./rules.ts";
import { chat, identity, person } from "./schema.ts";

/** What a new Discord or Telegram account is given, once for ever per `key`, also after an erasure. */
export type Welcome = (personId: string, key: string) => readonly Statement[];

type MeetDeps = Pick<Deps, "db" | "clock" | "ids">;

const RACES = 5;

/**
 * Finds the person behind an account, or makes one at first contact, and the chat to answer in. Any number of first
 * messages at once make one person. The language is the platform's guess until the person chooses one.
 */
export async function meetPerson(
  deps: MeetDeps,
  account: ChatAccount,
  address: string,
  language: Language | null,
  welcome: Welcome,
): Promise<Who> {
  for (let tried = 0; tried < RACES; tried++) {
    const known = await findAccount(deps, account, address);
    const unchanged =
      known !== null && !known.gone && (language === null || known.chosen || known.language === language);
    if (unchanged && known.chatId !== null)
      return who(account, { ...known, chatId: known.chatId, isNew: false });
    const met =
      known === null
        ? await firstContact(deps, account, address, language ?? "en", welcome)
        : await refresh(deps, account, address, known, language);
    if (met !== null) return met;
  }
  throw new AppError("CONFLICT", "a person was met too often at the same moment", { retryable: true });
}

interface Known {
  readonly personId: string;
  readonly language: Language;
  readonly chosen: boolean;
  readonly chatId: string | null;
  readonly gone: boolean;
}

function who(
  account: ChatAccount,
  met: { personId: string; chatId: string; language: Language; isNew: boolean },
): Who {
  const { personId, chatId, language, isNew } = met;
  return { personId, chatId, platform: account.platform, language, isNew };
}

async function findAccount(deps: MeetDeps, account: ChatAccount, address: string): Promise<Known | null> {
  const [row] = await deps.db.orm
    .select({
      personId: person.id,
      language: person.language,
      chosen: person.languageChosen,
      chatId: chat.id,
      goneAt: chat.goneAt,
    })
    .from(identity)
    .innerJoin(person, eq(person.id, identity.personId))
    .leftJoin(
      chat,
      and(
        eq(chat.platform, identity.platform),
        eq(chat.address, address),
        eq(chat.personId, identity.personId),
      ),
    )
    .where(and(eq(identity.platform, account.platform), eq(identity.externalId, account.externalId)));
  return row === undefined ? null : { ...row, gone: row.goneAt !== null };
}

/** Null when somebody else made the person first. */
async function firstContact(
  deps: MeetDeps,
  account: ChatAccount,
  address: string,
  language: Language,
  welcome: Welcome,
): Promise<Who | null> {
  const { platform, externalId } = account;
  const createdAt = deps.clock.now();
  const personId = deps.ids.next();
  const chatId = deps.ids.next();
  const orm = deps.db.orm;
  const gift = isLasting(account) ? welcome(personId, await sha256(`free:${platform}:${externalId}`)) : [];
  const made = await deps.db.batch([
    write(orm.insert(identity).values({ id: deps.ids.next(), personId, platform, externalId, createdAt })),
    write(orm.insert(person).values({ id: personId, language, createdAt })),
    write(orm.insert(chat).values({ id: chatId, personId, platform, address, createdAt })),
    ...gift,
  ]);
  if (made.ok) return who(account, { personId, chatId, language, isNew: true });
  if (made.kind === "constraint" && made.index === 0) return null;
  throw new AppError("DATABASE_FAILED", "a new person was refused");
}

/** Adds the chat, takes note that it answers again, and follows the platform's language. */
async function refresh(
  deps: MeetDeps,
  account: ChatAccount,
  address: string,
  known: Known,
  language: Language | null,
): Promise<Who | null> {
  const { platform } = account;
  const orm = deps.db.orm;
  const { personId } = known;
  const chatId = known.chatId ?? deps.ids.next();
  const now = known.chosen ? known.language : (language ?? known.language);
  const done = await deps.db.batch([
    write(
      orm
        .insert(chat)
        .values({ id: chatId, personId, platform, address, createdAt: deps.clock.now() })
        .onConflictDoUpdate({ target: [chat.platform, chat.address, chat.personId], set: { goneAt: null } }),
    ),
    write(
      orm
        .update(person)
        .set({ language: now })
        .where(and(eq(person.id, personId), eq(person.languageChosen, false))),
    ),
  ]);
  // Another message may have added the chat under its own id: read it again.
  return done.ok && known.chatId !== null
    ? who(account, { personId, chatId, language: now, isNew: false })
    : null;
}
