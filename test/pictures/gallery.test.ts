import { describe, expect, it } from "vitest";
import {
  erasePictures,
  exportPictures,
  mergePictures,
  pictureFile,
  removePictures,
  storePicture,
  sweepPictures,
  votePicture,
} from "../../src/pictures/index.ts";
import { AppError } from "../../src/ports/errors.ts";
import { goodPhoto, vectorAt } from "../selfies/kit.ts";
import { drawnJpeg, gallery, REFERENCE, type Gallery } from "./pictures.ts";

const at = (distance: number) => goodPhoto({ identity: vectorAt(distance) });
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const DAY_MS = 86_400_000;

async function own(kit: Gallery, pictureId: string, crop: "original" | "circle-safe" = "original") {
  const file = await pictureFile(kit.deps, "person", pictureId, crop);
  if (file === null) throw new Error("no file");
  return file;
}

describe("storing a picture", () => {
  it("keeps it marked, with its band and its score", async () => {
    const kit = await gallery();
    const row = await kit.add("a", at(0.35));
    expect(row).toMatchObject({ band: "close", rank: null, mime: "image/jpeg", hash: "0f0f0f0f0f0f0f0f" });
    expect(row.distance).toBeCloseTo(0.35, 5);
    const { bytes, mime } = await own(kit, row.id);
    expect(mime).toBe("image/jpeg");
    expect(text(bytes)).toContain("digitalsourcetype/compositeSynthetic<");
    expect(await kit.owners()).toBe(1);
  });

  it("does not encode a plain JPEG a second time", async () => {
    const kit = await gallery();
    const bytes = await drawnJpeg();
    kit.deps.imaging.file(new TextDecoder().decode(bytes.subarray(0, 80)), at(0.3));
    const row = await kit.add("unused", at(0.3), { bytes });
    const scan = (jpeg: Uint8Array) => text(jpeg).slice(text(jpeg).indexOf("\u00ff\u00da"));
    expect(scan((await own(kit, row.id)).bytes)).toBe(scan(bytes));
    expect(row).toMatchObject({ width: 1000, height: 1200 });
  });

  it("shows a picture without a band where likeness was not checked", async () => {
    const kit = await gallery();
    const noModel = await kit.add("a", goodPhoto({ identity: null }));
    const noReference = await kit.add("b", at(0.2), { reference: null });
    expect([noModel.band, noReference.band]).toEqual([null, null]);
    expect(await kit.rank()).toBe(2);
  });

  it("refuses an output that is no picture", async () => {
    const kit = await gallery();
    await expect(kit.add("a", "unreadable")).rejects.toMatchObject({ code: "PROVIDER_FAILED" });
    expect(await kit.rows()).toEqual([]);
  });

  it("lets a full disk be heard", async () => {
    const kit = await gallery();
    const full = new AppError("DISK_FULL", "the disk is full", { retryable: true });
    const blobs = { ...kit.deps.blobs, put: () => Promise.reject(full) };
    const bytes = kit.deps.imaging.file("a", at(0.2));
    const made = { orderId: "o", promptId: "p", ordinal: 0, personId: "person", style: "city", bytes };
    await expect(
      storePicture(
        { ...kit.deps, blobs },
        { ...made, sourceSelfieId: null, digitalSource: "compositeSynthetic", reference: REFERENCE },
      ),
    ).rejects.toBe(full);
  });
});

