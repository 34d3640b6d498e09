import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { standardWebhook } from "../../src/routes/standard-webhook.ts";
import { webhookRoutes } from "../../src/routes/webhooks.ts";
import { memoryDatabase } from "../kit/database.ts";
import { countingIds, fakeClock } from "../kit/time.ts";

const SECRET = new Uint8Array(32).fill(9);
const MINUTE_MS = 60_000;

async function door() {
  const clock = fakeClock();
  const { db } = await memoryDatabase({ clock });
  let notices = 0;
  const deps = { db, clock, ids: countingIds(), waker: { notify: () => void notices++ } };
  const app = webhookRoutes(deps, [standardWebhook("vendor", SECRET, clock)]);
  const sign = (id: string, at: number, body: string | Uint8Array): Record<string, string> => {
    const timestamp = String(Math.floor(at / 1000));
    const signature = createHmac("sha256", SECRET)
      .update(`${id}.${timestamp}.`)
      .update(body)
      .digest("base64");
    return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
  };
  return {
    clock,
    sign,
    async post(headers: Record<string, string>, body: string, path = "/vendor/a1") {
      const response = await app.request(path, { method: "POST", headers, body });
      return [response.status, await response.text()];
    },
    stored: () => db.query("SELECT source, dedupe_key, body, attempt_id FROM inbox"),
    count: async (name: string) =>
      Number((await db.query("SELECT value FROM counter WHERE name = ?", [name]))[0]?.["value"] ?? 0),
    notices: () => notices,
  };
}

describe("the door of webhooks", () => {
  it("stores a signed webhook once, as it was sent, and wakes the work", async () => {
    const { post, sign, clock, stored, notices } = await door();
    const headers = sign("m1", clock.now(), '{"é":1}');
    expect(await post(headers, '{"é":1}')).toEqual([200, "stored"]);
    expect(notices()).toBe(1);
    expect(await post(headers, '{"é":1}')).toEqual([200, "duplicate"]);
    expect(await stored()).toEqual([
      { source: "vendor", dedupe_key: "m1", body: '{"é":1}', attempt_id: "a1" },
    ]);
  });

  it("takes one good signature among others, as while a secret is changed", async () => {
    const { post, sign, clock } = await door();
    const headers = sign("m1", clock.now(), "{}");
    const signature = `v1,AAAA v2,x ${headers["webhook-signature"]}`;
    expect((await post({ ...headers, "webhook-signature": signature }, "{}"))[0]).toBe(200);
  });

  it("refuses what is not signed, signed for something else, or five minutes off, and only counts it", async () => {
    const { post, sign, clock, stored, count } = await door();
    const now = clock.now();
    const good = sign("m1", now, "{}");
    const bad = [
      {},
      { ...good, "webhook-id": "m2" },
      { ...good, "webhook-id": "" },
      { ...good, "webhook-timestamp": String(Math.floor(now / 1000) + 1) },
      { ...good, "webhook-timestamp": "soon" },
      { ...good, "webhook-signature": good["webhook-signature"]?.replace("v1,", "v2,") ?? "" },
      sign("m1", now, "{ }"),
      sign("m1", now - 5 * MINUTE_MS - 1000, "{}"),
      sign("m1", now + 5 * MINUTE_MS + 1000, "{}"),
      sign("m".repeat(201), now, "{}"),
    ];
    for (const headers of bad) expect((await post(headers, "{}"))[0]).toBe(401);
    expect((await post(good, "{}", "/other/a1"))[0]).toBe(401);
    expect(await count("webhook_refused")).toBe(bad.length + 1);
    expect(await stored()).toEqual([]);
    expect((await post(good, "{}"))[0]).toBe(200);
  });

  it("reads no more than a mebibyte", async () => {
    const { post, sign, clock } = await door();
    const most = "x".repeat(1024 * 1024);
    expect((await post(sign("m1", clock.now(), most), most))[0]).toBe(200);
    expect((await post(sign("m2", clock.now(), `${most}x`), `${most}x`))[0]).toBe(401);
  });
});
