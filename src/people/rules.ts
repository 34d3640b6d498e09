import type { ChatAccount } from "../ports/chat.ts";

/** Accounts that cost somebody an effort to make get free credits and may order AI products; a browser visitor is free to be made. */
export function isLasting(account: Pick<ChatAccount, "platform">): boolean {
  return account.platform === "discord" || account.platform === "telegram";
}

export const LINK_CODE_MS = 10 * 60_000;
export const LINK_TRIES = 5;

/** No letters or digits that look alike. 32 of them, so that a random byte maps evenly. */
const LINK_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LINK_LENGTH = 8;

/** A code from as many strong random bytes as it has characters. */
export function linkCodeFrom(bytes: Uint8Array): string {
  return Array.from(
    bytes.subarray(0, LINK_LENGTH),
    (byte) => LINK_ALPHABET[byte % LINK_ALPHABET.length],
  ).join("");
}

export const LINK_CODE_BYTES = LINK_LENGTH;

/** A code as people type it: any case, with spaces or dashes. */
export function normalizeLinkCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}

interface Mergeable {
  readonly id: string;
  readonly createdAt: number;
}

/** The one who has been here longer stays. */
export function mergeOrder(a: Mergeable, b: Mergeable): { readonly from: string; readonly into: string } {
  const aStays = a.createdAt === b.createdAt ? a.id < b.id : a.createdAt < b.createdAt;
  return aStays ? { from: b.id, into: a.id } : { from: a.id, into: b.id };
}