describe("an order's pictures", () => {
  it("are ranked best first, and what does not look like the person is not shown", async () => {
    const kit = await gallery();
    const close = await kit.add("a", at(0.38));
    const best = await kit.add("b", at(0.2));
    await kit.add("stranger", at(0.55));
    await kit.add("two", goodPhoto({ identity: vectorAt(0.2) }, { faceHeights: [400, 300] }));
    expect(await kit.rank()).toBe(2);
    const ranks = Object.fromEntries((await kit.rows()).map((row) => [row.id, row.rank]));
    expect([ranks[best.id], ranks[close.id]]).toEqual([1, 2]);
    expect(Object.values(ranks).filter((rank) => rank === null)).toHaveLength(2);
    const before = await kit.rows();
    expect(await kit.rank()).toBe(2);
    expect(await kit.rows()).toEqual(before);
  });

  it("keep their mark in every crop, and have telling names", async () => {
    const kit = await gallery();
    const { id } = await kit.add("a", at(0.2), {
      digitalSource: "algorithmicallyEnhanced",
      style: "own-background",
    });
    await kit.rank();
    const crop = await own(kit, id, "circle-safe");
    expect(text(crop.bytes)).toContain("digitalsourcetype/algorithmicallyEnhanced<");
    expect(crop.fileName).toBe("headshot-01-own-background-circle-safe.jpg");
    expect((await own(kit, id)).fileName).toBe("headshot-01-own-background.jpg");
  });

  it("do not exist for anybody else", async () => {
    const kit = await gallery();
    const { id } = await kit.add("a", at(0.2));
    expect(await pictureFile(kit.deps, "stranger", id, "original")).toBeNull();
    expect(await votePicture(kit.deps, "stranger", id, "yes")).toBeNull();
    expect((await kit.rows())[0]?.vote).toBeNull();
  });

  it("take a vote, and the last word counts", async () => {
    const kit = await gallery();
    const { id } = await kit.add("a", at(0.2));
    expect(await votePicture(kit.deps, "person", id, "no")).toEqual({ orderId: "order" });
    await votePicture(kit.deps, "person", id, "yes");
    expect((await kit.rows())[0]?.vote).toBe("yes");
  });
});

describe("the end of a picture", () => {
  it("is deletion of the file and its measures, once", async () => {
    const kit = await gallery();
    const { id } = await kit.add("a", at(0.2));
    await kit.add("b", at(0.3), { orderId: "other" });
    expect(await removePictures(kit.deps, ["order"])).toBe(1);
    expect(await removePictures(kit.deps, ["order"])).toBe(0);
    expect(await pictureFile(kit.deps, "person", id, "original")).toBeNull();
    expect(await votePicture(kit.deps, "person", id, "yes")).toBeNull();
    expect((await kit.rows())[0]).toMatchObject({ blobId: null, hash: null, distance: null });
    expect(await kit.owners()).toBe(1);
  });

  it("comes by itself after thirty days", async () => {
    const kit = await gallery();
    await kit.add("a", at(0.2));
    kit.clock.advance(30 * DAY_MS);
    expect(await sweepPictures(kit.deps)).toBe(0);
    kit.clock.advance(1);
    expect(await sweepPictures(kit.deps)).toBe(1);
    expect(await sweepPictures(kit.deps)).toBe(0);
    expect(await kit.owners()).toBe(0);
  });

  it("leaves not even rows after an erasure", async () => {
    const kit = await gallery();
    await kit.add("a", at(0.2));
    await kit.add("b", at(0.3));
    await kit.add("c", at(0.3), { personId: "somebody else" });
    const { counts, statements, done } = await erasePictures(kit.deps)("person");
    expect((await kit.deps.db.batch(statements)).ok).toBe(true);
    expect([counts, done]).toEqual([{ pictures: 2 }, true]);
    expect((await kit.rows()).map(({ personId }) => personId)).toEqual(["somebody else"]);
    expect(await kit.owners()).toBe(1);
    expect((await erasePictures(kit.deps)("person")).counts).toEqual({ pictures: 0 });
  });
});

describe("a person's pictures", () => {
  it("are exported as files with what is known of them, and without vectors", async () => {
    const kit = await gallery();
    const { id } = await kit.add("a", at(0.2));
    const files = [];
    for await (const file of await exportPictures(kit.deps)("person")) files.push(file);
    expect(files.map(({ name }) => name)).toEqual(["pictures.json", `pictures/${id}.jpg`]);
    expect(text(files[1]?.bytes ?? new Uint8Array())).toContain("digitalsourcetype/compositeSynthetic<");
    expect(text(files[0]?.bytes ?? new Uint8Array())).toContain('"likeness": "very_close"');
  });

  it("follow their person into another", async () => {
    const kit = await gallery();
    const { id } = await kit.add("a", at(0.2));
    await kit.deps.db.batch(mergePictures(kit.deps)({ from: "person", into: "elder" }));
    expect(await votePicture(kit.deps, "elder", id, "yes")).toEqual({ orderId: "order" });
  });
});
