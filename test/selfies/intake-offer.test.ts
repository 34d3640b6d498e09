import { describe, expect, it } from "vitest";
import type { PhotoOffer } from "../../src/ports/chat.ts";
import { AppError } from "../../src/ports/errors.ts";
import { fetchOffered, offerSelfies, openFace, sweepSelfies } from "../../src/selfies/index.ts";
import { write } from "../../src/db/index.ts";
import { person } from "../../src/people/schema.ts";
import { face } from "../../src/selfies/schema.ts";
import { differentHashes, intake, PERSON, reference } from "./intake.ts";
import { goodPhoto } from "./kit.ts";

const HOUR_MS = 3_600_000;
const good = (seed: number) => goodPhoto({}, differentHashes(seed));

describe("offering photos", () => {
  it("stores the bytes and has each inspected", async () => {
    const kit = await intake();
    const offered = await kit.send("e1", ["a", good(1)], ["b", good(2)]);
    expect(offered).toMatchObject({ already: 0, notLookedAt: [] });
    expect(offered.selfieIds).toHaveLength(2);
    expect((await kit.details()).settled).toBe(false);
    expect(await kit.work()).toBe(2);
    expect(await kit.verdicts()).toEqual({ a: "keep", b: "keep" });
    expect((await kit.details()).settled).toBe(true);
    expect(await kit.announced()).toHaveLength(2);
  });

  it("changes nothing when the same event arrives again, also at the same moment", async () => {
    const kit = await intake();
    const both = await Promise.all([kit.send("e1", ["a", good(1)]), kit.send("e1", ["a", good(1)])]);
    const again = await kit.send("e1", ["a", good(1)]);
    expect(new Set([...both, again].flatMap(({ selfieIds }) => selfieIds)).size).toBe(1);
    expect(await kit.rows()).toHaveLength(1);
    expect(await kit.steps()).toHaveLength(1);
    const [blob] = await kit.deps.db.query("SELECT refs FROM blob");
    expect(blob?.["refs"]).toBe(1);
  });

  it("looks at forty of a face and names the others, in order", async () => {
    const kit = await intake();
    const names = Array.from({ length: 500 }, (_, index) => `photo-${index}`);
    const photos = names.map((name): PhotoOffer => ({
      kind: "bytes",
      bytes: new TextEncoder().encode(name),
      name,
    }));
    const offered = await kit.offer("e1", photos);
    expect(offered.selfieIds).toHaveLength(40);
    expect(offered.notLookedAt).toEqual(names.slice(40));
    expect((await kit.offer("e2", photos.slice(0, 3))).notLookedAt).toHaveLength(3);
  });

  it("keeps to forty when albums come at the same moment", async () => {
    const kit = await intake();
    const album = (index: number): PhotoOffer[] =>
      Array.from({ length: 10 }, (_, at) => ({ kind: "bytes", bytes: Uint8Array.of(index, at), name: null }));
    const offered = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((index) => kit.offer(`e${index}`, album(index))),
    );
    expect(offered.flatMap(({ selfieIds }) => selfieIds)).toHaveLength(40);
    expect(offered.flatMap(({ notLookedAt }) => notLookedAt)).toHaveLength(20);
    expect(await kit.rows()).toHaveLength(40);
  });

  it("gives the place of a refused photo to another", async () => {
    const kit = await intake();
    const names = Array.from({ length: 40 }, (_, index) => `no-face-${index}`);
    const empty = goodPhoto({}, { faceHeights: [], face: null });
    await kit.send("e1", ...names.map((name) => [name, empty] as const));
    await kit.work();
    expect((await kit.send("e2", ["better", good(1)])).selfieIds).toHaveLength(1);
  });

  it("refuses a file over the limit without storing it", async () => {
    const kit = await intake({ platform: "telegram" });
    const offered = await kit.offer("e1", [reference("big", 20 * 1024 * 1024 + 1)]);
    expect(offered.selfieIds).toHaveLength(1);
    const huge: PhotoOffer = { kind: "bytes", bytes: new Uint8Array(25 * 1024 * 1024 + 1), name: "huge" };
    await kit.offer("e2", [huge], "web");
    expect(await kit.verdicts()).toEqual({
      "big.jpg": "refuse file_too_large",
      huge: "refuse file_too_large",
    });
    expect(await kit.steps()).toEqual([]);
    expect(await kit.announced()).toHaveLength(2);
    expect(await kit.deps.db.query("SELECT * FROM blob")).toEqual([]);
  });

  it("lets a full disk be heard and takes nothing of the event", async () => {
    const kit = await intake();
    const full = new AppError("DISK_FULL", "the disk is full", { retryable: true });
    const blobs = { ...kit.deps.blobs, put: () => Promise.reject(full) };
    const offer = {
      personId: PERSON,
      chatId: "chat",
      platform: "web",
      faceId: kit.faceId,
      eventId: "e1",
    } as const;
    const photos: PhotoOffer[] = [{ kind: "bytes", bytes: Uint8Array.of(1), name: "a" }];
    await expect(offerSelfies({ ...kit.deps, blobs }, { ...offer, photos })).rejects.toBe(full);
    expect(await kit.rows()).toEqual([]);
    expect((await kit.offer("e1", photos)).selfieIds).toHaveLength(1);
  });

  it("takes nothing for a face that was deleted", async () => {
    const kit = await intake();
    await kit.deps.db.batch([write(kit.deps.db.orm.update(face).set({ deletedAt: 1 }))]);
    expect(await kit.send("e1", ["a", good(1)])).toEqual({ selfieIds: [], already: 0, notLookedAt: [] });
  });
});

