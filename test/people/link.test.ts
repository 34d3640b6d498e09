import { describe, expect, it } from "vitest";
import { raw } from "../../src/db/index.ts";
import {
  askErasure,
  createLinkCode,
  hasConsent,
  recordConsent,
  redeemLinkCode,
  resolvePerson,
  type Merger,
} from "../../src/people/index.ts";
import { linkCode, person } from "../../src/people/schema.ts";
import { people } from "./people.ts";

const MINUTE = 60_000;
const nobody = (): Promise<null> => Promise.resolve(null);

describe("a link code", () => {
  it("has eight characters that cannot be mixed up, is kept hashed, and the next one replaces it", async () => {
    const { deps, meet, clock } = await people();
    const { personId } = await meet("discord", "1");
    const first = await createLinkCode(deps, personId);
    expect(first.code).toMatch(/^[A-HJ-NP-Z2-9]{8}$/);
    expect(first.expiresAt).toBe(clock.now() + 10 * MINUTE);
    const second = await createLinkCode(deps, personId);
    const rows = await deps.db.orm.select().from(linkCode);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(second.code);
    const web = await meet("web", "v");
    expect(await redeemLinkCode(deps, web.personId, first.code, [])).toEqual({
      kind: "wrong_code",
      triesLeft: 4,
    });
  });

  it("makes one person of two: the one known longer keeps everything", async () => {
    const { deps, meet, clock } = await people();
    const web = await meet("web", "v");
    clock.advance(MINUTE);
    const discord = await meet("discord", "1");
    const yes = recordConsent(deps, {
      personId: discord.personId,
      faceId: "f1",
      platform: "discord",
      language: "en",
      textVersion: "1",
    });
    await deps.db.batch(yes.statements);
    const moved: Merger = ({ from, into }) => [raw("INSERT INTO counter VALUES (?, 9)", [`${from}>${into}`])];

    const { code } = await createLinkCode(deps, discord.personId);
    const typed = `${code.slice(0, 4).toLowerCase()} - ${code.slice(4)}`;
    expect(await redeemLinkCode(deps, web.personId, typed, [moved])).toEqual({
      kind: "linked",
      personId: web.personId,
    });
    expect((await meet("discord", "1")).personId).toBe(web.personId);
    expect((await meet("discord", "1")).chatId).toBe(discord.chatId);
    expect(await hasConsent(deps, web.personId)).toBe(true);
    expect(await resolvePerson(deps, discord.personId, nobody)).toBe(web.personId);
    expect(await deps.db.query("SELECT name FROM counter WHERE value = 9")).toEqual([
      { name: `${discord.personId}>${web.personId}` },
    ]);
    expect(await redeemLinkCode(deps, web.personId, code, [])).toMatchObject({ kind: "wrong_code" });
  });

  it("keeps the photos of both readable when the files' keys are handed over with everything else", async () => {
    const { deps, meet, clock } = await people();
    const web = await meet("web", "v");
    clock.advance(MINUTE);
    const discord = await meet("discord", "1");
    const photos = [];
    for (const [at, { personId }] of [web, discord].entries()) {
      const photo = await deps.blobs.put(personId, "selfie", new Uint8Array([at]));
      await deps.db.batch([deps.blobs.keep(photo)]);
      photos.push(photo.id);
    }
    const { code } = await createLinkCode(deps, web.personId);
    const keys: Merger = ({ from, into }) => deps.blobs.inherit(from, into);
    expect(await redeemLinkCode(deps, discord.personId, code, [keys])).toEqual({
      kind: "linked",
      personId: web.personId,
    });
    const { personId } = await meet("discord", "1");
    for (const [at, id] of photos.entries())
      expect(await deps.blobs.read(personId, id)).toEqual(new Uint8Array([at]));
  });

  it("leads from every earlier person to the last one", async () => {
    const { deps, meet, clock } = await people();
    const met = [];
    for (const [platform, id] of [
      ["web", "v"],
      ["discord", "1"],
      ["telegram", "2"],
    ] as const) {
      met.push(await meet(platform, id));
      clock.advance(1);
    }
    const [web, discord, telegram] = met.map((who) => who.personId);
    if (web === undefined || discord === undefined || telegram === undefined)
      throw new Error("three persons");
    await redeemLinkCode(deps, discord, (await createLinkCode(deps, telegram)).code, []);
    await redeemLinkCode(deps, web, (await createLinkCode(deps, discord)).code, []);
    expect(await resolvePerson(deps, telegram, nobody)).toBe(web);
    expect((await deps.db.orm.select().from(person)).map((row) => row.mergedInto)).toEqual([null, web, web]);
  });

  it("works once, for ten minutes, and not for oneself", async () => {
    const { deps, meet, clock } = await people();
    const discord = await meet("discord", "1");
    const web = await meet("web", "v");
    const other = await meet("web", "w");
    const { code } = await createLinkCode(deps, discord.personId);
    expect(await redeemLinkCode(deps, discord.personId, code, [])).toEqual({ kind: "same_person" });
    // Both have read the code before either uses it.
    const waiting: (() => void)[] = [];
    const batch: typeof deps.db.batch = async (statements, operation) => {
      if (statements.some((statement) => statement.sql.includes("merged_into"))) {
        await new Promise<void>((both) => {
          waiting.push(both);
          if (waiting.length === 2) for (const go of waiting) go();
        });
      }
      return deps.db.batch(statements, operation);
    };
    const racing = { ...deps, db: { ...deps.db, batch } };
    const both = await Promise.all([
      redeemLinkCode(racing, web.personId, code, []),
      redeemLinkCode(racing, other.personId, code, []),
    ]);
    expect(both.map((outcome) => outcome.kind).sort()).toEqual(["linked", "wrong_code"]);
    const late = await createLinkCode(deps, discord.personId);
    clock.advance(10 * MINUTE);
    expect(await redeemLinkCode(deps, (await meet("web", "x")).personId, late.code, [])).toMatchObject({
      kind: "wrong_code",
    });
  });

  it("allows five tries in ten minutes, also when they come at once", async () => {
    const { deps, meet, clock } = await people();
    const discord = await meet("discord", "1");
    const { personId } = await meet("web", "v");
    const tries = await Promise.all(
      Array.from({ length: 8 }, () => redeemLinkCode(deps, personId, "WRONGONE", [])),
    );
    expect(tries.filter((outcome) => outcome.kind === "wrong_code")).toHaveLength(5);
    expect(tries.filter((outcome) => outcome.kind === "too_many_tries")).toHaveLength(3);
    const { code } = await createLinkCode(deps, discord.personId);
    expect(await redeemLinkCode(deps, personId, code, [])).toEqual({ kind: "too_many_tries" });
    clock.advance(10 * MINUTE);
    const fresh = await createLinkCode(deps, discord.personId);
    expect(await redeemLinkCode(deps, personId, fresh.code, [])).toMatchObject({ kind: "linked" });
  });

  it("links nobody who is being erased", async () => {
    const { deps, meet, armStep } = await people();
    const discord = await meet("discord", "1");
    const web = await meet("web", "v");
    const { code } = await createLinkCode(deps, discord.personId);
    await askErasure(deps, discord, armStep);
    expect(await redeemLinkCode(deps, web.personId, code, [])).toMatchObject({ kind: "wrong_code" });
    await expect(createLinkCode(deps, discord.personId)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});
