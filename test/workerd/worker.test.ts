import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { addStep } from "../../src/jobs/index.ts";
import { inbox, step } from "../../src/jobs/schema.ts";
import { createBlobs, createPasses, deriveSecret, memoryStore } from "../../src/storage/index.ts";
import { systemIds, systemRandom } from "../../src/runtime.ts";
import { hasSqld } from "../kit/sqld.ts";
import { realClock } from "../kit/time.ts";
import { bytesOf } from "../storage/kit.ts";
import { MASTER_KEY, ROOT, SITE_URL, startWorker, type WorkerKit } from "./kit.ts";

const MEBIBYTE = 1024 * 1024;

const Bucket = z.object({ objects: z.array(z.object({ key: z.string(), size: z.number() })) });

let worker: WorkerKit;

/** A webhook as its vendor would sign it. */
async function webhook(id: string, body: string, secondsAgo = 0) {
  const secret = await deriveSecret(MASTER_KEY, "noop-webhook");
  const timestamp = String(Math.floor(realClock.now() / 1000) - secondsAgo);
  const signature = createHmac("sha256", secret).update(`${id}.${timestamp}.${body}`).digest("base64");
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
  return { method: "POST", headers, body };
}

async function counted(name: string): Promise<number> {
  const [row] = await worker.db.query("SELECT value FROM counter WHERE name = ?", [name]);
  return Number(row?.["value"] ?? 0);
}

describe.skipIf(!hasSqld)("the program in workerd", () => {
  beforeAll(async () => {
    worker = await startWorker();
  });
  afterAll(() => worker.stop());

  it("says that it is alive and able to work", async () => {
    const alive = await worker.fetch("/healthz");
    expect([alive.status, await alive.json()]).toEqual([200, { ok: true, instance: "worker" }]);
    const ready = await worker.fetch("/readyz");
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { ok: true, problems: { database: null, storage: null, waker: null } },
    ]);
  });

  it("serves the browser chat and its built client", async () => {
    const page = await worker.fetch("/");
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain("<!doctype html>");
    const [script] = /\/assets\/app\.js\?v=\w+/.exec(html) ?? [];
    const client = await worker.fetch(script ?? "no script in the page");
    expect(await client.text()).toBe(readFileSync(`${ROOT}/dist/web/app.js`, "utf8"));
  });

  it("applies a guarded batch, and rolls all of it back when its guard fails", async () => {
    const body = JSON.stringify({ state: "succeeded" });
    const first = await worker.fetch("/webhooks/noop/no-such-attempt", await webhook("msg-1", body));
    expect([first.status, await first.text()]).toEqual([200, "stored"]);
    expect(await counted("webhook_unknown_attempt")).toBe(1);
    const again = await worker.fetch("/webhooks/noop/no-such-attempt", await webhook("msg-1", body));
    expect([again.status, await again.text()]).toEqual([200, "duplicate"]);
    expect(await counted("webhook_unknown_attempt")).toBe(1);
    expect(await worker.db.orm.select().from(inbox)).toMatchObject([
      { source: "noop", dedupeKey: "msg-1", body, attemptId: "no-such-attempt", result: "unknown_attempt" },
    ]);
  });

  it("stores nothing of a webhook that is forged, old, too large or of nobody", async () => {
    const before = (await worker.db.orm.select().from(inbox)).length;
    const good = await webhook("msg-2", "{}");
    const changed = { ...good, body: "{} " };
    const old = await webhook("msg-3", "{}", 301);
    const unsigned = { method: "POST", body: "{}" };
    const large = await webhook("msg-4", "x".repeat(MEBIBYTE + 1));
    const refused = await counted("webhook_refused");
    for (const request of [changed, old, unsigned, large]) {
      expect((await worker.fetch("/webhooks/noop/a", request)).status).toBe(401);
    }
    expect((await worker.fetch("/webhooks/nobody/a", good)).status).toBe(401);
    expect(await counted("webhook_refused")).toBe(refused + 5);
    expect(await worker.db.orm.select().from(inbox)).toHaveLength(before);
  });

  it("claims and does one step that needs nothing, and leaves one that needs pictures worked on", async () => {
    const deps = { clock: realClock, ids: systemIds };
    await worker.db.batch([
      addStep(deps, { subject: "person", subjectId: "nobody", kind: "erase" }),
      addStep(deps, { subject: "selfie", subjectId: "none", kind: "inspect", needs: "imaging" }),
    ]);
    await worker.tick();
    const steps = await worker.db.orm.select().from(step).orderBy(step.kind);
    expect(steps.map(({ kind, state }) => `${kind} ${state}`)).toEqual(["erase done", "inspect ready"]);
  });

  it("answers what a person says in the browser chat", async () => {
    const page = await worker.fetch("/");
    const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
    const said = await worker.fetch("/chat/events", {
      method: "POST",
      headers: { cookie, "content-type": "application/json", origin: SITE_URL },
      body: JSON.stringify({
        id: "6f1f7c0e-6f0b-4c58-9a53-0d5b0c9f8a11",
        body: { kind: "command", name: "help" },
      }),
    });
    expect(said.status).toBeLessThan(300);
    const stream = await worker.fetch("/chat/stream", { headers: { cookie } });
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    let heard = "";
    for await (const chunk of stream.body ?? []) {
      heard += new TextDecoder().decode(chunk);
      if (heard.includes('"author":"bot"')) break;
    }
    expect(heard).toContain("event: message");
  });

  it(
    "keeps a file of several parts in the bucket, sealed, and gives it back",
    { timeout: 60_000 },
    async () => {
      const parts = { db: worker.db, clock: realClock, random: systemRandom };
      const blobs = createBlobs({ ...parts, store: memoryStore(), masterKey: MASTER_KEY });
      const passes = createPasses({ ...parts, blobs, siteUrl: SITE_URL });
      const bytes = bytesOf(6 * MEBIBYTE + 3);
      const common = { personId: "p1", purpose: "test", expiresAt: realClock.now() + 60_000 };
      const upload = await passes.grant({ ...common, blobId: null, method: "PUT", byteLimit: bytes.length });
      const stored = await worker.fetch(`/files/${upload.token}`, { method: "PUT", body: bytes });
      expect(stored.status).toBe(204);
      const [blob] = await worker.db.query("SELECT id, bytes FROM blob WHERE person_id = 'p1'");
      expect(blob?.["bytes"]).toBe(bytes.length);
      const { BLOBS } = await worker.harness.getWorker().getEnv();
      const { objects } = Bucket.parse(await BLOBS.list());
      expect(objects.map(({ key }) => key)).toEqual([blob?.["id"]]);
      expect(objects[0]?.size).toBeGreaterThan(bytes.length);
      const download = await passes.grant({ ...common, blobId: String(blob?.["id"]), method: "GET" });
      const got = await worker.fetch(`/files/${download.token}`);
      expect(Buffer.compare(Buffer.from(await got.arrayBuffer()), bytes)).toBe(0);
    },
  );

  it("writes nothing to its log while all goes well", () => {
    const { harness } = worker;
    expect(harness.getLogs().map(({ message }) => message)).toEqual([]);
  });
});
