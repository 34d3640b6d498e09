import { and, asc, eq, gt, min } from "drizzle-orm";
import { raw } from "../../../src/db/index.ts";
import type { View } from "../../../src/ports/chat.ts";
import type { Statement } from "../../../src/ports/database.ts";
import type { Deps } from "../../../src/ports/deps.ts";
import { webMessage } from "../schema.ts";
import type { WireMessage, WireReady } from "../wire.ts";

interface Entry {
  readonly id: string;
  readonly address: string;
  readonly author: "bot" | "person";
  readonly view: View;
  readonly now: number;
}

/**
 * `seq` and the time of a message grow strictly within an address, whoever writes at once. Both start at the clock, so
 * that they go on growing after a transcript was erased and a page that was away still learns of what came since.
 */
const INSERT = `INSERT INTO web_message (id, address, seq, author, view, created_at, changed_at)
  SELECT ?, ?, max(?, coalesce(max(seq), 0) + 1), ?, ?, max(?, coalesce(max(created_at), 0) + 1), ?
  FROM web_message WHERE address = ?`;

function args({ id, address, author, view, now }: Entry): (string | number)[] {
  return [id, address, now, author, JSON.stringify(view), now, now, address];
}

/**
 * Writes a message or brings it up to date where it stands; the same view again changes nothing. `belowPerson` moves it
 * to the end when the person spoke last: the sheet of photos answers the photos above it.
 */
export function showInTranscript(
  entry: Entry,
  { belowPerson }: { readonly belowPerson: boolean },
): Statement {
  const spokeLast = `(SELECT last.author FROM web_message last WHERE last.address = excluded.address
    ORDER BY last.created_at DESC LIMIT 1) = 'person'`;
  const place = belowPerson
    ? `, created_at = CASE WHEN ${spokeLast} THEN excluded.created_at ELSE web_message.created_at END`
    : "";
  return raw(
    `${INSERT} ON CONFLICT (id) DO UPDATE
      SET view = excluded.view, seq = excluded.seq, changed_at = excluded.changed_at${place}
      WHERE web_message.address = excluded.address AND web_message.view <> excluded.view`,
    args(entry),
  );
}

/** Writes what the person said, once. */
export function sayInTranscript(entry: Omit<Entry, "author">): Statement {
  return raw(`${INSERT} ON CONFLICT (id) DO NOTHING`, args({ ...entry, author: "person" }));
}

/** Adds a photo to the message that names the photos a person sent together; the same file again changes nothing. */
export function addPhotoToTranscript(
  message: { readonly id: string; readonly address: string; readonly now: number },
  photo: { readonly fileId: string; readonly name: string | null },
): Statement[] {
  const { id, address, now } = message;
  const empty: View = {
    blocks: [{ kind: "selfies", selfies: [], summary: "", wanted: [] }],
    buttons: [],
  };
  const item = {
    selfieId: photo.fileId,
    name: photo.name,
    verdict: "checking",
    word: "",
    advice: "",
    buttons: [],
  };
  return [
    sayInTranscript({ id, address, view: empty, now }),
    raw(
      `UPDATE web_message SET
          view = json_insert(view, '$.blocks[0].selfies[#]', json(?)), changed_at = ?,
          seq = (SELECT max(?, max(other.seq) + 1) FROM web_message other WHERE other.address = ?)
        WHERE id = ? AND address = ? AND author = 'person' AND NOT EXISTS (
          SELECT 1 FROM json_each(view, '$.blocks[0].selfies') WHERE json_extract(value, '$.selfieId') = ?)`,
      [JSON.stringify(item), now, now, address, id, address, photo.fileId],
    ),
  ];
}

/** Messages that are new or changed after `seq`, in the order of change. */
export async function messagesAfter(
  { db }: Pick<Deps, "db">,
  address: string,
  seq: number,
  most: number,
): Promise<WireMessage[]> {
  const rows = await db.orm
    .select()
    .from(webMessage)
    .where(and(eq(webMessage.address, address), gt(webMessage.seq, seq)))
    .orderBy(asc(webMessage.seq))
    .limit(most);
  return rows.map(({ id, seq, author, view, createdAt }) => ({ id, seq, author, view, at: createdAt }));
}

export async function transcriptStart({ db }: Pick<Deps, "db">, address: string): Promise<WireReady> {
  const [row] = await db.orm
    .select({ firstAt: min(webMessage.createdAt) })
    .from(webMessage)
    .where(eq(webMessage.address, address));
  return { firstAt: row?.firstAt ?? null };
}

/** Deletes a person's transcripts; the shape is that of the erasers of `people`. */
export function eraseTranscript({ db }: Pick<Deps, "db">): (personId: string) => Promise<{
  readonly counts: Readonly<Record<string, number>>;
  readonly statements: readonly Statement[];
  readonly done: boolean;
}> {
  const theirs = `address IN (SELECT address FROM chat WHERE platform = 'web'
    AND (person_id = ? OR person_id IN (SELECT id FROM person WHERE merged_into = ?)))`;
  return async (personId) => {
    const who = [personId, personId];
    const [row] = await db.query(`SELECT count(*) AS messages FROM web_message WHERE ${theirs}`, who);
    return {
      counts: { messages: Number(row?.["messages"] ?? 0) },
      statements: [raw(`DELETE FROM web_message WHERE ${theirs}`, who)],
      done: true,
    };
  };
}
