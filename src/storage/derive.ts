import { utf8, type Bytes } from "./encoding.ts";

/** What is derived from MASTER_KEY. A new purpose is a new secret: none can be computed from another. */
export type SecretPurpose =
  | "wrap"
  | "cookie"
  | "pass"
  | "noop-webhook"
  | "replicate-webhook"
  | "runpod-webhook"
  | "telegram-webhook";

/** Parameters of HKDF-SHA-256 (RFC 5869) for one purpose. The input is uniformly random, so it needs no salt. */
export function hkdf(purpose: string): HkdfParams {
  return {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: utf8(`proheadshots:${purpose}`),
  };
}

/** 32 bytes for one purpose, the same on every start with the same MASTER_KEY. */
export async function deriveSecret(masterKey: Uint8Array, purpose: SecretPurpose): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", Uint8Array.from(masterKey), "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(purpose), key, 256));
}