describe("photos before consent", () => {
  it("are only referred to, never fetched or stored", async () => {
    const kit = await intake({ consented: false, platform: "telegram" });
    await kit.offer("e1", [reference("one"), { kind: "bytes", bytes: Uint8Array.of(1), name: "bytes" }]);
    expect((await kit.rows()).map(({ state, uniqueId }) => [state, uniqueId])).toEqual([["offered", "one"]]);
    expect(await kit.steps()).toEqual([]);
    expect(await kit.deps.db.query("SELECT * FROM blob")).toEqual([]);
  });

  it("are fetched after the consent, and judged", async () => {
    const kit = await intake({
      consented: false,
      platform: "telegram",
      fetcher: async (asked) => ({ kind: "bytes", bytes: new TextEncoder().encode(asked) }),
    });
    kit.imaging.file("ref:one", good(1));
    await kit.offer("e1", [reference("one")]);
    await kit.consent();
    await kit.deps.db.batch(await fetchOffered(kit.deps, kit.faceId));
    expect((await kit.steps()).map(({ kind, needs }) => [kind, needs])).toEqual([
      ["fetch", "fetch:telegram"],
    ]);
    await kit.work();
    expect(await kit.verdicts()).toEqual({ "one.jpg": "keep" });
    expect((await kit.rows())[0]?.reference).toBeNull();
  });

  it("are forgotten after an hour", async () => {
    const kit = await intake({ consented: false, platform: "discord" });
    await kit.offer("e1", [reference("one")]);
    kit.clock.advance(HOUR_MS);
    expect(await sweepSelfies(kit.deps)).toBe(0);
    kit.clock.advance(1);
    expect(await sweepSelfies(kit.deps)).toBe(1);
    expect((await kit.rows())[0]).toMatchObject({
      state: "expired",
      reference: null,
      name: null,
      uniqueId: null,
    });
    expect(await sweepSelfies(kit.deps)).toBe(0);
  });

  it("that came in the very moment of the consent are found by the sweep", async () => {
    const kit = await intake({ consented: false, platform: "telegram" });
    await kit.offer("e1", [reference("one")]);
    await kit.consent();
    await sweepSelfies(kit.deps);
    await sweepSelfies(kit.deps);
    expect((await kit.steps()).map(({ kind }) => kind)).toEqual(["fetch"]);
  });
});

describe("photos that a platform refers to", () => {
  it("are taken once, however often they are sent", async () => {
    const kit = await intake({ platform: "telegram" });
    const first = await kit.offer("e1", [reference("one"), reference("two"), reference("one")]);
    expect([first.selfieIds.length, first.already]).toEqual([2, 1]);
    const second = await kit.offer("e2", [reference("two")]);
    expect([second.selfieIds.length, second.already]).toEqual([0, 1]);
  });

  it.each([
    ["gone", { kind: "gone" } as const, "expired", null],
    ["too large", { kind: "too_large" } as const, "judged", "file_too_large"],
    [
      "larger than announced",
      { kind: "bytes", bytes: new Uint8Array(21_000_000) } as const,
      "judged",
      "file_too_large",
    ],
  ])("and that are %s come to an end that is told", async (_, fetched, state, reason) => {
    const kit = await intake({ platform: "telegram", fetcher: async () => fetched });
    await kit.offer("e1", [reference("one")]);
    await kit.work();
    const [row] = await kit.rows();
    expect([row?.state, row?.reasons?.[0] ?? null, row?.reference]).toEqual([state, reason, null]);
    expect(await kit.announced()).toHaveLength(1);
    expect((await kit.details()).settled).toBe(true);
  });

  it("are given up aloud when their platform stays away", async () => {
    const kit = await intake({
      platform: "discord",
      fetcher: () => Promise.reject(new AppError("PROVIDER_FAILED", "away", { retryable: true })),
    });
    await kit.offer("e1", [reference("one")]);
    for (let tried = 0; tried < 20; tried++) {
      await kit.work();
      kit.clock.advance(HOUR_MS / 2);
    }
    expect((await kit.rows())[0]?.state).toBe("expired");
    expect(await kit.announced()).toHaveLength(1);
  });
});

describe("a person's face", () => {
  it("is opened once, by two calls at once as well", async () => {
    const kit = await intake();
    const who = { personId: PERSON, chatId: "chat" };
    await kit.deps.db.batch([write(kit.deps.db.orm.delete(face))]);
    const [one, other] = await Promise.all([openFace(kit.deps, who), openFace(kit.deps, who)]);
    expect(one?.id).toBeDefined();
    expect(other?.id).toBe(one?.id);
    expect(await kit.deps.db.orm.select().from(face)).toHaveLength(1);
  });

  it("is not opened for somebody who was erased", async () => {
    const kit = await intake();
    await kit.deps.db.batch([
      write(kit.deps.db.orm.delete(face)),
      write(kit.deps.db.orm.update(person).set({ deletedAt: 1 })),
    ]);
    expect(await openFace(kit.deps, { personId: PERSON, chatId: "chat" })).toBeNull();
  });
});
