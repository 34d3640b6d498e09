import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ObjectStore } from "../ports/blobs.ts";
import { AppError } from "../ports/errors.ts";

const CHUNK_BYTES = 1024 * 1024;
/** A temporary file untouched for this long was left by a process that died. */
const LEFTOVER_MS = 60 * 60_000;

/**
 * Objects as files in one folder, spread over subfolders by the first two characters of their names. A file appears
 * under its name only when it is complete and on the disk: it is written beside, synced and renamed.
 * Throws `AppError` DISK_FULL, or DEFECT with the system's code when the folder refuses.
 */
export function localFiles(folder: string): ObjectStore {
  const temporary = join(folder, "tmp");

  function pathOf(name: string): string {
    if (!/^[a-z0-9][a-z0-9-]{2,127}$/.test(name)) throw new AppError("DEFECT", "not a name of an object");
    return join(folder, name.slice(0, 2), name);
  }

  async function writeTemporary(body: ReadableStream<Uint8Array>): Promise<string> {
    await mkdir(temporary, { recursive: true });
    const path = join(temporary, randomUUID());
    try {
      const file = await open(path, "wx", 0o600);
      try {
        for await (const chunk of body) await file.writeFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
      return path;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  async function place(from: string, to: string): Promise<void> {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
    await syncFolder(dirname(to));
  }

  return {
    write: (name, body) =>
      explained(async () => {
        const to = pathOf(name);
        await place(await writeTemporary(body), to);
      }),
    read: (name) =>
      explained(async () => {
        const path = pathOf(name);
        return (await isThere(path)) ? streamOfFile(path) : null;
      }),
    remove: (name) => explained(() => rm(pathOf(name), { force: true })),
    move: (from, to) => explained(() => place(pathOf(from), pathOf(to))),
    health: () =>
      explained(async () => {
        const path = await writeTemporary(new Blob(["ok"]).stream());
        const { mtimeMs } = await stat(path);
        await rm(path);
        await removeLeftovers(temporary, mtimeMs);
      }),
  };
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/** Opens the file when the first byte is asked for, so that a stream nobody reads holds nothing. */
function streamOfFile(path: string): ReadableStream<Uint8Array> {
  let file: FileHandle | null = null;
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) =>
        explained(async () => {
          file ??= await open(path, "r");
          const { bytesRead, buffer } = await file.read(new Uint8Array(CHUNK_BYTES), 0, CHUNK_BYTES);
          if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead));
          await file.close();
          controller.close();
        }),
      cancel: async () => file?.close(),
    },
    { highWaterMark: 0 },
  );
}

/** A rename is on the disk only when its folder is. Systems that cannot sync a folder do it by themselves. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

/** @param now a time by the disk's own clock, which may not be ours. */
async function removeLeftovers(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && now - found.mtimeMs > LEFTOVER_MS) await rm(path, { force: true });
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && "syscall" in error ? String(error.code) : null;
}

async function explained<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === null) throw cause;
    if (code === "ENOENT") throw new AppError("BLOB_MISSING", "there is no such object", { cause });
    if (code === "ENOSPC" || code === "EDQUOT")
      throw new AppError("DISK_FULL", "the disk is full: nothing was saved", { retryable: true, cause });
    throw new AppError("DEFECT", `the storage folder refused: ${code}`, { retryable: true, cause });
  }
}
