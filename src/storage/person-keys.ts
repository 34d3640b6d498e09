import { eq } from "drizzle-orm";
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

/** Keys of persons, wrapped by a key derived from MASTER_KEY. Read anew each time: a dropped key is dropped at once. */
export interface PersonKeyRing {
  /** Makes the key on first use. @throws AppError KEY_DROPPED */
  ensure(personId: string): Promise<PersonKeys>;
  /** @throws AppError KEY_DROPPED, or BLOB_MISSING when the person never had a key. */
  find(personId: string): Promise<PersonKeys>;
  drop(personId: string): Statement;
}

const INSERT = `INSERT INTO person_key (person_id, key_id, wrapped, created_at) VALUES (?, ?, ?, ?)
ON CONFLICT (person_id) DO NOTHING`;
/** Also for a person without a key, who then never gets one. */
const DROP = `INSERT INTO person_key (person_id, key_id, created_at, dropped_at) VALUES (?, '', ?, ?)
ON CONFLICT (person_id) DO UPDATE SET wrapped = NULL, dropped_at = coalesce(dropped_at, excluded.dropped_at)`;

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

  async function read(personId: string): Promise<PersonKeys | null> {
    const [row] = await db.orm.select().from(personKey).where(eq(personKey.personId, personId));
    if (row === undefined) return null;
    if (row.wrapped === null) throw new AppError("KEY_DROPPED", "this person's data was erased");
    const sealed = fromBase64Url(row.wrapped) ?? new Uint8Array();
    try {
      const root = await crypto.subtle.decrypt(
        {
          name: "AES-GCM",
          iv: sealed.subarray(0, NONCE_BYTES),
          additionalData: boundTo(personId, row.keyId),
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

  return {
    async ensure(personId) {
      const found = await read(personId);
      if (found !== null) return found;
      await make(personId);
      const made = await read(personId);
      if (made === null) throw new AppError("DEFECT", "a person's key was written and is not there");
      return made;
    },
    async find(personId) {
      const found = await read(personId);
      if (found === null) throw new AppError("BLOB_MISSING", "this person has no stored data");
      return found;
    },
    drop: (personId) => ({ sql: DROP, args: [personId, clock.now(), clock.now()] }),
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
