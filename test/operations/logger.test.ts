import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createLogger, type LogLevel } from "../../src/operations/index.ts";
import { AppError } from "../../src/ports/errors.ts";

const Line = z.looseObject({ level: z.string(), message: z.string(), "@timestamp": z.iso.datetime() });

function logged(write: (log: ReturnType<typeof createLogger>) => void, level: LogLevel = "debug") {
  const lines: string[] = [];
  write(createLogger(level, (line) => lines.push(line)));
  return { lines, text: lines.join("\n"), objects: lines.map((line) => Line.parse(JSON.parse(line))) };
}

describe("the log", () => {
  it("writes one JSON object a line with level, event and fields", () => {
    const { lines, objects } = logged((log) =>
      log.warn("step.retries", { step: "s1", failures: 2, ok: false, gone: null }),
    );
    expect(lines[0]).not.toContain("\n");
    expect(objects).toEqual([
      expect.objectContaining({
        level: "WARN",
        message: "step.retries",
        step: "s1",
        failures: 2,
        ok: false,
        gone: null,
      }),
    ]);
  });

  it("leaves out what is below its level", () => {
    const write = (log: ReturnType<typeof createLogger>): void => {
      log.debug("a");
      log.info("b");
      log.warn("c");
      log.error("d", new Error("x"));
    };
    expect(logged(write, "warn").objects.map(({ message }) => message)).toEqual(["c", "d"]);
    expect(logged(write, "info").objects).toHaveLength(3);
  });

  it("writes the whole cause chain with codes, and the stack once", () => {
    const root = Object.assign(new Error("SQLITE_BUSY: database is locked"), { code: "SQLITE_BUSY" });
    const error = new AppError("DATABASE_BUSY", "locked", {
      cause: new Error("Failed query", { cause: root }),
    });
    const [line] = logged((log) => log.error("batch.failed", error, { order: "o1" })).objects;
    expect(line).toMatchObject({
      order: "o1",
      error: {
        name: "AppError",
        code: "DATABASE_BUSY",
        message: "locked",
        stack: expect.stringContaining("AppError"),
      },
      causes: [{ message: "Failed query" }, { code: "SQLITE_BUSY" }],
    });
  });

  it("survives anything that is thrown, also a cause that is its own cause", () => {
    const loop = new Error("loop");
    loop.cause = loop;
    const { lines } = logged((log) => {
      log.error("a", loop);
      log.error("b", "just text with a secret");
      log.error("c", undefined);
    });
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toContain("just text");
  });

  const SECRETS = {
    "a pass": "GET /files/Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMg failed",
    "a sign-in link": "opened http://127.0.0.1:8787/admin/sign-in/Zm9vYmFyYmF6cXV4MTIz",
    "a RunPod webhook": "POST /webhooks/runpod/01ATTEMPT/Zm9vYmFyYmF6cXV4MTIz",
    "a bearer token": "authorization: Bearer Zm9vYmFyYmF6cXV4MTIz",
    "a Discord bot token": "authorization: Bot Zm9vYmFyYmF6cXV4MTIz.abc.def",
    "a Telegram URL": "https://api.telegram.org/bot123456789:Zm9vYmFyYmF6cXV4MTIz-abcdefghijklm/getMe",
    "a Telegram token": "token is 123456789:Zm9vYmFyYmF6cXV4MTIz-abcdefghijklm",
    "a Replicate token": "r8_Zm9vYmFyYmF6cXV4MTIz was refused",
    "a signed link": "https://bucket.example/photo.jpg?X-Amz-Signature=Zm9vYmFyYmF6cXV4MTIz&x=1",
    "a URL with a password": "libsql://user:Zm9vYmFyYmF6cXV4MTIz@db.example/x",
    "a Discord attachment": "https://cdn.discordapp.com/attachments/1/2/Zm9vYmFyYmF6cXV4MTIz.jpg",
    "a picture at a vendor": "https://replicate.delivery/xezq/Zm9vYmFyYmF6cXV4MTIz/out-0.png",
    "a picture itself": "data:image/jpeg;base64,Zm9vYmFyYmF6cXV4MTIz",
    "a query's values":
      'Failed query: insert into selfie values (?)\nparams: Zm9vYmFyYmF6cXV4MTIz,"quoted",2',
  };

  it.each(Object.entries(SECRETS))("never shows %s, whether in a field, a message or a cause", (_, text) => {
    const { text: written, lines } = logged((log) => {
      log.info("seen", { detail: text });
      log.error("failed", new Error(text), { detail: `before ${text} after` });
      log.error("failed", new AppError("DEFECT", "wrapped", { cause: new Error(text) }));
    });
    expect(written).not.toContain("Zm9vYmFy");
    expect(written).toContain("[redacted]");
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });

  it("never shows the value of a field that is a secret by its name", () => {
    const { text } = logged((log) =>
      log.info("seen", {
        accessToken: "abc123",
        webhook_secret: "abc123",
        masterKey: "abc123",
        email: "abc123",
      }),
    );
    expect(text).not.toContain("abc123");
  });

  it("keeps ids, places and addresses, which an operator needs", () => {
    const fields = {
      order: "01JABCDEF0123456789ABCDEFG",
      address: "http://127.0.0.1:8787/healthz",
      style: "city",
    };
    const [line] = logged((log) => log.info("seen", fields)).objects;
    expect(line).toMatchObject(fields);
  });
});
