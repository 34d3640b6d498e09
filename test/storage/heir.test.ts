import { describe, expect, it } from "vitest";
import { createPasses } from "../../src/storage/index.ts";
import { seededRandom } from "../kit/time.ts";
import { bytesOf, drain, storageKit } from "./kit.ts";

const refused = (code: string) => expect.objectContaining({ name: "AppError", code });

/** Two persons with a file and a value each, and somebody else. */
async function linked() {
  const kit = await storageKit();
  const { blobs, db, put } = kit;
  const file = { old: await put("old", bytesOf(4321, 1)), young: await put("young", bytesOf(99, 2)) };
  const value = {
    old: await blobs.sealValue("old", bytesOf(9, 3)),
    young: await blobs.sealValue("young", bytesOf(9, 4)),
  };
  await put("stranger", bytesOf(5));
  expect(await db.batch(blobs.inherit("young", "old"))).toMatchObject({ ok: true });
  return { ...kit, file, value };
}

describe("a person who took another one over", () => {
  it("reads the files and values of both, and nobody else does", async () => {
    const { blobs, file, value } = await linked();
    expect(await blobs.read("old", file.old.id)).toEqual(bytesOf(4321, 1));
    expect(await blobs.read("old", file.young.id)).toEqual(bytesOf(99, 2));
    expect(await drain(await blobs.open("old", file.young.id))).toEqual(bytesOf(99, 2));
    expect(await blobs.openValue("old", value.old)).toEqual(bytesOf(9, 3));
    expect(await blobs.openValue("old", value.young)).toEqual(bytesOf(9, 4));
    await expect(blobs.read("stranger", file.young.id)).rejects.toEqual(refused("BLOB_MISSING"));
    await expect(blobs.openValue("stranger", value.young)).rejects.toEqual(refused("BLOB_DAMAGED"));
  });

  it("is meant by both ids, so that work begun before the link ends well after it", async () => {
    const { blobs, db, file, value } = await linked();
    expect(await blobs.read("young", file.young.id)).toEqual(bytesOf(99, 2));
    expect(await blobs.openValue("young", value.young)).toEqual(bytesOf(9, 4));
    const late = await blobs.put("young", "picture", bytesOf(70, 5));
    expect(late).toEqual({ ...(await blobs.put("old", "picture", bytesOf(70, 5))), personId: "old" });
    await db.batch([blobs.keep(late)]);
    expect(await blobs.read("old", late.id)).toEqual(bytesOf(70, 5));
    expect(await blobs.openValue("old", await blobs.sealValue("young", bytesOf(3)))).toEqual(bytesOf(3));
  });

  it("takes over those whom the other one took over before", async () => {
    const { blobs, db, file, value } = await linked();
    await db.batch(blobs.inherit("old", "eldest"));
    expect(await blobs.read("eldest", file.young.id)).toEqual(bytesOf(99, 2));
    expect(await blobs.read("eldest", file.old.id)).toEqual(bytesOf(4321, 1));
    expect(await blobs.openValue("eldest", value.young)).toEqual(bytesOf(9, 4));
    expect((await blobs.put("young", "picture", bytesOf(1))).personId).toBe("eldest");
    const rows = await db.query(
      "SELECT person_id, heir FROM person_key WHERE heir IS NOT NULL ORDER BY person_id",
    );
    expect(rows).toEqual([
      { person_id: "old", heir: "eldest" },
      { person_id: "young", heir: "eldest" },
    ]);
  });

  it("gets what a person stores who had stored nothing before", async () => {
    const { blobs, db } = await storageKit();
    await db.batch(blobs.inherit("young", "old"));
    const stored = await blobs.put("young", "selfie", bytesOf(8));
    expect(stored.personId).toBe("old");
    expect(await blobs.read("old", stored.id)).toEqual(bytesOf(8));
  });

  it("takes all that was taken over along when the key is dropped, and leaves others alone", async () => {
    const { blobs, db, file, value, put } = await linked();
    const other = await put("stranger", bytesOf(6));
    await db.batch([blobs.dropKey("old")]);
    for (const id of ["old", "young"]) {
      await expect(blobs.read(id, file.old.id)).rejects.toEqual(refused("KEY_DROPPED"));
      await expect(blobs.read(id, file.young.id)).rejects.toEqual(refused("KEY_DROPPED"));
      await expect(blobs.openValue(id, value.young)).rejects.toEqual(refused("KEY_DROPPED"));
      await expect(blobs.put(id, "selfie", bytesOf(1))).rejects.toEqual(refused("KEY_DROPPED"));
    }
    expect(await db.query("SELECT person_id FROM person_key WHERE wrapped IS NOT NULL")).toEqual([
      { person_id: "stranger" },
    ]);
    expect(await blobs.read("stranger", other.id)).toEqual(bytesOf(6));
  });

  it("keeps passes alive that the other one gave out", async () => {
    const { blobs, db, clock, put } = await storageKit();
    const passes = createPasses({ db, clock, blobs, random: seededRandom(3), siteUrl: "https://x.test" });
    const stored = await put("young", bytesOf(12));
    const wanted = {
      personId: "young",
      method: "GET",
      purpose: "export",
      expiresAt: clock.now() + 1000,
    } as const;
    const { token } = await passes.grant({ ...wanted, blobId: stored.id });
    await db.batch(blobs.inherit("young", "old"));
    const opened = await passes.open(token, "GET");
    if (opened.kind !== "read") throw new Error("the pass is gone");
    expect(await drain(opened.body)).toEqual(bytesOf(12));
  });
});
