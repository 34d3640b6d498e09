import type { Bytes } from "./encoding.ts";

export interface Cut {
  readonly bytes: Bytes;
  /** Nothing follows this piece. */
  readonly last: boolean;
}

/** Cuts a stream of chunks of any size into pieces of exactly the wanted size; only the last one may be shorter. */
export interface Cutter {
  /** The piece lies in `into` and is valid until that buffer is used again. */
  cut(into: Bytes): Promise<Cut>;
  close(): Promise<void>;
}

export function createCutter(source: ReadableStream<Uint8Array>): Cutter {
  const reader = source.getReader();
  let rest: Uint8Array = new Uint8Array();
  let ended = false;

  /** Looks ahead until a byte is at hand or the stream has ended. */
  async function lookAhead(): Promise<void> {
    while (rest.length === 0 && !ended) {
      const next = await reader.read();
      if (next.done) ended = true;
      else rest = next.value;
    }
  }

  return {
    async cut(into) {
      let filled = 0;
      await lookAhead();
      while (filled < into.length && rest.length > 0) {
        const taken = rest.subarray(0, into.length - filled);
        into.set(taken, filled);
        filled += taken.length;
        rest = rest.subarray(taken.length);
        await lookAhead();
      }
      return { bytes: into.subarray(0, filled), last: rest.length === 0 };
    },
    async close() {
      if (!ended) await reader.cancel();
    },
  };
}

/** A stream that makes each piece from `source` only when it is asked for one, and lets go of the source at its end. */
export function streamOf(pieces: AsyncGenerator<Bytes>, source: Cutter): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await pieces.next();
          if (next.done !== true) return controller.enqueue(next.value);
          await source.close();
          controller.close();
        } catch (error) {
          await source.close().catch(() => undefined);
          throw error;
        }
      },
      // The source first: it ends a read that is under way, for which the generator would wait.
      async cancel() {
        await source.close();
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Bytes at hand as a stream. */
export function streamOfBytes(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** Reads a stream to its end. @param size the expected number of bytes, so that one buffer is enough. */
export async function readAll(stream: ReadableStream<Uint8Array>, size: number): Promise<Uint8Array> {
  let all = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of stream) {
    if (filled + chunk.length > all.length) {
      const larger = new Uint8Array((filled + chunk.length) * 2);
      larger.set(all.subarray(0, filled));
      all = larger;
    }
    all.set(chunk, filled);
    filled += chunk.length;
  }
  return all.subarray(0, filled);
}
