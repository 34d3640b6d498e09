import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { localFiles } from "../../src/storage/local-files.ts";
import { temporaryFolder } from "../kit/database.ts";
import { bytesOf, drain, MEBIBYTE, storageKit, streamIn } from "./kit.ts";

const NAME = "ab12cd";

/** Names of all files below a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

function failingStream(error: Error): ReadableStream<Uint8Array> {
  let first = true;
  return new ReadableStream({
    pull(controller) {
      if (!first) throw error;
      first = false;
      controller.enqueue(bytesOf(100));
    },
  });
}

describe("local files", () => {
  it("keeps an object under a subfolder of its name and gives it back", async () => {
    const folder = temporaryFolder();
    const store = localFiles(folder);
    const bytes = bytesOf(2 * MEBIBYTE + 3);
    await store.write(NAME, streamIn(bytes, [70_001]));
    expect(existsSync(join(folder, "ab", NAME))).toBe(true);
    expect(Buffer.compare(await drain((await store.read(NAME)) ?? new ReadableStream()), bytes)).toBe(0);
  });

  it("makes its folder when it is missing", async () => {
    const store = localFiles(join(temporaryFolder(), "not", "there"));
    expect(await store.read(NAME)).toBeNull();
    await store.health();
    await store.write(NAME, streamIn(bytesOf(5), [5]));
    expect(await drain((await store.read(NAME)) ?? new ReadableStream())).toEqual(bytesOf(5));
  });

  it("shows nothing under a name until all of it is there", async () => {
    const folder = temporaryFolder();
    const store = localFiles(folder);
    let seenHalfway: unknown = "not looked";
    let step = 0;
    await store.write(
      NAME,
      new ReadableStream({
        async pull(controller) {
          if (++step === 3) seenHalfway = await store.read(NAME);
          if (step > 4) controller.close();
          else controller.enqueue(bytesOf(1000));
        },
      }),
    );
    expect(seenHalfway).toBeNull();
    expect(statSync(join(folder, "ab", NAME)).size).toBe(4000);
  });

  it("leaves the old object and no other file when the new one breaks off", async () => {
    const folder = temporaryFolder();
    const store = localFiles(folder);
    await store.write(NAME, streamIn(bytesOf(5), [5]));
    await expect(store.write(NAME, failingStream(new Error("gone")))).rejects.toThrow("gone");
    expect(filesIn(folder)).toEqual([NAME]);
    expect(await drain((await store.read(NAME)) ?? new ReadableStream())).toEqual(bytesOf(5));
  });

  it("says that the disk is full, and nothing of the file stays", async () => {
    const folder = temporaryFolder();
    const full = Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC", syscall: "write" });
    await expect(localFiles(folder).write(NAME, failingStream(full))).rejects.toMatchObject({
      name: "AppError",
      code: "DISK_FULL",
      retryable: true,
    });
    expect(filesIn(folder)).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)("names the system's reason when the folder refuses", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    await expect(localFiles(folder).health()).rejects.toMatchObject({
      code: "DEFECT",
      message: "the storage folder refused: EACCES",
    });
    chmodSync(folder, 0o700);
  });

  it("reports an unhealthy folder, here one that is a file", async () => {
    const path = join(temporaryFolder(), "file");
    writeFileSync(path, "");
    await expect(localFiles(path).health()).rejects.toMatchObject({
      message: /^the storage folder refused: E/,
    });
  });

  it("moves an object under its final name, over an older one", async () => {
    const folder = temporaryFolder();
    const store = localFiles(folder);
    await store.write("incoming-1", streamIn(bytesOf(5), [5]));
    await store.write(NAME, streamIn(bytesOf(7), [7]));
    await store.move("incoming-1", NAME);
    expect(filesIn(folder)).toEqual([NAME]);
    expect(await drain((await store.read(NAME)) ?? new ReadableStream())).toEqual(bytesOf(5));
  });

  it("removes an object, and does not mind one that is not there", async () => {
    const store = localFiles(temporaryFolder());
    await store.write(NAME, streamIn(bytesOf(5), [5]));
    await store.remove(NAME);
    await store.remove(NAME);
    expect(await store.read(NAME)).toBeNull();
  });

  it("never leaves its folder, whatever the name", async () => {
    const store = localFiles(temporaryFolder());
    for (const name of ["../../etc/passwd", "ab/../../x", "", ".", "AB12", "ab\0cd"])
      await expect(store.read(name)).rejects.toMatchObject({ code: "DEFECT" });
  });

  it("clears away what a killed process left half written, once it is an hour old", async () => {
    const folder = temporaryFolder();
    const store = localFiles(folder);
    mkdirSync(join(folder, "tmp"), { recursive: true });
    for (const name of ["old", "fresh"]) writeFileSync(join(folder, "tmp", name), "x");
    const past = statSync(join(folder, "tmp", "fresh")).mtimeMs / 1000 - 3700;
    utimesSync(join(folder, "tmp", "old"), past, past);
    await store.health();
    expect(filesIn(folder)).toEqual(["fresh"]);
  });

  it("holds no file of a blob that is not read, or not to its end", async () => {
    const { blobs, put } = await storageKit({ store: localFiles(temporaryFolder()) });
    const { id } = await put("p1", bytesOf(3 * MEBIBYTE));
    const open = (): number => readdirSync("/proc/self/fd").length;
    if (!existsSync("/proc/self/fd")) return;
    const before = open();
    for (let round = 0; round < 20; round++) {
      await blobs.open("p1", id);
      await (await blobs.open("p1", id)).cancel();
      const begun = (await blobs.open("p1", id)).getReader();
      await begun.read();
      await begun.cancel();
    }
    expect(open()).toBeLessThanOrEqual(before + 1);
  });
});
