import { inspect } from "node:util";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { envExample, localUrl, readSettings, Secret, settingsTable, type Settings } from "../src/config.ts";
import { editDistance, nearestName } from "../src/config/nearest.ts";
import { readEnvFile } from "../src/node/env-file.ts";
import { temporaryFolder } from "./kit/database.ts";

/** The contract's names. */
const CONTRACT = `HOST PORT DATA_DIR SITE_URL DATABASE_URL DATABASE_AUTH_TOKEN STORAGE_URL S3_ENDPOINT S3_REGION
S3_ACCESS_KEY_ID S3_SECRET_ACCESS_KEY MASTER_KEY AI_PROVIDER AI_PRIMARY_PROVIDER AI_SECONDARY_PROVIDER
REPLICATE_API_TOKEN REPLICATE_BASE_URL REPLICATE_WEBHOOK_SECRET RUNPOD_API_KEY RUNPOD_TEMPLATE_ID RUNPOD_JOB_URL
RUNPOD_REST_URL RUNPOD_ENDPOINT_TRAIN RUNPOD_ENDPOINT_GENERATE RUNPOD_MAX_WORKERS RUNPOD_ALLOW_FLUX_DEV DISCORD_TOKEN
DISCORD_APPLICATION_ID DISCORD_PUBLIC_KEY DISCORD_API_URL DISCORD_MODE TELEGRAM_BOT_TOKEN TELEGRAM_API_ROOT
TELEGRAM_WEBHOOK_SECRET TELEGRAM_MODE SMTP_URL NOREPLY_EMAIL ADMIN_EMAIL OPERATIONS_CHAT ADMIN_IDS OPERATOR_NAME
PRIVACY_EMAIL FREE_CREDITS ORDERS_PER_PERSON_DAY BUDGET_DAY_USD BUDGET_MONTH_USD METRICS_TOKEN LOG_LEVEL`;
const KEY = "ab".repeat(32);

function settingsOf(env: Record<string, string>): Settings {
  const result = readSettings(env);
  if (!result.ok) throw new Error(result.problems.join("\n"));
  return result.settings;
}

function problemsOf(env: Record<string, string>): readonly string[] {
  const result = readSettings(env);
  return result.ok ? [] : result.problems;
}

