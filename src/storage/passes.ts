import { eq, lt } from "drizzle-orm";
import type { Blobs } from "../ports/blobs.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import { toBase64Url, utf8 } from "./encoding.ts";
import { blob, pass } from "./schema.ts";

export interface NewPass {
  readonly personId: string;
  /** The blob to be read; null for a PUT, which brings one. */
  readonly blobId: string | null;
  readonly method: "GET" | "PUT";
  readonly purpose: string;
  readonly fileName?: string;
  readonly mime?: string;
  readonly expiresAt: number;
  /** The most that a PUT may bring. */
  readonly byteLimit?: number;
  /** A GET that works once. A PUT always does. */
  readonly singleUse?: boolean;
  readonly attemptId?: string;
}

interface PassFacts {
  readonly personId: string;
  readonly purpose: string;
  readonly attemptId: string | null;
  readonly fileName: string | null;
  readonly mime: string | null;
}

export type OpenedPass =
  | (PassFacts & {
      readonly kind: "read";
      readonly bytes: number;
      readonly body: ReadableStream<Uint8Array>;
    })
  | (PassFacts & {
      readonly kind: "write";
      readonly byteLimit: number | null;
      /** Seals what comes and hangs it on the pass; nothing is kept of what is too large or broken off. */
      store(body: ReadableStream<Uint8Array>): Promise<"stored" | "too_large" | "gone">;
    })
  /** Unknown, expired, revoked, used, or its blob is gone: the outside learns no more than that. */
  | { readonly kind: "gone" };

/** Leave for outsiders to read or write one blob by an unguessable link. */
export interface Passes {
  grant(wanted: NewPass): Promise<{ readonly url: string; readonly token: string }>;
  open(token: string, method: "GET" | "PUT"): Promise<OpenedPass>;
  /** Statement that ends every pass of an attempt. */
  revokeFor(attemptId: string): Statement;
  /** Deletes passes that are over; returns how many. */
  sweep(limit: number): Promise<number>;
}

interface PassParts extends Pick<Deps, "db" | "clock" | "random" | "blobs"> {
  readonly siteUrl: string;
}

const INSERT = `INSERT INTO pass (id, person_id, blob_id, method, purpose, file_name, mime, byte_limit, expires_at,
  single_use, attempt_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
/** The only statement that uses a pass up: of two at once, one finds it used. */
const USE = "UPDATE pass SET used_at = ?, blob_id = ? WHERE id = ? AND used_at IS NULL AND expires_at > ?";
const REVOKE = "UPDATE pass SET expires_at = ? WHERE attempt_id = ? AND expires_at > ?";

type Row = typeof pass.$inferSelect;
const GONE = { kind: "gone" } as const;

/** Only the hash of a token is stored: who reads the database can open nothing. */
async function idOf(token: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(token))));
}

export function createPasses(parts: PassParts): Passes {
  const { db, clock, random, blobs } = parts;

  const use = (row: Row, blobId: string | null): Statement => ({
    sql: USE,
    args: [clock.now(), blobId, row.id, clock.now()],
    guard: "unused",
  });

  async function openRead(row: Row): Promise<OpenedPass> {
    if (row.blobId === null) return GONE;
    const [stored] = await db.orm.select({ bytes: blob.bytes }).from(blob).where(eq(blob.id, row.blobId));
    const body = await openIfThere(blobs, row.personId, row.blobId);
    if (stored === undefined || body === null) return GONE;
    if (row.singleUse) {
      const used = await db.batch([use(row, row.blobId)]);
      if (!used.ok) {
        await body.cancel();
        return GONE;
      }
    }
    return { kind: "read", ...factsOf(row), bytes: stored.bytes, body };
  }

  function openWrite(row: Row): OpenedPass {
    return {
      kind: "write",
      ...factsOf(row),
      byteLimit: row.byteLimit,
      async store(body) {
        const limited = limit(body, row.byteLimit ?? Infinity);
        try {
          const stored = await blobs.put(row.personId, "weights", limited.body);
          const used = await db.batch([use(row, stored.id), blobs.keep(stored)]);
          return used.ok ? "stored" : "gone";
        } catch (error) {
          if (limited.isExceeded()) return "too_large";
          if (error instanceof AppError && error.code === "KEY_DROPPED") return "gone";
          throw error;
        }
      },
    };
  }

  return {
    async grant(wanted) {
      const token = toBase64Url(random.bytes(32));
      const { personId, blobId, method, purpose, expiresAt, singleUse = false } = wanted;
      const { fileName = null, mime = null, byteLimit = null, attemptId = null } = wanted;
      const from = [
        await idOf(token),
        personId,
        blobId,
        method,
        purpose,
        fileName,
        mime,
        byteLimit,
        expiresAt,
      ];
      const args = [...from, singleUse ? 1 : 0, attemptId, clock.now()];
      await db.batch([{ sql: INSERT, args }]);
      return { url: `${parts.siteUrl}/files/${token}`, token };
    },
    async open(token, method) {
      const [row] = await db.orm
        .select()
        .from(pass)
        .where(eq(pass.id, await idOf(token)));
      const fits =
        row !== undefined &&
        row.method === method &&
        row.expiresAt > clock.now() &&
        (row.usedAt === null || (method === "GET" && !row.singleUse));
      if (!fits) return GONE;
      return method === "GET" ? openRead(row) : openWrite(row);
    },
    revokeFor: (attemptId) => ({ sql: REVOKE, args: [clock.now(), attemptId, clock.now()] }),
    async sweep(most) {
      const over = await db.orm
        .select()
        .from(pass)
        .where(lt(pass.expiresAt, clock.now()))
        .orderBy(pass.expiresAt)
        .limit(most);
      for (const row of over) {
        // A PUT pass owns the blob that it brought; whoever took it over owns it as well by then.
        const owned = row.method === "PUT" && row.blobId !== null ? [blobs.release(row.blobId)] : [];
        const remove = { sql: "DELETE FROM pass WHERE id = ?", args: [row.id], guard: "still there" };
        await db.batch([remove, ...owned]);
      }
      return over.length;
    },
  };
}

function factsOf({ personId, purpose, attemptId, fileName, mime }: Row): PassFacts {
  return { personId, purpose, attemptId, fileName, mime };
}

async function openIfThere(
  blobs: Blobs,
  personId: string,
  blobId: string,
): Promise<ReadableStream<Uint8Array> | null> {
  try {
    return await blobs.open(personId, blobId);
  } catch (error) {
    if (error instanceof AppError && (error.code === "BLOB_MISSING" || error.code === "KEY_DROPPED"))
      return null;
    throw error;
  }
}

/** Breaks a stream off as soon as it brings more than `most` bytes. */
function limit(source: ReadableStream<Uint8Array>, most: number) {
  let bytes = 0;
  const body = source.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes > most) controller.error(new AppError("BAD_USAGE", "more bytes than the pass allows"));
        else controller.enqueue(chunk);
      },
    }),
  );
  return { body, isExceeded: () => bytes > most };
}
