import { z } from "zod";
import { LOG_LEVELS } from "../operations/index.ts";
import * as value from "./values.ts";

export interface SettingMeta {
  readonly group: string;
  /** What holds when it is not set, in words for the table. */
  readonly fallback: string;
  readonly meaning: string;
  /** Never shown, not even when it is malformed. */
  readonly secret?: true;
}

/** What the documentation says of each setting; kept beside its parser so that neither is forgotten. */
export const settingMeta = z.registry<SettingMeta>();

type Words = Omit<SettingMeta, "fallback">;

function described<S extends z.ZodType>(schema: S, meta: SettingMeta): S {
  settingMeta.add(schema, meta);
  return schema;
}

/** A setting with a value of its own, written as it would be in `.env`. */
const preset = <S extends z.ZodType>(schema: S, value: z.input<S>, words: Words) =>
  described(z.prefault(schema, value), { ...words, fallback: String(value) || "-" });

/** A setting that may be missing; `fallback` says in words what holds then. */
const optional = <S extends z.ZodType>(schema: S, fallback: string, words: Words) =>
  described(z.optional(schema), { ...words, fallback });

const secret = (fallback: string, words: Words) =>
  optional(value.secretText, fallback, { ...words, secret: true });

const provider = z.enum(["studio", "replicate", "runpod"], "studio, replicate or runpod");

const where = "Where it listens";
const data = "Data";
const ai = "AI providers";
const chats = "Chats";
const people = "People in charge";
const limits = "Limits";
const watching = "Watching it";

