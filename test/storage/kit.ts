import { createBlobs, memoryStore } from "../../src/storage/index.ts";
import type { Blobs, ObjectStore, StoredBlob } from "../../src/ports/blobs.ts";
import type { Database } from "../../src/ports/database.ts";
import { memoryDatabase } from "../kit/database.ts";
import { fakeClock, seededRandom, type FakeClock } from "../kit/time.ts";

export const MEBIBYTE = 1024 * 1024;
export const HOUR_MS = 60 * 60_000;

export interface StorageKit {
  readonly db: Database;
  readonly clock: FakeClock;
  readonly store: ObjectStore;
  readonly blobs: Blobs;
  /** Puts and keeps. */
  put(personId: string, bytes: Uint8Array): Promise<StoredBlob>;
}

export async function storageKit(
  parts: { store?: ObjectStore; masterKey?: Uint8Array } = {},
): Promise<StorageKit> {
  const clock = fakeClock();
  const random = seededRandom();
  const { db } = await memoryDatabase({ clock, random });
  const store = parts.store ?? memoryStore();
  const blobs = createBlobs({
    db,
    clock,
    random,
    store,
    masterKey: parts.masterKey ?? new Uint8Array(32).fill(7),
  });
  return {
    db,
    clock,
    store,
    blobs,
    async put(personId, bytes) {
      const stored = await blobs.put(personId, "picture", bytes);
      await db.batch([blobs.keep(stored)]);
      return stored;
    },
  };
}

/** Bytes that differ everywhere and cost nothing to make. */
export function bytesOf(size: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** A stream that hands out `bytes` in chunks of the given sizes, over and over. */
export function streamIn(bytes: Uint8Array, sizes: readonly number[]): ReadableStream<Uint8Array> {
  let at = 0;
  let turn = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const size = sizes[turn++ % sizes.length] ?? bytes.length;
      controller.enqueue(bytes.subarray(at, at + size));
      at += size;
    },
  });
}

export async function drain(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
