import { AppError } from "../ports/errors.ts";
import { fromBase64Url, toBase64Url, type Bytes } from "./encoding.ts";
import type { PersonKeys } from "./person-keys.ts";

const VERSION = new Uint8Array([1]);
export const VALUE_NONCE_BYTES = 12;

/** Seals a small value: base64url of version, nonce, ciphertext and tag. */
export async function sealValue(keys: PersonKeys, nonce: Bytes, plain: Uint8Array): Promise<string> {
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: VERSION },
    keys.values,
    Uint8Array.from(plain),
  );
  return toBase64Url(new Uint8Array([...VERSION, ...nonce, ...new Uint8Array(sealed)]));
}

/** Opens a value with whichever of a person's keys sealed it; the tag tells. @throws AppError BLOB_DAMAGED */
export async function openValue(keys: readonly PersonKeys[], sealed: string): Promise<Bytes> {
  const bytes = fromBase64Url(sealed) ?? new Uint8Array();
  const start = VERSION.length + VALUE_NONCE_BYTES;
  let cause: unknown = new TypeError("not a sealed value");
  for (const { values } of bytes[0] === VERSION[0] ? keys : []) {
    try {
      const plain = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: bytes.subarray(VERSION.length, start), additionalData: VERSION },
        values,
        bytes.subarray(start),
      );
      return new Uint8Array(plain);
    } catch (error) {
      cause = error;
    }
  }
  throw new AppError("BLOB_DAMAGED", "a sealed value is damaged", { cause });
}