describe("settings", () => {
  it("need nothing: every one has a default", () => {
    expect(settingsOf({})).toEqual({
      host: "127.0.0.1",
      port: 8787,
      siteUrl: null,
      dataDir: "./data",
      database: { url: "file:./data/proheadshots.db", authToken: null, isServer: false },
      blobFolder: "./data/blobs",
      masterKey: null,
      metricsToken: null,
      logLevel: "info",
      policy: {
        defaultProduct: "studio",
        selling: false,
        freeCredits: 1,
        ordersPerPersonDay: 3,
        budgetDayMicros: 20_000_000,
        budgetMonthMicros: 200_000_000,
        operatorName: null,
        privacyEmail: null,
        loopback: true,
        adminIds: [],
      },
    });
  });

  it("take what is given", () => {
    const settings = settingsOf({
      HOST: "0.0.0.0",
      PORT: "0",
      SITE_URL: "https://heads.example/",
      DATA_DIR: "/var/lib/heads",
      STORAGE_URL: "file:///srv/blobs",
      METRICS_TOKEN: "t0ken",
      LOG_LEVEL: "debug",
      ADMIN_IDS: "discord:123, telegram:456",
      ADMIN_EMAIL: "owner@example.org",
      BUDGET_DAY_USD: "12.345678",
      BUDGET_MONTH_USD: "none",
      FREE_CREDITS: "0",
    });
    expect(settings).toMatchObject({
      port: 0,
      siteUrl: "https://heads.example",
      database: { url: "file:/var/lib/heads/proheadshots.db" },
      blobFolder: "/srv/blobs",
      logLevel: "debug",
      policy: {
        loopback: false,
        adminIds: ["discord:123", "telegram:456"],
        privacyEmail: "owner@example.org",
        budgetDayMicros: 12_345_678,
        budgetMonthMicros: null,
        freeCredits: 0,
      },
    });
    expect(settings.metricsToken?.reveal()).toBe("t0ken");
  });

  it("count an empty value as not set, and read the alias of SITE_URL", () => {
    expect(settingsOf({ PORT: "", MASTER_KEY: " ", LOG_LEVEL: "" })).toEqual(settingsOf({}));
    expect(settingsOf({ NEXT_PUBLIC_SITE_URL: "https://a.example" }).siteUrl).toBe("https://a.example");
    const both = { NEXT_PUBLIC_SITE_URL: "https://a.example", SITE_URL: "https://b.example" };
    expect(settingsOf(both).siteUrl).toBe("https://b.example");
  });

  it("tell no cap from no paid work", () => {
    expect(settingsOf({ BUDGET_DAY_USD: "0" }).policy.budgetDayMicros).toBe(0);
    expect(settingsOf({ BUDGET_DAY_USD: "none" }).policy.budgetDayMicros).toBeNull();
  });

  it("name every problem at once, each in a sentence that helps", () => {
    const problems = problemsOf({
      PORT: "99999",
      SITE_URL: "heads.example",
      LOG_LEVEL: "loud",
      ADMIN_IDS: "discord:me",
      BUDGET_DAY_USD: "-1",
      BUDGET_MONTH_USD: "1.1234567",
      RUNPOD_ALLOW_FLUX_DEV: "maybe",
      ADMIN_EMAIL: "nobody",
      DISCORD_MODE: "fax",
      MASTER_KEY: "short",
      DATABASE_URL: "mysql://x",
      AI_PROVIDER: "replicate",
    });
    expect(problems).toContain('PORT must be a port: a whole number from 0 to 65535, not "99999".');
    expect(problems).toContain('LOG_LEVEL must be one of debug, info, warn, error, not "loud".');
    expect(problems).toContain(
      'BUDGET_DAY_USD must be an amount in US dollars such as 20 or 12.50, or "none" for no cap, not "-1".',
    );
    expect(problems).toContain("AI_PROVIDER names replicate, so REPLICATE_API_TOKEN must be set too.");
    for (const name of [
      "SITE_URL",
      "ADMIN_IDS",
      "BUDGET_MONTH_USD",
      "RUNPOD_ALLOW_FLUX_DEV",
      "ADMIN_EMAIL",
      "DISCORD_MODE",
      "MASTER_KEY",
      "DATABASE_URL",
    ])
      expect(
        problems.filter((problem) => problem.startsWith(`${name} must be `)),
        name,
      ).toHaveLength(1);
    expect(problems).toHaveLength(12);
  });

  it("never repeat a malformed secret", () => {
    const problems = problemsOf({ MASTER_KEY: "hunter2", SMTP_URL: "user:hunter2@mail" });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain("hunter2");
  });

  it("take a master key in base64url, base64 and hex, and nothing of another length", () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, at) => 250 - at);
    for (const encoding of ["base64url", "base64", "hex"] as const)
      expect(settingsOf({ MASTER_KEY: Buffer.from(bytes).toString(encoding) }).masterKey?.reveal()).toEqual(
        bytes,
      );
    for (const wrong of ["", "ab".repeat(31), "ab".repeat(33), "!".repeat(43)].filter((text) => text !== ""))
      expect(problemsOf({ MASTER_KEY: wrong })).toHaveLength(1);
  });

  it("ask for a master key with a database server", () => {
    expect(problemsOf({ DATABASE_URL: "libsql://db.example" })).toEqual([
      "DATABASE_URL names a server, so MASTER_KEY must be set: every process needs the same one.",
    ]);
    const settings = settingsOf({
      DATABASE_URL: "libsql://db.example",
      MASTER_KEY: KEY,
      DATABASE_AUTH_TOKEN: "x",
    });
    expect(settings.database).toMatchObject({ url: "libsql://db.example", isServer: true });
  });

  it("stop for a provider that is named without its credentials, or is not in this version", () => {
    expect(problemsOf({ AI_PROVIDER: "studio" })).toEqual([]);
    expect(problemsOf({ AI_PRIMARY_PROVIDER: "runpod", RUNPOD_API_KEY: "x" })).toEqual([
      "AI_PRIMARY_PROVIDER names runpod, so RUNPOD_TEMPLATE_ID, or RUNPOD_ENDPOINT_TRAIN and RUNPOD_ENDPOINT_GENERATE must be set too.",
    ]);
    expect(problemsOf({ AI_SECONDARY_PROVIDER: "replicate", REPLICATE_API_TOKEN: "x" })).toEqual([
      "AI_SECONDARY_PROVIDER names replicate, which is not in this version: use studio.",
    ]);
    expect(problemsOf({ STORAGE_URL: "s3://bucket" })).toHaveLength(1);
  });

  it("answer names of a later version", () => {
    const { warnings } = readSettings({
      QUEUE_URL: "redis://x",
      ROLES: "web",
      OTEL_SERVICE_NAME: "x",
      DISCORD_TOKEN: "x",
    });
    expect(warnings).toEqual([
      "QUEUE_URL has no effect: a queue between processes is not in this version.",
      "ROLES has no effect: processes with roles of their own is not in this version.",
      "DISCORD_TOKEN has no effect: the Discord bot is not in this version.",
      "OTEL_SERVICE_NAME has no effect: OpenTelemetry is not in this version.",
    ]);
  });

  it("warn once of unknown names in .env, with the name that was meant, and not of the process environment", () => {
    const file = {
      DISCORD_TOKN: "x",
      port: "1",
      FOO_BAR_BAZ: "1",
      NEXT_PUBLIC_SITE_URL: "https://a.example",
      ROLES: "",
    };
    const result = readSettings({ ...file, HOME: "/root" }, Object.keys(file));
    expect(result.warnings).toEqual([
      ".env sets what nobody reads: DISCORD_TOKN (did you mean DISCORD_TOKEN?), port (did you mean PORT?), FOO_BAR_BAZ.",
    ]);
    expect(readSettings({ FOO: "1" }).warnings).toEqual([]);
  });

  it("come from a .env file, over which the process environment wins", () => {
    const path = join(temporaryFolder(), ".env");
    expect(readEnvFile(path)).toEqual({});
    writeFileSync(path, '# comment\nPORT=1234\nOPERATOR_NAME="Heads & Co" # who\nexport LOG_LEVEL=warn\n');
    const file = readEnvFile(path);
    expect(file).toEqual({ PORT: "1234", OPERATOR_NAME: "Heads & Co", LOG_LEVEL: "warn" });
    expect(settingsOf({ ...file, PORT: "99" })).toMatchObject({ port: 99, logLevel: "warn" });
  });
});

