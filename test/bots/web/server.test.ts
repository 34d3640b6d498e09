import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { AppError } from "../../../src/ports/errors.ts";
import { fakeClock } from "../../kit/time.ts";
import { webKit, type WebKit } from "./kit.ts";
import * as views from "./views.ts";

const ORIGIN = "http://127.0.0.1";
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

interface Visitor {
  readonly id: string;
  readonly cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(event: unknown, headers?: Record<string, string>): Promise<Response>;
  upload(
    batch: string,
    files: readonly { id: string; name: string; bytes: Uint8Array<ArrayBuffer> }[],
  ): Promise<Response>;
}

async function newVisitor(kit: WebKit): Promise<Visitor> {
  const page = await kit.app.request(`${ORIGIN}/`);
  const cookie = (page.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const id = cookie.replace(/^(__Host-)?visitor=/, "").slice(0, 32);
  return {
    id,
    cookie,
    get: async (path, headers = {}) => kit.app.request(ORIGIN + path, { headers: { cookie, ...headers } }),
    post: async (event, headers = {}) =>
      kit.app.request(`${ORIGIN}/chat/events`, {
        method: "POST",
        headers: { cookie, origin: ORIGIN, "content-type": "application/json", ...headers },
        body: JSON.stringify(event),
      }),
    upload: async (batch, files) => {
      const form = new FormData();
      for (const { id: name, name: fileName, bytes } of files) form.append(name, new Blob([bytes]), fileName);
      return kit.app.request(`${ORIGIN}/chat/photos?batch=${batch}`, {
        method: "POST",
        headers: { cookie, origin: ORIGIN },
        body: form,
      });
    },
  };
}

const press = (n: number, action = "begin") => ({ id: uuid(n), body: { kind: "press", action } });
const words = (n: number, text: string) => ({ id: uuid(n), body: { kind: "text", text } });

async function rows(kit: WebKit, address: string) {
  return kit.db.query("SELECT * FROM web_message WHERE address = ? ORDER BY seq", [address]);
}

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
    expect(await rows(kit, visitor.id)).toHaveLength(1);
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
    expect(await rows(kit, visitor.id)).toHaveLength(1);
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

describe("photos", () => {
  const jpeg = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(size).fill(13);

  it("are not read before the consent: they stay in the page", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    const answer = await visitor.upload(uuid(1), [{ id: uuid(2), name: "a.jpg", bytes: jpeg(10) }]);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      code: "consent_first",
      message: expect.stringContaining("stay in this page"),
    });
    expect(kit.events).toEqual([]);
    expect(await rows(kit, visitor.id)).toEqual([]);
  });

  it("are offered one by one, each once, and stand together in one message", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    kit.consented.add(visitor.id);
    const files = [2, 3, 4].map((n) => ({ id: uuid(n), name: `photo "${n}".jpg`, bytes: jpeg(1000 * n) }));
    for (let sent = 0; sent < 2; sent++) {
      const answer = await visitor.upload(uuid(1), files);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ files: files.map(({ id }) => ({ id, outcome: "taken" })) });
    }
    expect(kit.events.map(({ body }) => body)).toEqual(
      files.map(({ name, bytes }) => ({ kind: "photos", photos: [{ kind: "bytes", name, bytes }] })),
    );
    const [row, ...more] = await rows(kit, visitor.id);
    expect(more).toEqual([]);
    expect(
      JSON.parse(String(row?.["view"])).blocks[0].selfies.map((item: { name: string }) => item.name),
    ).toEqual(files.map(({ name }) => name));
  });

  it("over 25 MB are named and the others taken", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    kit.consented.add(visitor.id);
    const files = [
      { id: uuid(2), name: "huge.jpg", bytes: jpeg(25 * 1024 * 1024 + 1) },
      { id: uuid(3), name: "fine.jpg", bytes: jpeg(25 * 1024 * 1024) },
    ];
    const answer = await visitor.upload(uuid(1), files);
    expect(await answer.json()).toMatchObject({
      files: [
        { id: uuid(2), outcome: "too_large", message: expect.stringContaining("25 MB") },
        { id: uuid(3), outcome: "taken" },
      ],
    });
    expect((await visitor.upload(uuid(4), files.slice(0, 1))).status).toBe(413);
    expect(kit.events).toHaveLength(1);
  });

  it("beyond forty in one go are not looked at, and said so", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    kit.consented.add(visitor.id);
    const files = Array.from({ length: 43 }, (_, n) => ({
      id: uuid(n + 2),
      name: `${n}.jpg`,
      bytes: jpeg(5),
    }));
    const { files: said } = await (await visitor.upload(uuid(1), files)).json();
    expect(said.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      ...Array.from({ length: 40 }, () => "taken"),
      ...Array.from({ length: 3 }, () => "not_looked_at"),
    ]);
    expect(kit.events).toHaveLength(40);
  });

  it("that could not be stored are named, those before them stay taken", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    kit.consented.add(visitor.id);
    let room = 1;
    kit.answer(async () => {
      if (room-- <= 0) throw new AppError("DISK_FULL", "full", { retryable: true });
    });
    const files = [2, 3].map((n) => ({ id: uuid(n), name: `${n}.jpg`, bytes: jpeg(5) }));
    const answer = await visitor.upload(uuid(1), files);
    expect(await answer.json()).toMatchObject({
      files: [
        { id: uuid(2), outcome: "taken" },
        { id: uuid(3), outcome: "failed", message: expect.stringContaining("disk") },
      ],
    });
    expect(kit.events).toHaveLength(1);
  });

  it("in a body that is cut off or no form at all are refused in a sentence", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    kit.consented.add(visitor.id);
    const send = (type: string, body: string): Response | Promise<Response> =>
      kit.app.request(`${ORIGIN}/chat/photos?batch=${uuid(1)}`, {
        method: "POST",
        headers: { cookie: visitor.cookie, origin: ORIGIN, "content-type": type },
        body,
      });
    const cut = await send(
      "multipart/form-data; boundary=b",
      `--b\r\nContent-Disposition: form-data; name="${uuid(2)}"; filename="a.jpg"\r\n\r\nabc`,
    );
    expect(cut.status).toBe(400);
    expect((await send("multipart/form-data", "x")).status).toBe(400);
    expect((await send("image/jpeg", "x")).status).toBe(400);
    expect(kit.events).toEqual([]);
  });
});

