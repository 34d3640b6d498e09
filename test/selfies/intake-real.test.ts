import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { createImaging } from "../../src/imaging/index.ts";
import { pictureFile, rankOrder, storePicture } from "../../src/pictures/index.ts";
import { picture } from "../../src/pictures/schema.ts";
import { createStudioProvider, planShoot } from "../../src/providers/studio/index.ts";
import { keptSelfies, meanIdentity, selfieFile } from "../../src/selfies/index.ts";
import { anotherFace, groupPhoto, jpegOf, noFace, oneFace } from "../imaging/kit.ts";
import { realClock, seededRandom } from "../kit/time.ts";
import { idOf, intake, PERSON, type Intake } from "./intake.ts";

const imaging = createImaging({ clock: realClock });
afterAll(() => imaging.close());

async function send(kit: Intake, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const photos = Object.entries(files).map(([name, bytes]) => ({ kind: "bytes", bytes, name }) as const);
  await kit.offer("e1", photos);
  await kit.work();
}

describe("intake with the real models", () => {
  it("judges faces, crowds, twins and things that are no photo", async () => {
    const kit = await intake({ real: imaging });
    const gps = { IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 0/1" } };
    await send(kit, {
      face: await jpegOf(oneFace().withExif(gps)),
      twin: await jpegOf(oneFace().resize(500), 80),
      crowd: groupPhoto(),
      tree: await jpegOf(noFace()),
      text: new TextEncoder().encode("not a photo"),
    });
    const verdicts = await kit.verdicts();
    expect(verdicts["face"]).toMatch(/^(keep|warn)/);
    expect(verdicts).toMatchObject({
      twin: "refuse duplicate",
      crowd: "refuse multiple_faces",
      tree: "refuse no_face",
      text: "refuse not_an_image",
    });
    const file = await selfieFile(kit.deps, PERSON, await idOf(kit, "face"));
    const { exif, format } = await sharp(file?.bytes).metadata();
    expect([exif, format]).toEqual([undefined, "jpeg"]);
    expect((await kit.details()).kept).toBe(1);
  }, 60_000);

  it("asks whether a second woman is the same person", async () => {
    const kit = await intake({ real: imaging });
    await send(kit, { first: await jpegOf(oneFace()), second: await jpegOf(anotherFace()) });
    expect((await kit.verdicts())["second"]).toContain("different_person");
    expect((await kit.details()).kept).toBe(1);
  }, 60_000);
});

describe("from a selfie to a headshot", () => {
  it("is a marked picture that is measured to look like the person", async () => {
    const kit = await intake({ real: imaging });
    await send(kit, { face: await jpegOf(oneFace()) });
    const [selfie] = await keptSelfies(kit.deps, kit.faceId);
    if (selfie === undefined) throw new Error("the face was not kept");
    const source = await kit.deps.blobs.read(PERSON, selfie.blobId);
    const plan = await imaging.planStudio(source);
    const sources = [{ selfieId: selfie.id, score: selfie.score, plan }];
    const shots = planShoot(sources, ["black-white", "own-background"], 2, seededRandom());
    expect(shots).toHaveLength(2);
    const reference = await meanIdentity(kit.deps, kit.faceId);
    const studio = createStudioProvider({ imaging, blobs: kit.deps.blobs });

    for (const [index, shot] of shots.entries()) {
      const input = {
        kind: "render",
        promptId: `p${index}`,
        product: "studio",
        personId: PERSON,
        style: shot.style,
        seed: shot.seed,
        photos: [{ personId: PERSON, blobId: selfie.blobId }],
        tune: null,
        promptText: null,
        count: 1,
      } as const;
      const made = await studio.submit(
        { attemptId: `a${index}`, createdAt: 0, webhookUrl: null, input },
        new AbortController().signal,
      );
      if (made.kind !== "accepted") throw new Error(`the studio said ${JSON.stringify(made)}`);
      const [output] = made.snapshot.outputs;
      if (output === undefined) throw new Error("nothing was made");
      const { bytes } = await studio.collect(output);
      const stored = await storePicture(kit.deps, {
        orderId: "order",
        promptId: `p${index}`,
        ordinal: 0,
        personId: PERSON,
        style: shot.style,
        sourceSelfieId: shot.selfieId,
        bytes,
        digitalSource: "algorithmicallyEnhanced",
        reference,
      });
      expect((await kit.deps.db.batch(stored)).ok).toBe(true);
    }

    const { shown, statements } = await rankOrder(kit.deps, "order");
    await kit.deps.db.batch(statements);
    expect(shown).toBe(2);
    for (const row of await kit.deps.db.orm.select().from(picture)) {
      expect(["very_close", "close"]).toContain(row.band);
      expect(row.score).toBeGreaterThan(0.5);
      for (const crop of ["original", "linkedin-square", "circle-safe", "portrait-4x5"] as const) {
        const file = await pictureFile(kit.deps, PERSON, row.id, crop);
        const { xmp, exif, icc } = await sharp(file?.bytes).metadata();
        expect(xmp?.toString("utf8"), crop).toContain("digitalsourcetype/algorithmicallyEnhanced<");
        expect([exif, icc]).toEqual([undefined, undefined]);
      }
    }
  }, 120_000);
});
