import { describe, expect, it } from "vitest";
import worker from "../../admin/worker.ts";
import type { WorkerEnv } from "../../src/workerd/bindings.ts";
import { hasSqld, serverDatabase } from "../kit/sqld.ts";

/** The entry runs in Node as well, where bindings can be left out one by one. */
const context = { waitUntil: () => {} };
const ASSETS = { fetch: async () => new Response("/* built */") };
const settings = {
  SITE_URL: "https://headshots.test",
  DATABASE_URL: "http://127.0.0.1:9",
  MASTER_KEY: Buffer.alloc(32, 3).toString("base64url"),
};

async function answer(env: WorkerEnv, path: string): Promise<[number, string]> {
  const response = await worker.fetch(new Request(`https://headshots.test${path}`), env, context);
  return [response.status, await response.text()];
}

describe("the Worker's entry", () => {
  it("is alive without settings, names all that are missing, and does nothing else", async () => {
    expect(await answer({ ASSETS }, "/healthz")).toEqual([200, '{"ok":true,"instance":"worker"}']);
    const [status, problems] = await answer({ ASSETS }, "/readyz");
    expect(status).toBe(503);
    for (const name of ["SITE_URL", "DATABASE_URL", "MASTER_KEY"]) expect(problems).toContain(`${name} must`);
    expect((await answer({ ASSETS }, "/"))[0]).toBe(503);
    await expect(worker.scheduled(null, { ASSETS })).rejects.toMatchObject({ code: "BAD_SETTINGS" });
  });

  it("says that the browser client was not built", async () => {
    const nothing = { fetch: async () => new Response(null, { status: 404 }) };
    expect(await answer({ ...settings, ASSETS: nothing }, "/readyz")).toEqual([
      503,
      expect.stringContaining("npm run build"),
    ]);
  });

  it("does not repeat a malformed secret", async () => {
    const [, problems] = await answer({ ASSETS, ...settings, MASTER_KEY: "hunter2" }, "/readyz");
    expect(problems).toContain("MASTER_KEY must");
    expect(problems).not.toContain("hunter2");
  });

  it.skipIf(!hasSqld)("says that no storage is bound, and is not ready without it", async () => {
    const { url } = await serverDatabase();
    const [status, body] = await answer({ ASSETS, ...settings, DATABASE_URL: url }, "/readyz");
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({
      ok: false,
      problems: { database: null, storage: expect.stringContaining("R2 bucket under the name BLOBS") },
    });
  });

  it("says that the database does not answer", async () => {
    const [status, body] = await answer({ ASSETS, ...settings }, "/readyz");
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ problems: { database: expect.any(String) } });
  });
});
