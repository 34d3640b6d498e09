import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeSet } from "../../src/selfies/rules/set.ts";
import { AppError } from "../../src/ports/errors.ts";
import type { FaceMeasures, Inspection } from "../../src/ports/imaging.ts";
import type { Step } from "../../src/ports/jobs.ts";
import type { SetPhoto } from "../../src/ports/selfie.ts";
import {
  confirmSelfie,
  eraseSelfies,
  exportSelfies,
  goAfterDelivery,
  inspectHandler,
  keptSelfies,
  meanIdentity,
  mergeSelfies,
  removeFace,
  removeSelfie,
  selfieBlob,
  selfieFile,
  sweepSelfies,
} from "../../src/selfies/index.ts";
import { differentHashes, idOf, intake, PERSON, type Intake } from "./intake.ts";
import { goodPhoto, judge, vectorAt } from "./kit.ts";

const DAY_MS = 86_400_000;
const good = (seed: number, measures: Partial<FaceMeasures> = {}, change: Partial<Inspection> = {}) =>
  goodPhoto(measures, { ...differentHashes(seed), ...change });

/** The photo `seed` once more: recompressed, and a little worse. */
const twinOf = (seed: number, sharpness = 0.1) => good(seed, { sharpness });

describe("inspecting a photo", () => {
  it("keeps the clean picture and lets the uploaded bytes go", async () => {
    const kit = await intake();
    await kit.send("e1", ["a", good(1)]);
    await kit.work();
    const id = await idOf(kit, "a");
    const file = await selfieFile(kit.deps, PERSON, id);
    expect(new TextDecoder().decode(file?.bytes)).toBe("clean a");
    expect(await kit.ownedBlobs()).toBe(1);
    expect(await selfieBlob(kit.deps, id)).toMatchObject({ personId: PERSON });
    expect(await selfieFile(kit.deps, "somebody else", id)).toBeNull();
  });

  it("keeps nothing of a refused photo but its row", async () => {
    const kit = await intake();
    await kit.send("e1", ["dark", good(1, { luminanceMean: 20 })], ["text", "not_an_image"]);
    await kit.work();
    expect(await kit.verdicts()).toEqual({ dark: "refuse too_dark", text: "refuse not_an_image" });
    expect(await kit.ownedBlobs()).toBe(0);
    for (const row of await kit.rows())
      expect([row.blobId, row.inspection, row.sealedIdentity]).toEqual([null, null, null]);
    expect(await selfieFile(kit.deps, PERSON, await idOf(kit, "dark"))).toBeNull();
  });

  it("stores the identity vector sealed only", async () => {
    const kit = await intake();
    await kit.send("e1", ["a", good(1, { identity: vectorAt(0.125) })]);
    await kit.work();
    const [row] = await kit.rows();
    expect(JSON.stringify(row?.inspection)).not.toContain("identity");
    expect(row?.sealedIdentity).toMatch(/^[\w-]+$/);
    expect((await meanIdentity(kit.deps, kit.faceId))?.mean).toEqual(vectorAt(0.125));
  });

  it("goes on without the models and says that it did not check", async () => {
    const kit = await intake();
    await kit.send(
      "e1",
      ["a", good(1, {}, { faceHeights: null, face: null })],
      ["b", good(2, { identity: null })],
    );
    await kit.work();
    expect(await kit.verdicts()).toEqual({ a: "warn not_checked", b: "warn not_checked" });
    expect((await kit.details()).kept).toBe(2);
    expect(await meanIdentity(kit.deps, kit.faceId)).toBeNull();
  });

  it("takes a file that ends the imaging thread again and again for unreadable", async () => {
    const kit = await intake();
    await kit.send("e1", ["bomb", new AppError("IMAGING_FAILED", "the thread ended", { retryable: true })]);
    for (let tried = 0; tried < 3; tried++) {
      await kit.work();
      kit.clock.advance(DAY_MS / 24);
    }
    expect(await kit.verdicts()).toEqual({ bomb: "refuse unreadable" });
    expect(kit.imaging.calls).toHaveLength(3);
  });

  it("waits while the disk is full, however long", async () => {
    const kit = await intake();
    await kit.send("e1", ["a", good(1)]);
    const put = kit.deps.blobs.put;
    const full = () => Promise.reject(new AppError("DISK_FULL", "the disk is full", { retryable: true }));
    Object.assign(kit.deps.blobs, { put: full });
    for (let tried = 0; tried < 20; tried++) {
      await kit.work();
      kit.clock.advance(60_000);
    }
    expect((await kit.rows())[0]?.state).toBe("uploaded");
    Object.assign(kit.deps.blobs, { put });
    await kit.work();
    expect(await kit.verdicts()).toEqual({ a: "keep" });
  });

  it("leaves the photo to its new holder when the lease was lost, and owns nothing twice", async () => {
    const kit = await intake();
    await kit.send("e1", ["a", good(1)]);
    const [step] = await kit.steps();
    if (step === undefined) throw new Error("no step");
    const run = {
      signal: new AbortController().signal,
      fence: { sql: "UPDATE step SET id = id WHERE 1 = 0", args: [], guard: "lease" },
    };
    const late: Step = { ...step, state: "leased" };
    await expect(inspectHandler(kit.deps)(late, run)).rejects.toMatchObject({ code: "LEASE_LOST" });
    expect((await kit.rows())[0]?.state).toBe("uploaded");
    await kit.work();
    expect(await kit.verdicts()).toEqual({ a: "keep" });
    expect(await kit.ownedBlobs()).toBe(1);
  });
});

