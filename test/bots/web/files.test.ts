import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { AppError } from "../../../src/ports/errors.ts";
import { webKit } from "./kit.ts";
import { newVisitor, ORIGIN, transcriptRows, uuid } from "./visitor.ts";

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
    expect(await transcriptRows(kit, visitor.id)).toEqual([]);
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
    const [row, ...more] = await transcriptRows(kit, visitor.id);
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