describe("a secret", () => {
  it("never shows itself by accident", () => {
    const secret = new Secret("hunter2");
    const shown = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { depth: 9 }),
      Object.keys(secret),
    ];
    expect(shown.join()).not.toContain("hunter2");
    expect(secret.reveal()).toBe("hunter2");
  });
});

describe("the address of this machine", () => {
  it("is loopback for a wildcard host and bracketed for IPv6", () => {
    expect(localUrl("0.0.0.0", 80)).toBe("http://127.0.0.1:80");
    expect(localUrl("::", 80)).toBe("http://[::1]:80");
    expect(localUrl("::1", 80)).toBe("http://[::1]:80");
    expect(localUrl("localhost", 80)).toBe("http://localhost:80");
    expect(settingsOf({ HOST: "127.0.0.2" }).policy.loopback).toBe(true);
    expect(settingsOf({ HOST: "127.example.org" }).policy.loopback).toBe(false);
  });
});

describe("the nearest name", () => {
  it("is found by the letters that differ, and only when few do", () => {
    expect(editDistance("kitten", "sitting")).toBe(3);
    expect(editDistance("", "abc")).toBe(3);
    expect(nearestName("TELEGRAM_TOKEN", ["TELEGRAM_BOT_TOKEN", "DISCORD_TOKEN"])).toBe("TELEGRAM_BOT_TOKEN");
    expect(nearestName("XYZ", ["HOST", "PORT"])).toBeNull();
  });
});

describe("the documentation of settings", () => {
  it("names every setting of the contract", () => {
    expect(new Set(settingsTable().map(({ name }) => name))).toEqual(new Set(CONTRACT.match(/\w+/g)));
    expect(settingsTable().every(({ meaning, fallback }) => meaning.endsWith(".") && fallback !== "")).toBe(
      true,
    );
  });

  it("is what .env.example says (write it anew with: npx vitest run test/config.test.ts -u)", async () => {
    await expect(envExample()).toMatchFileSnapshot("../.env.example");
  });

  it("gives an example that sets nothing", () => {
    const path = join(temporaryFolder(), ".env");
    writeFileSync(path, envExample());
    expect(settingsOf(readEnvFile(path))).toEqual(settingsOf({}));
  });
});
