/** One part of a multipart body. It must be read before the next one; what is left is skipped. */
export interface Part {
  readonly name: string;
  /** null for a field that is not a file. */
  readonly fileName: string | null;
  /** All bytes of the part, or null as soon as there are more than `most`; those are then read past and not kept. */
  bytes(most: number): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** The body is not what a browser sends, or stops halfway. */
export class BadMultipart extends Error {}

const MOST_HEADER_BYTES = 8 * 1024;
const NEW_LINE = 13;

const ascii = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** The boundary that a content type names; null when it is not multipart/form-data. */
export function boundaryOf(contentType: string | undefined): string | null {
  const found = /^multipart\/form-data;.*\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType ?? "",
  );
  return found?.[1] ?? found?.[2] ?? null;
}

/**
 * Reads multipart/form-data part by part from the stream, holding one part at a time: forty large photos never lie in
 * memory together, as they would with `Request.formData`.
 * @throws BadMultipart
 */
export async function* readMultipart(
  body: ReadableStream<Uint8Array>,
  boundary: string,
): AsyncGenerator<Part, void, undefined> {
  const source = openSource(body);
  const delimiter = ascii(`\r\n--${boundary}`);
  try {
    // The first boundary has no line break before it.
    source.prepend(ascii("\r\n"));
    await skip(source, delimiter);
    for (;;) {
      const after = await source.take(2);
      if (after[0] === 45 && after[1] === 45) return;
      const head = await readHead(source, after);
      let done = false;
      const chunks = chunksUntil(source, delimiter);
      yield {
        ...head,
        async bytes(most) {
          const kept: Uint8Array[] = [];
          let size = 0;
          for await (const chunk of chunks) {
            size += chunk.length;
            if (size <= most) kept.push(chunk);
            else kept.length = 0;
          }
          done = true;
          return size > most ? null : joined(kept, size);
        },
      };
      if (!done) for await (const _ of chunks);
    }
  } finally {
    await source.close();
  }
}

/** A stream that can be looked at before it is taken from. */
interface Source {
  readonly buffered: () => Uint8Array;
  prepend(bytes: Uint8Array<ArrayBuffer>): void;
  /** Reads more; throws at the end of the stream. */
  fill(): Promise<void>;
  drop(count: number): void;
  take(count: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

function openSource(body: ReadableStream<Uint8Array>): Source {
  const reader = body.getReader();
  let buffer: Uint8Array = new Uint8Array();
  const source: Source = {
    buffered: () => buffer,
    prepend(bytes) {
      buffer = joined([bytes, buffer], bytes.length + buffer.length);
    },
    async fill() {
      const { done, value } = await reader.read();
      if (done) throw new BadMultipart("the body stops halfway");
      buffer = buffer.length === 0 ? value : joined([buffer, value], buffer.length + value.length);
    },
    drop(count) {
      buffer = buffer.subarray(count);
    },
    async take(count) {
      while (buffer.length < count) await source.fill();
      const taken = buffer.subarray(0, count);
      source.drop(count);
      return taken;
    },
    async close() {
      await reader.cancel().catch(() => undefined);
    },
  };
  return source;
}

async function* chunksUntil(source: Source, delimiter: Uint8Array): AsyncGenerator<Uint8Array> {
  for (;;) {
    const buffer = source.buffered();
    const at = find(buffer, delimiter);
    if (at >= 0) {
      source.drop(at + delimiter.length);
      if (at > 0) yield buffer.subarray(0, at);
      return;
    }
    // The delimiter may begin in what is here and end in what comes next.
    const safe = buffer.length - delimiter.length + 1;
    if (safe > 0) {
      source.drop(safe);
      yield buffer.subarray(0, safe);
    }
    await source.fill();
  }
}

async function skip(source: Source, delimiter: Uint8Array): Promise<void> {
  for await (const _ of chunksUntil(source, delimiter));
}

async function readHead(
  source: Source,
  first: Uint8Array,
): Promise<{ readonly name: string; readonly fileName: string | null }> {
  if (first[0] !== 13 || first[1] !== 10)
    throw new BadMultipart("a boundary is not followed by a line break");
  const end = ascii("\r\n\r\n");
  let at = find(source.buffered(), end);
  while (at < 0) {
    if (source.buffered().length > MOST_HEADER_BYTES) throw new BadMultipart("a part's head is too long");
    await source.fill();
    at = find(source.buffered(), end);
  }
  const head = new TextDecoder().decode(source.buffered().subarray(0, at));
  source.drop(at + end.length);
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? "";
  // Browsers write a quote inside a name as %22.
  const value = (key: string): string | null =>
    new RegExp(`;\\s*${key}="([^"]*)"`, "i").exec(disposition)?.[1]?.replaceAll("%22", '"') ?? null;
  const name = value("name");
  if (name === null) throw new BadMultipart("a part has no name");
  return { name, fileName: value("filename") };
}

function find(haystack: Uint8Array, needle: Uint8Array): number {
  let at = haystack.indexOf(NEW_LINE);
  while (at >= 0 && at + needle.length <= haystack.length) {
    let same = 1;
    while (same < needle.length && haystack[at + same] === needle[same]) same++;
    if (same === needle.length) return at;
    at = haystack.indexOf(NEW_LINE, at + 1);
  }
  return -1;
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
