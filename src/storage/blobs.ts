import { eq } from "drizzle-orm";
import type { BlobKind, Blobs, ObjectStore, StoredBlob } from "../ports/blobs.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import { readAll, streamOfBytes } from "./cutter.ts";
import { toHex } from "./encoding.ts";
import { FRAME_BYTES, PREFIX_BYTES, seal, unseal } from "./frames.ts";
import { startNaming } from "./naming.ts";
import { createPersonKeyRing, type PersonKeyRing } from "./person-keys.ts";
import { blob } from "./schema.ts";
import { sweepBlobs } from "./sweep.ts";
import { openValue, sealValue, VALUE_NONCE_BYTES } from "./values.ts";

interface BlobParts extends Pick<Deps, "db" | "clock" | "random"> {
  readonly store: ObjectStore;
  readonly masterKey: Uint8Array;
}

type Owner = Awaited<ReturnType<PersonKeyRing["ensure"]>>;

/** A new row, or the one of the same bytes. A row that a sweep is removing (refs -1) is left alone. */
const REGISTER = `INSERT INTO blob (id, person_id, kind, bytes, refs, created_at, changed_at)
VALUES (?, ?, ?, ?, 0, ?, ?)
ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at WHERE refs >= 0
RETURNING refs`;
const KEEP = "UPDATE blob SET refs = refs + 1, changed_at = ? WHERE id = ? AND refs >= 0";
const RELEASE = "UPDATE blob SET refs = refs - 1, changed_at = ? WHERE id = ? AND refs > 0";

/**
 * Sealed blobs over an object store. The row is written before the object and the object never under its name before
 * it is complete, so whatever a crash leaves behind has a row without owners, which the sweep finds.
 */
export function createBlobs(parts: BlobParts): Blobs {
  const { db, clock, random, store } = parts;
  const keyRing = createPersonKeyRing(parts);

  /** Whether somebody owns these bytes already: then the object is known to be complete. */
  async function register(row: StoredBlob, kind: BlobKind): Promise<"new" | "owned"> {
    const now = clock.now();
    const args = [row.id, row.personId, kind, row.bytes, now, now];
    const result = await db.batch([{ sql: REGISTER, args, guard: "not being removed" }]);
    if (!result.ok)
      throw new AppError("CONFLICT", "the same bytes are being removed just now", { retryable: true });
    return Number(result.rows[0]?.[0]?.["refs"] ?? 0) > 0 ? "owned" : "new";
  }

  async function putBytes({ personId, keys }: Owner, kind: BlobKind, bytes: Uint8Array) {
    const naming = startNaming(keys.names);
    for (let at = 0; at === 0 || at < bytes.length; at += FRAME_BYTES)
      await naming.add(Uint8Array.from(bytes.subarray(at, at + FRAME_BYTES)));
    const stored = { personId, ...(await naming.finish()) };
    if ((await register(stored, kind)) === "new")
      await store.write(stored.id, seal(streamOfBytes(bytes), keys, random.bytes(PREFIX_BYTES), null));
    return stored;
  }

  /** The name is known only at the end, so the object waits under another one until then. */
  async function putStream({ personId, keys }: Owner, kind: BlobKind, bytes: ReadableStream<Uint8Array>) {
    const incoming = { id: `incoming-${toHex(random.bytes(16))}`, personId, bytes: 0 };
    await register(incoming, kind);
    const naming = startNaming(keys.names);
    await store.write(incoming.id, seal(bytes, keys, random.bytes(PREFIX_BYTES), naming));
    const stored = { personId, ...(await naming.finish()) };
    if ((await register(stored, kind)) === "new") await store.move(incoming.id, stored.id);
    else await store.remove(incoming.id);
    await db.batch([{ sql: "DELETE FROM blob WHERE id = ?", args: [incoming.id] }]);
    return stored;
  }

  async function open(personId: string, blobId: string) {
    const [row] = await db.orm.select().from(blob).where(eq(blob.id, blobId));
    if (row === undefined) throw new AppError("BLOB_MISSING", "there is no such blob");
    const keys = await keyRing.find(personId, row.personId);
    const sealed = await store.read(blobId);
    if (sealed === null) throw new AppError("BLOB_MISSING", "there is no such blob");
    return { stream: unseal(sealed, keys, blobId), bytes: row.bytes };
  }

  return {
    async put(personId, kind, bytes) {
      const owner = await keyRing.ensure(personId);
      return bytes instanceof Uint8Array ? putBytes(owner, kind, bytes) : putStream(owner, kind, bytes);
    },
    keep: ({ id }) => ({ sql: KEEP, args: [clock.now(), id], guard: "blob" }),
    release: (blobId) => ({ sql: RELEASE, args: [clock.now(), blobId] }),
    async sealValue(personId, bytes) {
      const { keys } = await keyRing.ensure(personId);
      return sealValue(keys, random.bytes(VALUE_NONCE_BYTES), bytes);
    },
    async openValue(personId, sealed) {
      return openValue(await keyRing.all(personId), sealed);
    },
    async open(personId, blobId) {
      return (await open(personId, blobId)).stream;
    },
    async read(personId, blobId) {
      const { stream, bytes } = await open(personId, blobId);
      return readAll(stream, bytes);
    },
    inherit: (from, into) => keyRing.inherit(from, into),
    dropKey: (personId) => keyRing.drop(personId),
    sweep: (limit) => sweepBlobs(parts, limit),
    health: () => store.health(),
  };
}
