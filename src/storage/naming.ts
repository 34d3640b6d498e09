import { toHex, type Bytes } from "./encoding.ts";

const DIGEST_BYTES = 32;

/**
 * Names a blob by what is in it: HMAC-SHA-256, under the person's key, over the SHA-256 digests of its plain frames.
 * WebCrypto has no streaming HMAC; the digests stand for the frames, whose borders are fixed, so equal bytes get
 * equal names. Nobody without the key can tell whether a known picture is stored.
 */
export interface Naming {
  add(frame: Bytes): Promise<void>;
  finish(): Promise<{ readonly id: string; readonly bytes: number }>;
}

export function startNaming(key: CryptoKey): Naming {
  const digests: Uint8Array[] = [];
  let bytes = 0;
  return {
    async add(frame) {
      digests.push(new Uint8Array(await crypto.subtle.digest("SHA-256", frame)));
      bytes += frame.length;
    },
    async finish() {
      const all = new Uint8Array(digests.length * DIGEST_BYTES);
      digests.forEach((digest, at) => all.set(digest, at * DIGEST_BYTES));
      return { id: toHex(new Uint8Array(await crypto.subtle.sign("HMAC", key, all))), bytes };
    },
  };
}
