import { describe, expect, it } from "vitest";
import { raw } from "../../src/db/index.ts";
import { step } from "../../src/jobs/schema.ts";
import {
  askErasure,
  createLinkCode,
  eraseHandler,
  hasConsent,
  recordConsent,
  redeemLinkCode,
  reportAbuse,
  resolvePerson,
  withdrawConsent,
  type Eraser,
} from "../../src/people/index.ts";
import {
  chat,
  consent,
  erasure,
  identity,
  linkCode,
  linkTry,
  person,
  report,
} from "../../src/people/schema.ts";
import { blob, personKey } from "../../src/storage/schema.ts";
import { people, type People } from "./people.ts";

async function consented(room: People, personId: string, faceId = "f1"): Promise<void> {
  const { statements } = recordConsent(room.deps, {
    personId,
    faceId,
    platform: "discord",
    language: "en",
    textVersion: "2026-11",
  });
  expect(await room.deps.db.batch(statements)).toMatchObject({ ok: true });
}

describe("consent", () => {
  it("stands until it is withdrawn with its face", async () => {
    const room = await people();
    const { personId } = await room.meet("discord", "1");
    expect(await hasConsent(room.deps, personId)).toBe(false);
    await consented(room, personId);
    expect(await hasConsent(room.deps, personId)).toBe(true);
    await room.deps.db.batch([withdrawConsent(room.deps, "f1")]);
    expect(await hasConsent(room.deps, personId)).toBe(false);
    const [kept] = await room.deps.db.orm.select().from(consent);
    expect(kept).toMatchObject({ textVersion: "2026-11", language: "en", platform: "discord" });
    expect(kept?.purposes).toContain("measure_likeness");
  });

  it("is not taken from somebody who is being erased", async () => {
    const room = await people();
    const who = await room.meet("discord", "1");
    await askErasure(room.deps, who, room.armStep);
    const { statements } = recordConsent(room.deps, { ...who, faceId: "f", textVersion: "1" });
    expect(await room.deps.db.batch(statements)).toEqual({ ok: false, kind: "guard", guard: "person" });
  });
});

describe("an erasure", () => {
  it("is asked once: asking again returns the same one", async () => {
    const room = await people();
    const who = await room.meet("discord", "1");
    const asked = await Promise.all(
      Array.from({ length: 5 }, () => askErasure(room.deps, who, room.armStep)),
    );
    expect(new Set(asked.map((one) => one.erasureId)).size).toBe(1);
    expect(await room.deps.db.orm.select().from(step)).toMatchObject([
      { subject: "person", subjectId: who.personId, kind: "erase", state: "ready" },
    ]);
    await expect(
      askErasure(room.deps, { personId: "nobody", chatId: null }, room.armStep),
    ).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("asks every eraser until all are done and adds their counts up", async () => {
    const room = await people();
    const { deps } = room;
    const who = await room.meet("discord", "1");
    await askErasure(deps, who, room.armStep);
    const left = [3, 2, 0];
    const slow: Eraser = (personId) => {
      const rest = left.shift() ?? 0;
      return Promise.resolve({
        counts: { photos: 5 - rest },
        statements: [raw("INSERT INTO counter VALUES (?, 1)", [`${personId}-${rest}`])],
        done: rest === 0,
      });
    };
    const handler = eraseHandler(deps, [slow]);
    expect(await room.runStep(handler, who.personId, "erase")).toMatchObject({ kind: "snooze" });
    expect(await room.runStep(handler, who.personId, "erase")).toMatchObject({ kind: "snooze" });
    expect(await room.announced()).toEqual([]);
    expect(await room.runStep(handler, who.personId, "erase")).toMatchObject({ kind: "done" });
    expect(await deps.db.orm.select().from(erasure)).toMatchObject([
      { receipt: { photos: 10, accounts: 1 }, finishedAt: room.clock.now() },
    ]);
    expect(await room.announced()).toEqual(["erased discord-chat-1"]);
    expect(await room.runStep(handler, who.personId, "erase")).toEqual({ kind: "done" });
    expect(await room.announced()).toHaveLength(1);
  });

  it("leaves a hashed consent with its date, a receipt, and nobody to be found", async () => {
    const room = await people();
    const { deps } = room;
    const discord = await room.meet("discord", "4711");
    await consented(room, discord.personId);
    const photo = await deps.blobs.put(discord.personId, "selfie", new Uint8Array([1, 2, 3]));
    await deps.db.batch([deps.blobs.keep(photo), deps.blobs.keep(photo)]);
    room.clock.advance(1);
    const web = await room.meet("web", "v");
    await redeemLinkCode(deps, web.personId, (await createLinkCode(deps, discord.personId)).code, []);
    const late = await deps.blobs.put(web.personId, "selfie", new Uint8Array([4]));
    await deps.db.batch([deps.blobs.keep(late)]);
    await reportAbuse(deps, { personId: discord.personId, words: "words" });
    await createLinkCode(deps, discord.personId);
    const given = room.clock.now() - 1;
    room.clock.advance(60_000);

    await askErasure(deps, { personId: discord.personId, chatId: web.chatId }, room.armStep);
    await room.runStep(eraseHandler(deps, []), discord.personId, "erase");

    const orm = deps.db.orm;
    for (const table of [identity, chat, linkCode, linkTry, report])
      expect(await orm.select().from(table)).toEqual([]);
    const consents = await orm.select().from(consent);
    expect(consents).toMatchObject([
      { personId: null, faceId: null, givenAt: given, withdrawnAt: room.clock.now(), textVersion: "2026-11" },
    ]);
    expect(consents[0]?.personHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(consents)).not.toContain("4711");
    expect((await orm.select().from(blob)).map((row) => row.refs)).toEqual([0, 0]);
    expect((await orm.select().from(personKey)).map((row) => row.personId).sort()).toEqual(
      [discord.personId, web.personId].sort(),
    );
    await expect(deps.blobs.read(discord.personId, photo.id)).rejects.toMatchObject({ code: "KEY_DROPPED" });
    await expect(deps.blobs.read(web.personId, late.id)).rejects.toMatchObject({ code: "KEY_DROPPED" });
    expect(await orm.select().from(erasure)).toMatchObject([
      { receipt: { accounts: 2, reports: 1, files: 2 } },
    ]);
    expect(await room.announced()).toEqual(["erased web-chat-v"]);
    const owner = (): Promise<string> => Promise.resolve(discord.personId);
    for (const name of [discord.personId, web.personId, "discord:4711", "order:O1"])
      expect(await resolvePerson(deps, name, owner)).toBeNull();

    const again = await room.meet("discord", "4711");
    expect(again).toMatchObject({ isNew: true });
    expect(again.personId).not.toBe(discord.personId);
    expect(await orm.select().from(person)).toHaveLength(3);
  });

  it("stops at a lost lease before anything else is deleted", async () => {
    const room = await people();
    const who = await room.meet("discord", "1");
    await askErasure(room.deps, who, room.armStep);
    const handler = eraseHandler(room.deps, [
      () => Promise.resolve({ counts: { photos: 1 }, statements: [], done: true }),
    ]);
    const lost = raw("UPDATE step SET state = state WHERE id = 'nobody'", [], "lease");
    const running = await room.deps.db.orm.select().from(step);
    const [first] = running;
    if (first === undefined) throw new Error("the step is there");
    await expect(handler(first, { signal: new AbortController().signal, fence: lost })).rejects.toMatchObject(
      { retryable: true },
    );
    expect(await room.deps.db.orm.select().from(erasure)).toMatchObject([
      { receipt: null, finishedAt: null },
    ]);
  });
});
