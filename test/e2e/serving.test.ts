import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { failedOrder } from "./kit/contract.ts";
import { photos, type Photos } from "./kit/photos.ts";
import { build, command, place, serve, startCommand, startMain, startNpm } from "./kit/process.ts";
import { rowsOf } from "./kit/rows.ts";

let of: Photos;
beforeAll(async () => {
  await build();
  of = await photos();
}, 120_000);

const Ready = z.object({ ok: z.boolean(), problems: z.record(z.string(), z.string().nullable()) });

describe("the program", { timeout: 240_000 }, () => {
  it("says where to open it, and refuses a second start with the first one's address", async () => {
    const at = place();
    const first = await serve(at);
    expect(first.stdout()).toBe(
      `ProHeadshots is ready.\n  Chat:    ${first.address}/\n  Console: ${first.address}/admin\n` +
        "  Sign in: npx proheadshots console-link\n",
    );
    expect((await fetch(first.address)).status).toBe(200);
    const second = await startMain(at).ended();
    expect([second.code, second.stdout]).toEqual([2, ""]);
    expect(second.stderr).toContain(first.address);
    expect((await fetch(`${first.address}/healthz`)).status).toBe(200);
  });

  it("takes over after kill -9", async () => {
    const at = place();
    const first = await serve(at);
    first.child.kill("SIGKILL");
    await first.ended();
    const second = await serve(at);
    expect((await fetch(`${second.address}/healthz`)).status).toBe(200);
    expect((await second.stop()).code).toBe(0);
  });

  it("tells supervisors how it is, and numbers to those with the token", async () => {
    const { address } = await serve(place({ METRICS_TOKEN: "numbers-for-me" }));
    const ready = await fetch(`${address}/readyz`);
    expect([ready.status, Ready.parse(await ready.json())]).toEqual([
      200,
      { ok: true, problems: { database: null, storage: null, waker: null } },
    ]);
    expect((await fetch(`${address}/metrics`)).status).toBe(401);
    const wrong = { headers: { authorization: "Bearer numbers-for-you" } };
    expect((await fetch(`${address}/metrics`, wrong)).status).toBe(401);
    const metrics = await fetch(`${address}/metrics`, {
      headers: { authorization: "Bearer numbers-for-me" },
    });
    expect([metrics.status, metrics.headers.get("content-type")]).toEqual([
      200,
      expect.stringContaining("text/plain"),
    ]);
    expect(await metrics.text()).toMatch(/^# TYPE \w+ (counter|gauge)$/m);
  });

  it("takes commands from nobody who cannot read the lock", async () => {
    const { address } = await serve(place());
    const form = new FormData();
    form.set("request", JSON.stringify({ name: "console-link", options: {} }));
    for (const authorization of ["", "Bearer guess"]) {
      const sent = await fetch(`${address}/local/command/1`, {
        method: "POST",
        body: form,
        headers: { authorization },
      });
      expect(sent.status).toBe(404);
    }
  });

  it("names every malformed setting at once, and starts nothing", async () => {
    const at = place({ PORT: "many", LOG_LEVEL: "loud", AI_PROVIDER: "replicate" });
    const ended = await startMain(at).ended();
    expect([ended.code, ended.stdout]).toEqual([2, ""]);
    expect(ended.stderr).toContain("The settings have 3 problems:");
    for (const name of ["PORT", "LOG_LEVEL", "AI_PROVIDER"]) expect(ended.stderr).toContain(`  - ${name}`);
    const ordered = await command(at, "order", of.good[0], "--consent", "--json");
    expect([ordered.code, failedOrder(ordered.stdout).error.code]).toEqual([2, "bad_settings"]);
    const { code, stdout } = await command(at, "doctor");
    expect([code, stdout.match(/^failing +settings/gm)]).toEqual([1, expect.objectContaining({ length: 3 })]);
  });

  it("reads .env, and warns once of names that nobody reads", async () => {
    const at = place();
    writeFileSync(join(at.cwd, ".env"), "METRICS_TOKEN=from-the-file\nMETRIC_TOKEN=x\nLOGLEVEL=debug\n");
    const served = await serve(at);
    const metrics = await fetch(`${served.address}/metrics`, {
      headers: { authorization: "Bearer from-the-file" },
    });
    expect(metrics.status).toBe(200);
    const warnings = served.stderr().match(/^warning: .*$/gm);
    expect(warnings).toHaveLength(1);
    expect(warnings?.[0]).toContain(".env sets what nobody reads:");
    expect(warnings?.[0]).toContain("METRIC_TOKEN (did you mean METRICS_TOKEN?)");
    expect(warnings?.[0]).toContain("LOGLEVEL (did you mean LOG_LEVEL?)");
  });

  it("says which setting to change when its port or address is taken or impossible", async () => {
    const { address } = await serve(place());
    const taken = await startMain(place({ PORT: new URL(address).port })).ended();
    expect([taken.code, taken.stderr]).toEqual([2, expect.stringContaining("Set PORT to a free one")]);
    const elsewhere = await startMain(place({ HOST: "192.0.2.1" })).ended();
    expect([elsewhere.code, elsewhere.stderr]).toEqual([2, expect.stringContaining("Set HOST")]);
  });

  it("hands work back on SIGTERM within ten seconds, and goes on with it at the next start", async () => {
    const at = place();
    const file = `file:${join(at.dataDir, "proheadshots.db")}`;
    const first = await serve(at);
    const caller = startCommand(at, "order", ...of.good, "--consent", "--json", "--count", "6");
    await caller.says(/Making pictures \[[^\]]*\] 1\/6/);
    const stopped = await first.stop();
    expect(stopped.code).toBe(0);
    expect(stopped.ms).toBeLessThan(10_000);
    const left = await caller.ended();
    expect([left.code, failedOrder(left.stdout).error.code]).toEqual([1, "conflict"]);
    expect(left.stderr).toContain("goes on at its next start");
    expect(await rowsOf(file, "SELECT kind FROM step WHERE state = 'leased'")).toEqual([]);
    const states = (): Promise<unknown[]> => rowsOf(file, "SELECT state FROM orders");
    expect(await states()).toEqual([{ state: "shooting" }]);

    await serve(at);
    await expect.poll(states, { timeout: 60_000, interval: 500 }).toEqual([{ state: "delivered" }]);
    const made = await rowsOf(
      file,
      "SELECT count(*) AS n, count(DISTINCT prompt_id) AS prompts FROM picture",
    );
    expect(made[0]?.["n"]).toBe(made[0]?.["prompts"]);
  });

  it("ends also when somebody keeps a stream open", async () => {
    const served = await serve(place());
    const page = await fetch(served.address);
    const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
    const stream = await fetch(`${served.address}/chat/stream`, { headers: { cookie } });
    expect(stream.status).toBe(200);
    const stopped = await served.stop();
    expect([stopped.code, stopped.ms < 10_000]).toEqual([0, true]);
  });

  it("starts by npm, and ends when npm is told to", async () => {
    const at = place();
    const npm = startNpm(at);
    const [, address = ""] = await npm.says(/Chat:\s+(\S+)\/\n/);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    npm.child.kill("SIGTERM");
    await npm.ended();
    await expect.poll(() => existsSync(join(at.dataDir, "lock")), { timeout: 10_000 }).toBe(false);
  });
});
