import type { ObjectStore } from "../ports/blobs.ts";
import { AppError } from "../ports/errors.ts";
import { createCutter } from "./cutter.ts";

/** What this adapter uses of a bucket binding of Cloudflare R2 (developers.cloudflare.com/r2/api/workers). */
export interface R2BucketBinding {
  head(key: string): Promise<object | null>;
  get(key: string): Promise<{ readonly body: ReadableStream<Uint8Array> } | null>;
  /** A stream must have a known length, as the body of `get` has. */
  put(key: string, value: Uint8Array | ReadableStream<Uint8Array>): Promise<unknown>;
  delete(key: string): Promise<void>;
  createMultipartUpload(key: string): Promise<R2Upload>;
}

interface R2Upload {
  uploadPart(number: number, value: Uint8Array): Promise<R2Part>;
  complete(parts: R2Part[]): Promise<unknown>;
  abort(): Promise<void>;
}

interface R2Part {
  readonly partNumber: number;
  readonly etag: string;
}

/** The least that R2 takes as a part; all but the last must be of one size. */
const PART_BYTES = 5 * 1024 * 1024;

/** Objects in an R2 bucket. An object appears under its name only when it is complete; streams are sent in parts. */
export function r2Objects(bucket: R2BucketBinding): ObjectStore {
  async function upload(name: string, body: ReadableStream<Uint8Array>): Promise<void> {
    const source = createCutter(body);
    let upload: R2Upload | null = null;
    try {
      const parts: R2Part[] = [];
      for (;;) {
        const { bytes, last } = await source.cut(new Uint8Array(PART_BYTES));
        if (last && parts.length === 0) return void (await bucket.put(name, bytes));
        upload ??= await bucket.createMultipartUpload(name);
        parts.push(await upload.uploadPart(parts.length + 1, bytes));
        if (last) return void (await upload.complete(parts));
      }
    } catch (error) {
      await source.close().catch(() => undefined);
      await upload?.abort().catch(() => undefined);
      throw error;
    }
  }

  return {
    write: (name, body) => explained(() => upload(name, body)),
    read: (name) => explained(async () => (await bucket.get(name))?.body ?? null),
    remove: (name) => explained(() => bucket.delete(name)),
    move: (from, to) =>
      explained(async () => {
        const object = await bucket.get(from);
        if (object === null) throw new AppError("BLOB_MISSING", "there is no such object");
        await bucket.put(to, object.body);
        await bucket.delete(from);
      }),
    health: () => explained(async () => void (await bucket.head("health"))),
  };
}

async function explained<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("DEFECT", "the bucket refused", { retryable: true, cause });
  }
}