describe("judging photos together", () => {
  it("refuses the worse of two twins, also when it came first, and lets it back when the better one goes", async () => {
    const kit = await intake();
    await kit.send("e1", ["worse", twinOf(1)]);
    await kit.work();
    expect(await kit.verdicts()).toEqual({ worse: "warn soft" });
    await kit.send("e2", ["better", good(1)]);
    await kit.work();
    expect(await kit.verdicts()).toEqual({ worse: "refuse duplicate", better: "keep" });
    const rows = await kit.rows();
    const better = await idOf(kit, "better");
    expect(rows.find(({ name }) => name === "worse")?.duplicateOf).toBe(better);
    expect(await removeSelfie(kit.deps, PERSON, better)).toBe(kit.faceId);
    expect(await kit.verdicts()).toEqual({ worse: "warn soft" });
    expect((await kit.rows()).find(({ name }) => name === "worse")?.duplicateOf).toBeNull();
    expect(await kit.ownedBlobs()).toBe(1);
  });

  it("asks about a stranger, does not count them, and counts them once the person said yes", async () => {
    const kit = await intake();
    const own = [1, 2, 3].map((seed) => [`own-${seed}`, good(seed)] as const);
    await kit.send("e1", ...own, ["stranger", good(4, { identity: vectorAt(0.7) })]);
    await kit.work();
    expect((await kit.verdicts())["stranger"]).toBe("warn different_person");
    expect((await kit.details()).kept).toBe(3);
    const id = await idOf(kit, "stranger");
    expect((await kit.details()).selfies.find((selfie) => selfie.id === id)?.counts).toBe(false);
    expect(await confirmSelfie(kit.deps, PERSON, id)).toBe(kit.faceId);
    expect(await kit.verdicts()).toMatchObject({ stranger: "keep" });
    expect((await kit.details()).kept).toBe(4);
    expect(await confirmSelfie(kit.deps, PERSON, id)).toBe(kit.faceId);
  });

  it("lets nobody else confirm or remove a photo", async () => {
    const kit = await intake();
    await kit.send("e1", ["a", good(1)]);
    await kit.work();
    const id = await idOf(kit, "a");
    expect(await confirmSelfie(kit.deps, "somebody else", id)).toBeNull();
    expect(await removeSelfie(kit.deps, "somebody else", id)).toBeNull();
    expect(await removeSelfie(kit.deps, PERSON, "no such photo")).toBeNull();
    expect(await kit.verdicts()).toEqual({ a: "keep" });
  });

  it("removes a photo that is still being checked", async () => {
    const kit = await intake();
    await kit.send("e1", ["a", good(1)]);
    await removeSelfie(kit.deps, PERSON, await idOf(kit, "a"));
    await kit.work();
    expect((await kit.rows())[0]?.state).toBe("removed");
    expect((await kit.details()).settled).toBe(true);
    expect(await kit.ownedBlobs()).toBe(0);
    expect(await removeSelfie(kit.deps, PERSON, (await kit.rows())[0]?.id ?? "")).toBeNull();
  });

  it("takes a photo that was removed and is sent again", async () => {
    const kit = await intake();
    await kit.send("e1", ["a", good(1)]);
    await kit.work();
    await removeSelfie(kit.deps, PERSON, await idOf(kit, "a"));
    await kit.send("e2", ["a", good(1)]);
    await kit.work();
    expect(await kit.verdicts()).toEqual({ a: "keep" });
  });

  it("judges photos that are inspected at the same moment as one set", async () => {
    const kit = await intake();
    const twins = [0.3, 0.35, 0.4, 0.45].map((sharpness) => [`s${sharpness}`, twinOf(1, sharpness)] as const);
    await kit.send("e1", ...twins);
    await kit.work(4);
    expect(Object.values(await kit.verdicts()).toSorted()).toEqual([
      "keep",
      "refuse duplicate",
      "refuse duplicate",
      "refuse duplicate",
    ]);
    expect((await kit.verdicts())["s0.45"]).toBe("keep");
    expect(await kit.announced()).toHaveLength(4);
  });

  it("lets the last of three twins back when the other two go at the same moment", async () => {
    const kit = await intake();
    await kit.send("e1", ["best", good(1)], ["middle", twinOf(1, 0.3)], ["worst", twinOf(1, 0.2)]);
    await kit.work();
    const ids = [await idOf(kit, "best"), await idOf(kit, "middle")];
    await Promise.all(ids.map((id) => removeSelfie(kit.deps, PERSON, id)));
    expect(await kit.verdicts()).toEqual({ worst: "keep" });
  });

  const action = fc.oneof(
    fc.record({ kind: fc.constant("work" as const), concurrency: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constantFrom("confirm" as const, "remove" as const), photo: fc.nat(7) }),
    fc.record({ kind: fc.constant("send" as const), photo: fc.nat(7) }),
  );
  type Did = typeof action extends fc.Arbitrary<infer T> ? T : never;
  /** What happens in one moment happens at once. */
  const moments = fc.array(fc.array(action, { minLength: 1, maxLength: 3 }), { maxLength: 12 });
  const photos = Array.from({ length: 8 }, (_, index) =>
    // Three different pictures, each with twins; the last two show somebody else.
    good(index % 3, {
      sharpness: 0.2 + index / 40,
      identity: vectorAt(index < 6 ? 0.02 * index : 0.8 + 0.05 * index),
    }),
  );

  it("ends with the verdicts of the photos that are left, whatever came in which order", async () => {
    await fc.assert(
      fc.asyncProperty(moments, async (happened) => {
        const kit = await intake();
        const at = async (photo: number) =>
          (await kit.rows()).findLast((row) => row.name === `p${photo}`)?.id;
        const act = async (did: Did, event: string): Promise<void> => {
          if (did.kind === "work") return void (await kit.work(did.concurrency));
          if (did.kind === "send")
            return void (await kit.send(event, [`p${did.photo}`, photos[did.photo] ?? good(0)]));
          const id = await at(did.photo);
          const change = did.kind === "confirm" ? confirmSelfie : removeSelfie;
          if (id !== undefined) await change(kit.deps, PERSON, id);
        };
        for (const [index, moment] of happened.entries()) {
          kit.clock.advance(1);
          await Promise.all(moment.map((did, nth) => act(did, `e${index}.${nth}`)));
        }
        await kit.work();
        expect(await stored(kit)).toEqual(await fresh(kit));
        const held = (await kit.rows()).filter(({ blobId }) => blobId !== null);
        const [refs] = await kit.deps.db.query("SELECT coalesce(sum(refs), 0) AS refs FROM blob");
        expect(refs?.["refs"]).toBe(held.length);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

async function stored(kit: Intake): Promise<unknown> {
  const judged = (await kit.rows()).filter(({ state }) => state === "judged");
  return Object.fromEntries(
    judged.map(({ id, verdict, reasons, score }) => [id, { verdict, reasons, score }]),
  );
}

/** What one call says of the photos that are left, in the order in which they were sent. */
async function fresh(kit: Intake): Promise<unknown> {
  const rows = (await kit.rows())
    .filter(({ state }) => state === "judged")
    .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const set = rows.map((row): SetPhoto => {
    const measured = kit.imaging.measured(row.name ?? "");
    return { id: row.id, inspection: measured, alone: judge(measured), confirmed: row.confirmed };
  });
  return Object.fromEntries(judgeSet(set).photos);
}

describe("what a face offers to an order", () => {
  it("is its used photos, the best first", async () => {
    const kit = await intake();
    await kit.send(
      "e1",
      ["soft", good(1, { sharpness: 0.1 })],
      ["turned", good(2, { yaw: 25, sharpness: 0.5 })],
      ["frontal", good(3, { sharpness: 0.3 })],
      ["sharpest", good(4, { sharpness: 0.45 })],
      ["refused", good(5, { outsideShare: 0.5 })],
    );
    await kit.work();
    const names = new Map((await kit.rows()).map(({ id, name }) => [id, name]));
    const kept = await keptSelfies(kit.deps, kit.faceId);
    expect(kept.map(({ id }) => names.get(id))).toEqual(["sharpest", "frontal", "turned", "soft"]);
    expect(kept[0]?.inspection.face?.sharpness).toBe(0.45);
  });

  it("has limits of its own from five photos on, and fixed ones before", async () => {
    const kit = await intake();
    const photo = (index: number) => [`p${index}`, good(index, { identity: vectorAt(0.3, index) })] as const;
    await kit.send("e1", photo(1), photo(2), photo(3), photo(4));
    await kit.work();
    expect((await meanIdentity(kit.deps, kit.faceId))?.limits).toEqual({
      veryClose: 0.35,
      close: 0.5,
      loose: 0.6,
    });
    await kit.send("e2", photo(5));
    await kit.work();
    // Each is 0.3 along an axis of its own: 0.3 * sqrt(1 + 1/4) from the mean of the other four, without deviation.
    const limits = (await meanIdentity(kit.deps, kit.faceId))?.limits;
    const m = 0.3 * Math.sqrt(1.25);
    expect(limits?.veryClose).toBeCloseTo(m + 0.02, 5);
    expect(limits?.close).toBeCloseTo(m + 0.04, 5);
    expect(limits?.loose).toBeCloseTo(m + 0.06, 5);
  });

  it("tells what the product needs and what to add next", async () => {
    const kit = await intake();
    await kit.send("e1", ["side", good(1, { yaw: 20, smile: 0 })]);
    await kit.work();
    expect(await kit.details("studio")).toMatchObject({
      kept: 1,
      needed: 1,
      advised: 3,
      setScore: 90,
      wanted: ["front", "more"],
    });
    const trained = await kit.details("best");
    expect(trained).toMatchObject({ needed: 8, advised: 12 });
    const photo = goodPhoto({ yaw: 20, smile: 0 });
    const set = [{ id: "side", inspection: photo, alone: judge(photo), confirmed: false }];
    const { score, wanted } = judgeSet(set);
    expect([trained.setScore, trained.wanted]).toEqual([score, [...wanted, "more"]]);
    expect(wanted).toContain("smile");
  });
});

describe("the end of photos", () => {
  const three = [1, 2, 3].map((seed) => [`p${seed}`, good(seed)] as const);

  it("comes with the face, at once and completely", async () => {
    const kit = await intake();
    await kit.send("e1", ...three);
    await kit.work();
    await kit.send("e2", ["late", good(9)]);
    expect(await removeFace(kit.deps, "somebody else", kit.faceId)).toBe(0);
    expect(await removeFace(kit.deps, PERSON, kit.faceId)).toBe(4);
    expect(await removeFace(kit.deps, PERSON, kit.faceId)).toBe(0);
    await kit.work();
    expect(await kit.ownedBlobs()).toBe(0);
    for (const row of await kit.rows()) expect([row.state, row.sealedIdentity]).toEqual(["removed", null]);
  });

  it.each([
    ["a delivery", true, 7],
    ["the last photo, where nothing was delivered", false, 14],
  ])("comes by itself some days after %s", async (_, delivered, days) => {
    const kit = await intake();
    await kit.send("e1", ...three);
    await kit.work();
    if (delivered) await kit.deps.db.batch([goAfterDelivery(kit.deps, kit.faceId)]);
    kit.clock.advance(days * DAY_MS);
    expect(await sweepSelfies(kit.deps)).toBe(0);
    kit.clock.advance(1);
    expect(await sweepSelfies(kit.deps)).toBe(3);
    expect(await sweepSelfies(kit.deps)).toBe(0);
    expect(await kit.ownedBlobs()).toBe(0);
    expect((await kit.details()).kept).toBe(0);
  });

  it("leaves not even rows after an erasure, also while a photo is being checked", async () => {
    const kit = await intake();
    await kit.send("e1", ...three);
    await kit.work();
    await kit.send("e2", ["late", good(9)]);
    const { counts, statements, done } = await eraseSelfies(kit.deps)(PERSON);
    expect((await kit.deps.db.batch(statements)).ok).toBe(true);
    await kit.work();
    expect([counts, done]).toEqual([{ selfies: 4 }, true]);
    expect(await kit.rows()).toEqual([]);
    expect(await kit.ownedBlobs()).toBe(0);
  });
});

describe("a person's photos", () => {
  it("are exported as files with what was found, and without vectors", async () => {
    const kit = await intake();
    await kit.send("e1", ["a", good(1)], ["b", "not_an_image"]);
    await kit.work();
    const files = [];
    for await (const file of await exportSelfies(kit.deps)(PERSON)) files.push(file);
    expect(files.map(({ name }) => name)).toEqual(["selfies.json", `selfies/${await idOf(kit, "a")}.jpg`]);
    const words = new TextDecoder().decode(files[0]?.bytes);
    expect(words).toContain('"verdict": "keep"');
    expect(words).not.toMatch(/identity/i);
  });

  it("follow their person into another", async () => {
    const kit = await intake();
    await kit.send("e1", ["a", good(1)]);
    await kit.work();
    await kit.deps.db.batch([
      ...mergeSelfies(kit.deps)({ from: PERSON, into: "elder" }),
      ...kit.deps.blobs.inherit(PERSON, "elder"),
    ]);
    expect((await kit.details()).personId).toBe("elder");
    const id = await idOf(kit, "a");
    expect((await selfieFile(kit.deps, "elder", id))?.mime).toBe("image/jpeg");
    expect(await selfieFile(kit.deps, PERSON, id)).toBeNull();
    expect((await meanIdentity(kit.deps, kit.faceId))?.mean).toEqual(vectorAt(0));
    expect(await removeSelfie(kit.deps, "elder", id)).toBe(kit.faceId);
  });
});