/** Every environment variable of the contract. An empty value counts as not set. */
export const Environment = z.object({
  HOST: preset(value.host, "127.0.0.1", {
    group: where,
    meaning: "Address to listen on; 0.0.0.0 for all.",
  }),
  PORT: preset(value.port, "8787", {
    group: where,
    meaning: "Port to listen on; 0 takes a free one.",
  }),
  SITE_URL: optional(value.webUrl, "http://HOST:PORT", {
    group: where,
    meaning:
      "How the world reaches it. Webhooks and links for vendors need https. NEXT_PUBLIC_SITE_URL is an alias.",
  }),

  DATA_DIR: preset(value.text, "./data", {
    group: data,
    meaning: "Folder of the database, the pictures, the master key and the lock.",
  }),
  DATABASE_URL: optional(value.databaseUrl, "a file in DATA_DIR", {
    group: data,
    meaning: "libSQL file (file:PATH) or server (libsql://, https://).",
  }),
  DATABASE_AUTH_TOKEN: secret("-", { group: data, meaning: "Token of the libSQL server." }),
  STORAGE_URL: optional(value.storageUrl, "file:DATA_DIR/blobs", {
    group: data,
    meaning: "Where sealed pictures lie: file:FOLDER or s3://BUCKET.",
  }),
  S3_ENDPOINT: optional(value.webUrl, "-", { group: data, meaning: "Address of the S3 service." }),
  S3_REGION: preset(value.text, "auto", {
    group: data,
    meaning: "Region of the bucket.",
  }),
  S3_ACCESS_KEY_ID: secret("-", { group: data, meaning: "Access key of the bucket." }),
  S3_SECRET_ACCESS_KEY: secret("-", { group: data, meaning: "Its secret." }),
  MASTER_KEY: optional(value.masterKey, "made and kept in DATA_DIR on first start", {
    group: data,
    meaning:
      "32 random bytes (base64url, base64 or hex) that seal every person's key. Back it up: without it nothing can be read. Required with a libSQL server and on Workers.",
    secret: true,
  }),

  AI_PROVIDER: optional(provider, "the first with credentials, else studio", {
    group: ai,
    meaning: "Who makes AI pictures: studio, replicate or runpod.",
  }),
  AI_PRIMARY_PROVIDER: optional(provider, "AI_PROVIDER", {
    group: ai,
    meaning: "The same; wins over AI_PROVIDER.",
  }),
  AI_SECONDARY_PROVIDER: optional(provider, "the other one with credentials", {
    group: ai,
    meaning: "Who takes over when the first cannot.",
  }),
  REPLICATE_API_TOKEN: secret("-", { group: ai, meaning: "Credentials of Replicate." }),
  REPLICATE_BASE_URL: preset(value.webUrl, "https://api.replicate.com/v1", {
    group: ai,
    meaning: "Address of Replicate's API.",
  }),
  REPLICATE_WEBHOOK_SECRET: secret("fetched from Replicate", {
    group: ai,
    meaning: "Key of Replicate's webhook signatures.",
  }),
  RUNPOD_API_KEY: secret("-", { group: ai, meaning: "Credentials of RunPod." }),
  RUNPOD_TEMPLATE_ID: optional(value.text, "-", {
    group: ai,
    meaning: "Template that endpoints are made from.",
  }),
  RUNPOD_JOB_URL: preset(value.webUrl, "https://api.runpod.ai/v2", {
    group: ai,
    meaning: "Address of RunPod's job API.",
  }),
  RUNPOD_REST_URL: preset(value.webUrl, "https://api.runpod.io/v2", {
    group: ai,
    meaning: "Address of RunPod's management API.",
  }),
  RUNPOD_ENDPOINT_TRAIN: optional(value.text, "made from the template", {
    group: ai,
    meaning: "Endpoint that trains.",
  }),
  RUNPOD_ENDPOINT_GENERATE: optional(value.text, "made from the template", {
    group: ai,
    meaning: "Endpoint that makes pictures.",
  }),
  RUNPOD_MAX_WORKERS: preset(value.wholeNumber(1), "5", {
    group: ai,
    meaning: "Most workers of one endpoint.",
  }),
  RUNPOD_ALLOW_FLUX_DEV: preset(value.yesOrNo, "false", {
    group: ai,
    meaning: "You hold a licence to run FLUX.1 [dev] on your own machines.",
  }),

  DISCORD_TOKEN: secret("-", { group: chats, meaning: "Token of the Discord bot." }),
  DISCORD_APPLICATION_ID: optional(
    value.text.regex(/^\d{15,22}$/, "the number of a Discord application"),
    "read with the token",
    {
      group: chats,
      meaning: "Its application.",
    },
  ),
  DISCORD_PUBLIC_KEY: optional(
    value.text.regex(/^[0-9a-f]{64}$/i, "64 hexadecimal digits"),
    "read with the token",
    {
      group: chats,
      meaning: "Key of its interaction signatures.",
    },
  ),
  DISCORD_API_URL: preset(value.webUrl, "https://discord.com/api", {
    group: chats,
    meaning: "Address of Discord's API.",
  }),
  DISCORD_MODE: preset(z.enum(["gateway", "http"], "gateway or http"), "gateway", {
    group: chats,
    meaning: "How events arrive: gateway or http.",
  }),
  TELEGRAM_BOT_TOKEN: secret("-", { group: chats, meaning: "Token of the Telegram bot." }),
  TELEGRAM_API_ROOT: preset(value.webUrl, "https://api.telegram.org", {
    group: chats,
    meaning: "Address of Telegram's bot API.",
  }),
  TELEGRAM_WEBHOOK_SECRET: secret("derived from MASTER_KEY", {
    group: chats,
    meaning: "Secret that Telegram sends with each webhook.",
  }),
  TELEGRAM_MODE: preset(z.enum(["polling", "webhook"], "polling or webhook"), "polling", {
    group: chats,
    meaning: "How events arrive: polling or webhook.",
  }),

  ADMIN_IDS: preset(value.accounts, "", {
    group: people,
    meaning: "Owners: discord:ID or telegram:ID, separated by commas.",
  }),
  ADMIN_EMAIL: optional(value.email, "-", { group: people, meaning: "Gets the alerts." }),
  NOREPLY_EMAIL: optional(value.email, "-", { group: people, meaning: "Sends the alerts." }),
  SMTP_URL: optional(value.smtpUrl, "-", {
    group: people,
    meaning: "Mail server, smtp://user:password@host:587.",
    secret: true,
  }),
  OPERATIONS_CHAT: optional(value.chatPlace, "-", {
    group: people,
    meaning: "Chat for alerts: discord:CHANNEL or telegram:CHAT.",
  }),
  OPERATOR_NAME: optional(value.text, "-", {
    group: people,
    meaning: "Who runs this bot, as named in /privacy and /terms.",
  }),
  PRIVACY_EMAIL: optional(value.email, "ADMIN_EMAIL", {
    group: people,
    meaning: "Where people write about their data.",
  }),

  FREE_CREDITS: preset(value.wholeNumber(0), "1", {
    group: limits,
    meaning: "Credits granted once per Discord or Telegram account.",
  }),
  ORDERS_PER_PERSON_DAY: preset(value.wholeNumber(0), "3", {
    group: limits,
    meaning: "Most paid orders of a person in a day.",
  }),
  BUDGET_DAY_USD: preset(value.usdCap, "20", {
    group: limits,
    meaning: "Most provider cost in a UTC day; none = no cap, 0 = no paid work.",
  }),
  BUDGET_MONTH_USD: preset(value.usdCap, "200", {
    group: limits,
    meaning: "Most provider cost in a UTC month; none = no cap, 0 = no paid work.",
  }),

  METRICS_TOKEN: secret("-", { group: watching, meaning: "Bearer token that may read /metrics." }),
  LOG_LEVEL: preset(z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(", ")}`), "info", {
    group: watching,
    meaning: `Least level that is logged: ${LOG_LEVELS.join(", ")}.`,
  }),
});

export type Environment = z.infer<typeof Environment>;
export type SettingName = keyof Environment;

/** Other names of a setting; the name itself wins. */
export const ALIASES: Readonly<Record<string, SettingName>> = { NEXT_PUBLIC_SITE_URL: "SITE_URL" };
