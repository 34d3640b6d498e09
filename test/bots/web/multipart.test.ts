import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BadMultipart, boundaryOf, readMultipart } from "../../../bots/web/server/multipart.ts";

const BOUNDARY = "----b0undary";

function encode(parts: readonly { name: string; fileName: string | null; bytes: Uint8Array }[]): Uint8Array {
  const text = (words: string): Uint8Array => new TextEncoder().encode(words);
  const pieces = parts.flatMap(({ name, fileName, bytes }) => [
    text(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${
        fileName === null ? "" : `; filename="${fileName}"\r\nContent-Type: image/jpeg`
      }\r\n\r\n`,
    ),
    bytes,
    text("\r\n"),
  ]);
  return Uint8Array.from([...pieces, text(`--${BOUNDARY}--\r\n`)].flatMap((piece) => [...piece]));
}

/** The body in pieces of the given sizes, round and round. */
function pieces(body: Uint8Array, sizes: readonly number[]): ReadableStream<Uint8Array> {
  let at = 0;
  let turn = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= body.length) return controller.close();
      const size = sizes[turn++ % sizes.length] ?? 1;
      controller.enqueue(body.slice(at, at + size));
      at += size;
    },
  });
}

async function readAll(body: ReadableStream<Uint8Array>, most = 1000) {
  const parts = [];
  for await (const part of readMultipart(body, BOUNDARY)) {
    parts.push({ name: part.name, fileName: part.fileName, bytes: await part.bytes(most) });
  }
  return parts;
}

/** Bytes that look like the beginning of a boundary more often than chance would have it. */
const treacherous = fc
  .array(fc.constantFrom("\r", "\n", "-", "\r\n", "\r\n--", `\r\n--${BOUNDARY.slice(0, 6)}`, "x", "\0"), {
    maxLength: 40,
  })
  .map((words) => new TextEncoder().encode(words.join("")));

describe("a multipart body", () => {
  it("gives the same parts however it is cut into pieces", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            name: fc.stringMatching(/^[a-z0-9-]{1,12}$/),
            fileName: fc.option(fc.stringMatching(/^[a-zA-Z0-9 äöü().]{1,20}$/)),
            bytes: treacherous,
          }),
          { minLength: 1, maxLength: 5 },
        ),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 }),
        async (parts, sizes) => {
          expect(await readAll(pieces(encode(parts), sizes))).toEqual(parts);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is refused when it stops anywhere", async () => {
    const body = encode([{ name: "a", fileName: "a.jpg", bytes: new Uint8Array(30).fill(13) }]);
    // The last line break is no part of the form.
    for (let end = 0; end < body.length - 3; end++) {
      await expect(readAll(pieces(body.subarray(0, end), [7]))).rejects.toBeInstanceOf(BadMultipart);
    }
  });

  it("keeps nothing of a part that is too large and goes on with the next", async () => {
    const parts = [
      { name: "a", fileName: "a.jpg", bytes: new Uint8Array(1001) },
      { name: "b", fileName: "b.jpg", bytes: new Uint8Array(1000) },
    ];
    expect(await readAll(pieces(encode(parts), [64]))).toEqual([{ ...parts[0], bytes: null }, parts[1]]);
  });

  it("skips a part that nobody reads", async () => {
    const names: string[] = [];
    const parts = ["a", "b", "c"].map((name) => ({ name, fileName: null, bytes: new Uint8Array(100) }));
    for await (const part of readMultipart(pieces(encode(parts), [9]), BOUNDARY)) names.push(part.name);
    expect(names).toEqual(["a", "b", "c"]);
  });

  it("with a head that never ends is refused", async () => {
    const body = new TextEncoder().encode(`--${BOUNDARY}\r\n${"x".repeat(20_000)}`);
    await expect(readAll(pieces(body, [1000]))).rejects.toBeInstanceOf(BadMultipart);
  });

  it("names its boundary with and without quotes", () => {
    expect(boundaryOf("multipart/form-data; boundary=abc")).toBe("abc");
    expect(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"')).toBe("a b");
    expect(boundaryOf("application/json; boundary=abc")).toBeNull();
    expect(boundaryOf(undefined)).toBeNull();
  });
});
