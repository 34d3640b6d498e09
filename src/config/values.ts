import { z } from "zod";
import { fromBase64Url } from "../storage/index.ts";
import { Secret } from "./secret.ts";

/** How single values are written. Messages complete the sentence "NAME must be ...". */

export const text = z.string().trim();
export const secretText = text.transform((value) => new Secret(value));

export const host = text.regex(/^[\w.:-]+$/, "a host name or an IP address");

export const port = text
  .regex(/^\d{1,5}$/, "a port: a whole number from 0 to 65535")
  .transform(Number)
  .refine((value) => value <= 65_535, "a port: a whole number from 0 to 65535");

export const wholeNumber = (least: number) =>
  text
    .regex(/^\d{1,9}$/, `a whole number of at least ${least}`)
    .transform(Number)
    .refine((value) => value >= least, `a whole number of at least ${least}`);

export const yesOrNo = text
  .toLowerCase()
  .pipe(z.enum(["true", "false", "1", "0", "yes", "no"], "true or false"))
  .transform((value) => value === "true" || value === "1" || value === "yes");

function isUrl(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

/** An address under which paths are joined: without a slash at its end. */
export const webUrl = text
  .refine((value) => isUrl(value, ["http:", "https:"]), "an address that starts with http:// or https://")
  .refine((value) => !/[?#]/.test(value), "an address without ? and #")
  .transform((value) => value.replace(/\/+$/, ""));

export const databaseUrl = text.refine(
  (value) => /^file:./.test(value) || isUrl(value, ["libsql:", "http:", "https:", "ws:", "wss:"]),
  "file:PATH, or a libSQL server that starts with libsql://, https://, http://, wss:// or ws://",
);

export const storageUrl = text.regex(/^(file:.+|s3:\/\/[^/]+)$/, "file:FOLDER or s3://BUCKET");

const SMTP = "an address such as smtp://user:password@mail.example.com:587";
export const smtpUrl = text
  .refine((value) => isUrl(value, ["smtp:", "smtps:"]), SMTP)
  .transform((value) => new Secret(value));

export const email = z.email("an e-mail address");

const MASTER_KEY_BYTES = 32;
const MASTER_KEY = `${MASTER_KEY_BYTES} random bytes as base64url, base64 or hex: make one with "openssl rand -hex 32"`;

function masterKeyBytes(value: string): Uint8Array | null {
  if (/^[0-9a-f]{64}$/i.test(value))
    return Uint8Array.from(value.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const bytes = fromBase64Url(value);
  return bytes?.length === MASTER_KEY_BYTES ? bytes : null;
}

export const masterKey = text
  .refine((value) => masterKeyBytes(value) !== null, MASTER_KEY)
  .transform((value) => new Secret(masterKeyBytes(value) ?? new Uint8Array()));

const ACCOUNT = /^(discord|telegram):-?\d+$/;

export const chatPlace = text.regex(ACCOUNT, "discord:CHANNEL or telegram:CHAT with the number of the chat");

export const accounts = text
  .transform((value) => value.split(/[\s,]+/).filter((part) => part !== ""))
  .refine(
    (parts) => parts.every((part) => ACCOUNT.test(part)),
    "discord:ID or telegram:ID, several by commas",
  );

const USD = 'an amount in US dollars such as 20 or 12.50, or "none" for no cap';

/** US dollars with at most six decimals as integer micro-dollars; null = no cap. */
export const usdCap = text
  .toLowerCase()
  .regex(/^(none|\d{1,7}(\.\d{1,6})?)$/, USD)
  .transform((value) => {
    if (value === "none") return null;
    const [dollars = "0", decimals = ""] = value.split(".");
    return Number(dollars) * 1_000_000 + Number(decimals.padEnd(6, "0"));
  });
