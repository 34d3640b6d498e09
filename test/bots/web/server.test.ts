import { describe, expect, it } from "vitest";
import { AppError } from "../../../src/ports/errors.ts";
import { fakeClock } from "../../kit/time.ts";
import { webKit } from "./kit.ts";
import { newVisitor, ORIGIN, press, transcriptRows, uuid, words } from "./visitor.ts";

describe("the page", () => {
  it("says without JavaScript what it does and that the chat needs it", async () => {
    const kit = await webKit();
    const page = await kit.app.request(`${ORIGIN}/`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain("get professional headshots of yourself back");
    expect(html).toContain("The chat needs JavaScript");
  });

  it("answers in German where the browser asks for it", async () => {
    const kit = await webKit();
    const page = await kit.app.request(`${ORIGIN}/`, { headers: { "accept-language": "de-AT,en;q=0.5" } });
    expect(await page.text()).toContain('<html lang="de">');
  });

  it("forbids everything that it does not need, with a new nonce each time", async () => {
    const kit = await webKit();
    const policies = await Promise.all(
      [1, 2].map(
        async () => (await kit.app.request(`${ORIGIN}/`)).headers.get("content-security-policy") ?? "",
      ),
    );
    expect(policies[0]).toMatch(/default-src 'none'/);
    expect(policies[0]).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic'/);
    expect(policies[0]).toMatch(/style-src 'self'/);
    expect(policies[0]).toMatch(/img-src 'self'(;|$)/);
    expect(policies[0]).not.toMatch(/unsafe/);
    expect(policies[0]).not.toBe(policies[1]);
  });

  it("has a drawing for every style it knows and none for others", async () => {
    const kit = await webKit();
    expect((await kit.app.request(`${ORIGIN}/assets/styles/corporate-grey.svg`)).status).toBe(200);
    expect((await kit.app.request(`${ORIGIN}/assets/styles/unknown.svg`)).status).toBe(404);
  });
});

describe("a visitor", () => {
  it("is a random id in a signed cookie that scripts cannot read", async () => {
    const kit = await webKit();
    const cookie = (await kit.app.request(`${ORIGIN}/`)).headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^visitor=[0-9a-f]{32}\.[^;]+;/);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure/);
  });

  it("is bound to the host and to https where the site has it", async () => {
    const kit = await webKit({ siteUrl: "https://headshots.example" });
    const cookie = (await kit.app.request("https://headshots.example/")).headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^__Host-visitor=/);
    expect(cookie).toMatch(/Secure/);
    expect(cookie).toMatch(/Path=\//);
  });

  it("stays the same on the next visit", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    const again = (await visitor.get("/")).headers.get("set-cookie") ?? "";
    expect(again).toContain(visitor.id);
  });

  it.each(["/chat/stream", "/chat/me", "/chat/pictures/P1", "/chat/zip?pictures=P1"])(
    "is needed for %s",
    async (path) => {
      const kit = await webKit();
      const answer = await kit.app.request(ORIGIN + path);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({
        code: "no_visit",
        message: expect.stringContaining("Load it again"),
      });
    },
  );

  it("with a forged or altered cookie is nobody", async () => {
    const kit = await webKit();
    const { cookie } = await newVisitor(kit);
    const altered = cookie.replace(/visitor=./, (start) => `visitor=${start.endsWith("0") ? "1" : "0"}`);
    const unsigned = `visitor=${"0".repeat(32)}`;
    for (const forged of [altered, unsigned, `${unsigned}.${"A".repeat(43)}=`]) {
      expect((await kit.app.request(`${ORIGIN}/chat/me`, { headers: { cookie: forged } })).status).toBe(401);
    }
  });
});

describe("an event", () => {
  it("reaches the conversation once, however often it is sent", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    for (let sent = 0; sent < 3; sent++) expect((await visitor.post(words(1, "hello"))).status).toBe(204);
    expect(kit.events).toHaveLength(1);
    expect(kit.events[0]).toMatchObject({
      account: { platform: "web", externalId: visitor.id },
      address: visitor.id,
      body: { kind: "text", text: "hello" },
    });
    expect(await transcriptRows(kit, visitor.id)).toHaveLength(1);
  });

  it("of one page does not use up the same id of another", async () => {
    const kit = await webKit();
    const [a, b] = [await newVisitor(kit), await newVisitor(kit)];
    await a.post(press(1));
    await b.post(press(1));
    expect(new Set(kit.events.map(({ id }) => id)).size).toBe(2);
  });

  it.each([
    ["no JSON", "{"],
    ["an unknown kind", { id: uuid(1), body: { kind: "dance" } }],
    ["an id that is no UUID", { id: "1", body: { kind: "press", action: "begin" } }],
    ["an empty text", words(1, "  ")],
    ["a text without end", words(1, "a".repeat(4001))],
    ["an action that no button carries", press(1, "x".repeat(65))],
    ["a command for admins", { id: uuid(1), body: { kind: "command", name: "console" } }],
  ])("with %s is refused in a sentence and reaches nobody", async (_, event) => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    const answer = await visitor.post(event);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: "not_understood" });
    expect(kit.events).toEqual([]);
  });

  it("of another site is refused", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    const foreign = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };
    const asForm = await visitor.post(press(1), { ...foreign, "content-type": "text/plain" });
    expect(asForm.status).toBe(403);
    const form = new FormData();
    form.append(uuid(2), new Blob(["x"]), "x.jpg");
    const upload = await kit.app.request(`${ORIGIN}/chat/photos?batch=${uuid(1)}`, {
      method: "POST",
      headers: { cookie: visitor.cookie, ...foreign },
      body: form,
    });
    expect(upload.status).toBe(403);
    const sameSiteForm = await visitor.post(press(1), {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(sameSiteForm.status).toBe(400);
    expect(kit.events).toEqual([]);
  });

  it("that cannot be stored is answered with a sentence and a status, and works when sent again", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    kit.answer(async () => {
      throw new AppError("DATABASE_BUSY", "locked", { retryable: true });
    });
    const busy = await visitor.post(words(1, "hello"));
    expect(busy.status).toBe(503);
    expect(await busy.json()).toMatchObject({
      code: "failed",
      message: expect.stringContaining("Nothing is lost"),
    });
    kit.answer(async () => {
      throw new AppError("DISK_FULL", "full", { retryable: true });
    });
    const full = await visitor.post(words(1, "hello"));
    expect(full.status).toBe(507);
    expect(await full.json()).toMatchObject({ message: expect.stringContaining("disk") });
    kit.answer(async () => undefined);
    expect((await visitor.post(words(1, "hello"))).status).toBe(204);
    expect(kit.events).toHaveLength(1);
    expect(await transcriptRows(kit, visitor.id)).toHaveLength(1);
  });

  it("that comes too fast is asked to wait, and only its sender is", async () => {
    const clock = fakeClock();
    const kit = await webKit({ clock });
    const [hasty, calm] = [await newVisitor(kit), await newVisitor(kit)];
    const statuses: number[] = [];
    for (let n = 1; n <= 41; n++) statuses.push((await hasty.post(press(n))).status);
    expect(statuses.slice(0, 40).every((status) => status === 204)).toBe(true);
    expect(statuses[40]).toBe(429);
    expect((await calm.post(press(1))).status).toBe(204);
    clock.advance(1000);
    expect((await hasty.post(press(50))).status).toBe(204);
  });
});
