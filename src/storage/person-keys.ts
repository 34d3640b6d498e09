import { eq, inArray, or } from "drizzle-orm";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import { hkdf, deriveSecret } from "./derive.ts";
import { fromBase64Url, toBase64Url, utf8, type Bytes } from "./encoding.ts";
import { personKey } from "./schema.ts";

const NONCE_BYTES = 12;
export const KEY_ID_BYTES = 8;

/** A person's key, opened. Each use has a key of its own, so that no nonce can meet another use's. */
export interface PersonKeys {
  readonly id: Bytes;
  /** AES-256-GCM over frames. */
  readonly frames: CryptoKey;
  /** AES-256-GCM over small values. */
  readonly values: CryptoKey;
  /** HMAC-SHA-256 that names blobs. */
  readonly names: CryptoKey;
}

/**
 * Keys of persons, wrapped by a key derived from MASTER_KEY. Read anew each time: a dropped key is dropped at once.
 * A person who was taken over is their heir: both ids mean the same keys.
 */
export interface PersonKeyRing {
  /** The key that new things are sealed with, made on first use, and whose it is. @throws AppError KEY_DROPPED */
  ensure(personId: string): Promise<{ readonly personId: string; readonly keys: PersonKeys }>;
  /** The key of `sealedFor`. @throws AppError KEY_DROPPED, or BLOB_MISSING when it is not this person's. */
  find(personId: string, sealedFor: string): Promise<PersonKeys>;
  /** The person's own key, then those they took over. @throws AppError KEY_DROPPED, or BLOB_MISSING when there is none. */
  all(personId: string): Promise<readonly PersonKeys[]>;
  inherit(from: string, into: string): Statement[];
  drop(personId: string): Statement;
}

type Row = typeof personKey.$inferSelect;

const INSERT = `INSERT INTO person_key (person_id, key_id, wrapped, created_at) VALUES (?, ?, ?, ?)
ON CONFLICT (person_id) DO NOTHING`;
/** Also for a person without a key, and for all whom they took over. */
const DROP = `INSERT INTO person_key (person_id, key_id, created_at, dropped_at)
SELECT ?, '', ?, ? UNION SELECT person_id, '', ?, ? FROM person_key WHERE heir = ?
ON CONFLICT (person_id) DO UPDATE SET wrapped = NULL, dropped_at = coalesce(dropped_at, excluded.dropped_at)`;
/** Also for a person without a key, who then never gets one of their own. */
const INHERIT = `INSERT INTO person_key (person_id, key_id, created_at, heir) VALUES (?, '', ?, ?)
ON CONFLICT (person_id) DO UPDATE SET heir = excluded.heir`;
const INHERIT_ALL = "UPDATE person_key SET heir = ? WHERE heir = ?";

type KeyRingDeps = Pick<Deps, "db" | "clock" | "random"> & { readonly masterKey: Uint8Array };

export function createPersonKeyRing(deps: KeyRingDeps): PersonKeyRing {
  const { db, clock, random } = deps;
  let wrappingKey: Promise<CryptoKey> | null = null;

  function wrapping(): Promise<CryptoKey> {
    wrappingKey ??= deriveSecret(deps.masterKey, "wrap").then((bytes) =>
      crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]),
    );
    return wrappingKey;
  }

  /** Binds a wrapped key to its row, so that rows cannot be exchanged. */
  const boundTo = (personId: string, keyId: string): Bytes => utf8(`${personId}:${keyId}`);

  async function make(personId: string): Promise<void> {
    const keyId = toBase64Url(random.bytes(KEY_ID_BYTES));
    const nonce = random.bytes(NONCE_BYTES);
    const sealed = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv: nonce, additionalData: boundTo(personId, keyId) },
      await wrapping(),
      random.bytes(32),
    );
    const wrapped = toBase64Url(new Uint8Array([...nonce, ...new Uint8Array(sealed)]));
    await db.batch([{ sql: INSERT, args: [personId, keyId, wrapped, clock.now()] }]);
  }

  async function open(row: Row): Promise<PersonKeys> {
    if (row.wrapped === null) throw new AppError("KEY_DROPPED", "this person's data was erased");
    const sealed = fromBase64Url(row.wrapped) ?? new Uint8Array();
    try {
      const root = await crypto.subtle.decrypt(
        {
          name: "AES-GCM",
          iv: sealed.subarray(0, NONCE_BYTES),
          additionalData: boundTo(row.personId, row.keyId),
        },
        await wrapping(),
        sealed.subarray(NONCE_BYTES),
      );
      return await derive(fromBase64Url(row.keyId) ?? new Uint8Array(), root);
    } catch (cause) {
      throw new AppError(
        "BAD_SETTINGS",
        "MASTER_KEY does not open a stored key: it must be the one that the data was written with",
        { cause },
      );
    }
  }

  async function rowOf(personId: string): Promise<Row | undefined> {
    const [row] = await db.orm.select().from(personKey).where(eq(personKey.personId, personId));
    return row;
  }

  async function ensure(personId: string): ReturnType<PersonKeyRing["ensure"]> {
    const row = await rowOf(personId);
    if (typeof row?.heir === "string") return ensure(row.heir);
    if (row !== undefined) return { personId, keys: await open(row) };
    await make(personId);
    return ensure(personId);
  }

  return {
    ensure,
    async find(personId, sealedFor) {
      const rows = await db.orm
        .select()
        .from(personKey)
        .where(inArray(personKey.personId, [personId, sealedFor]));
      const rowFor = (id: string): Row | undefined => rows.find((row) => row.personId === id);
      const sealer = rowFor(sealedFor);
      const isTheirs = (sealer?.heir ?? sealedFor) === (rowFor(personId)?.heir ?? personId);
      if (sealer === undefined || !isTheirs) throw new AppError("BLOB_MISSING", "there is no such blob");
      return open(sealer);
    },
    async all(personId) {
      const owner = (await rowOf(personId))?.heir ?? personId;
      const rows = await db.orm
        .select()
        .from(personKey)
        .where(or(eq(personKey.personId, owner), eq(personKey.heir, owner)));
      const withKey = rows.filter((row) => row.wrapped !== null || row.droppedAt !== null);
      if (withKey.length === 0) throw new AppError("BLOB_MISSING", "this person has no stored data");
      withKey.sort((a, b) => Number(b.personId === owner) - Number(a.personId === owner));
      return Promise.all(withKey.map(open));
    },
    inherit: (from, into) => [
      { sql: INHERIT, args: [from, clock.now(), into] },
      { sql: INHERIT_ALL, args: [into, from] },
    ],
    drop: (personId) => {
      const now = clock.now();
      return { sql: DROP, args: [personId, now, now, now, now, personId] };
    },
  };
}

async function derive(id: Bytes, root: ArrayBuffer): Promise<PersonKeys> {
  const base = await crypto.subtle.importKey("raw", root, "HKDF", false, ["deriveKey"]);
  const sealing = { name: "AES-GCM", length: 256 };
  const [frames, values, names] = await Promise.all([
    crypto.subtle.deriveKey(hkdf("frames"), base, sealing, false, ["encrypt", "decrypt"]),
    crypto.subtle.deriveKey(hkdf("values"), base, sealing, false, ["encrypt", "decrypt"]),
    crypto.subtle.deriveKey(hkdf("names"), base, { name: "HMAC", hash: "SHA-256", length: 256 }, false, [
      "sign",
    ]),
  ]);
  return { id, frames, values, names };
}
