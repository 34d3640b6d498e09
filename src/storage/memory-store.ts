import type { ObjectStore } from "../ports/blobs.ts";
import { AppError } from "../ports/errors.ts";
import { readAll, streamOfBytes } from "./cutter.ts";

/** Objects in memory: for tests and for runs that keep nothing. */
export function memoryStore(): ObjectStore {
  const objects = new Map<string, Uint8Array>();
  return {
    async write(name, body) {
      objects.set(name, await readAll(body, 0));
    },
    read: (name) => {
      const found = objects.get(name);
      return Promise.resolve(found === undefined ? null : streamOfBytes(found));
    },
    remove: (name) => {
      objects.delete(name);
      return Promise.resolve();
    },
    move: (from, to) => {
      const found = objects.get(from);
      if (found === undefined) return Promise.reject(new AppError("BLOB_MISSING", "there is no such object"));
      objects.set(to, found);
      objects.delete(from);
      return Promise.resolve();
    },
    health: () => Promise.resolve(),
  };
}