describe("files", () => {
  it("are given to their owner only; for others they do not exist", async () => {
    const kit = await webKit();
    const [owner, other] = [await newVisitor(kit), await newVisitor(kit)];
    kit.owners.add(owner.id);
    for (const path of [
      "/chat/pictures/P1",
      "/chat/pictures/P1/circle-safe",
      "/chat/selfies/S1",
      "/chat/thumb/pictures/P1/800",
      "/chat/thumb/selfies/S1/320",
    ]) {
      const mine = await owner.get(path);
      expect(mine.status).toBe(200);
      expect(mine.headers.get("content-type")).toBe("image/jpeg");
      expect(mine.headers.get("cache-control")).toMatch(/^private/);
      expect((await other.get(path)).status).toBe(404);
    }
    expect((await other.get("/chat/zip?pictures=P1,P2")).status).toBe(404);
  });

  it("carry a name that is safe to save", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    const { headers } = await visitor.get("/chat/pictures/P1");
    expect(headers.get("content-disposition")).toBe(
      'inline; filename="headshot-01-corporate-grey-original.jpg"',
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("that are unknown are answered with a sentence", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    for (const path of [
      "/chat/pictures/none",
      "/chat/pictures/P1/sideways",
      "/chat/thumb/pictures/P1/9999",
    ]) {
      const answer = await visitor.get(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: "not_found" });
    }
    expect((await visitor.get("/chat/zip?pictures=")).status).toBe(400);
  });

  it("come together in one zip, those that are gone left out", async () => {
    const kit = await webKit();
    const visitor = await newVisitor(kit);
    const answer = await visitor.get("/chat/zip?pictures=P1,gone,P3");
    expect(answer.headers.get("content-type")).toBe("application/zip");
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="headshots.zip"');
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    expect(Object.keys(files)).toEqual([
      "headshot-01-corporate-grey-original.jpg",
      "headshot-03-creative-colour-original.jpg",
    ]);
    const alone = new Uint8Array(await (await visitor.get("/chat/pictures/P3")).arrayBuffer());
    expect(files["headshot-03-creative-colour-original.jpg"]).toEqual(alone);
  });
});

describe("the sender", () => {
  it("writes a message once and changes it in place", async () => {
    const clock = fakeClock();
    const kit = await webKit({ clock });
    await kit.show("A", "d1", views.status(0, 8));
    await kit.show("A", "d2", views.welcome);
    clock.advance(1000);
    await kit.show("A", "d1", views.status(1, 8));
    await kit.show("A", "d1", views.status(1, 8));
    const [second, first, ...more] = await rows(kit, "A");
    expect(more).toEqual([]);
    expect([second?.["id"], first?.["id"]]).toEqual(["d2", "d1"]);
    expect(Number(first?.["created_at"])).toBeLessThan(Number(second?.["created_at"]));
    expect(JSON.parse(String(first?.["view"]))).toEqual(views.status(1, 8));
  });

  it("numbers changes strictly upwards within an address, also when many are sent at once", async () => {
    const kit = await webKit({ clock: fakeClock() });
    await Promise.all(Array.from({ length: 25 }, (_, n) => kit.show("A", `d${n}`, views.status(n % 8, 8))));
    const seqs = (await rows(kit, "A")).map((row) => Number(row["seq"]));
    expect(new Set(seqs).size).toBe(25);
    const times = (await rows(kit, "A")).map((row) => Number(row["created_at"]));
    expect(new Set(times).size).toBe(25);
  });

  it("goes on counting after the transcript was erased, so that a page that was away still hears the receipt", async () => {
    const clock = fakeClock();
    const kit = await webKit({ clock });
    await kit.show("A", "d1", views.welcome);
    const before = Number((await rows(kit, "A"))[0]?.["seq"]);
    await kit.db.batch([{ sql: "DELETE FROM web_message", args: [] }]);
    clock.advance(10);
    await kit.show("A", "d2", views.welcome);
    expect(Number((await rows(kit, "A"))[0]?.["seq"])).toBeGreaterThan(before);
  });

  it("shows a place to drop photos where photos are asked for in words", async () => {
    const kit = await webKit();
    await kit.show("A", "d1", views.askPhotos, "selfies");
    await kit.show("A", "d2", views.welcome, "welcome");
    const kinds = (await rows(kit, "A")).map((row) =>
      JSON.parse(String(row["view"])).blocks.map(({ kind }: { kind: string }) => kind),
    );
    expect(kinds).toEqual([
      ["text", "selfies"],
      ["text", "facts"],
    ]);
  });
});
