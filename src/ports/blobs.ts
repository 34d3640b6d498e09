import type { Statement } from "./database.ts";

export type BlobKind = "selfie" | "picture" | "training-zip" | "weights" | "export" | "preview";

/** A stored blob; `id` is an HMAC of its plain bytes under the person's key. */
export interface StoredBlob {
  readonly id: string;
  readonly personId: string;
  readonly bytes: number;
}

/**
 * Sealed storage with one key per person. Streams both ways with flat memory; no partial file is ever visible.
 * Throws `AppError`: BLOB_MISSING, BLOB_DAMAGED (any flipped bit, truncation or swapped frame), KEY_DROPPED, DISK_FULL.
 */
export interface Blobs {
  /** Seals and stores. The blob is kept only once `keep` has been committed by the caller's batch; a sweep removes orphans. */
  put(personId: string, kind: BlobKind, bytes: Uint8Array | ReadableStream<Uint8Array>): Promise<StoredBlob>;
  /** Statement that counts one more owner of the blob; belongs into the batch that writes the owning row. */
  keep(blob: StoredBlob): Statement;
  /** Statement that counts one owner less; a sweep deletes blobs without owners. */
  release(blobId: string): Statement;
  /** Seals a small value (an identity vector) with the person's key; base64url. */
  sealValue(personId: string, bytes: Uint8Array): Promise<string>;
  openValue(personId: string, sealed: string): Promise<Uint8Array>;
  open(personId: string, blobId: string): Promise<ReadableStream<Uint8Array>>;
  read(personId: string, blobId: string): Promise<Uint8Array>;
  /**
   * Gives all that is sealed for `from` to `into`, when two persons turn out to be one. From then on both ids name the
   * person `into`: work that began for `from` ends with their key.
   */
  inherit(from: string, into: string): Statement[];
  /** Makes every blob of the person unreadable, now and for ever, also those they took over. */
  dropKey(personId: string): Statement;
  /** Deletes files of blobs that nobody owns; returns how many. */
  sweep(limit: number): Promise<number>;
  health(): Promise<void>;
}

/** The bytes below the seal: where sealed frames lie. Names are opaque. */
export interface ObjectStore {
  write(name: string, body: ReadableStream<Uint8Array>): Promise<void>;
  read(name: string): Promise<ReadableStream<Uint8Array> | null>;
  remove(name: string): Promise<void>;
  move(from: string, to: string): Promise<void>;
  health(): Promise<void>;
}
