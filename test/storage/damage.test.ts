import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import { bytesOf, drain, MEBIBYTE, storageKit, streamIn, type StorageKit } from "./kit.ts";

const HEADER = 20;
const SEALED_FRAME = MEBIBYTE + 16;

/** Header and frames of a stored blob. */
async function pieces(kit: StorageKit, id: string): Promise<Uint8Array[]> {
  const sealed = await drain((await kit.store.read(id)) ?? new ReadableStream());
  const found = [sealed.slice(0, HEADER)];
  for (let at = HEADER; at < sealed.length; at += SEALED_FRAME)
    found.push(sealed.slice(at, at + SEALED_FRAME));
  return found;
}

async function expectRefused(kit: StorageKit, id: string, parts: readonly Uint8Array[]): Promise<void> {
  await kit.store.write(id, streamIn(Buffer.concat(parts), [MEBIBYTE]));
  await expect(kit.blobs.read("p1", id)).rejects.toEqual(
    expect.objectContaining({ name: "AppError", code: "BLOB_DAMAGED" }),
  );
}

describe("a damaged blob", () => {
  it("is refused after any cut, at every border and in between", { timeout: 60_000 }, async () => {
    const kit = await storageKit();
    const { id } = await kit.put("p1", bytesOf(2 * MEBIBYTE + 100));
    const whole = Buffer.concat(await pieces(kit, id));
    const borders = [
      0,
      1,
      HEADER - 1,
      HEADER,
      HEADER + SEALED_FRAME,
      HEADER + 2 * SEALED_FRAME,
      whole.length - 1,
    ];
    for (const length of borders) await expectRefused(kit, id, [whole.subarray(0, length)]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), (length) =>
        expectRefused(kit, id, [whole.subarray(0, length)]),
      ),
      { numRuns: 40 },
    );
  });

  it("is refused after any flipped bit of header, text or tag", { timeout: 60_000 }, async () => {
    const kit = await storageKit();
    const flipIn = async (size: number) => {
      const { id } = await kit.put("p1", bytesOf(size));
      const whole = Buffer.concat(await pieces(kit, id));
      const flip = (bit: number): Promise<void> => {
        const broken = Buffer.from(whole);
        broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return expectRefused(kit, id, [broken]);
      };
      return { bits: whole.length * 8, flip };
    };
    const small = await flipIn(3);
    for (let bit = 0; bit < small.bits; bit++) await small.flip(bit);
    const large = await flipIn(MEBIBYTE + 100);
    await fc.assert(fc.asyncProperty(fc.nat(large.bits - 1), large.flip), { numRuns: 40 });
  });

  it("is refused when frames are exchanged, repeated, dropped or added", { timeout: 60_000 }, async () => {
    const kit = await storageKit();
    const { id } = await kit.put("p1", bytesOf(4 * MEBIBYTE));
    const [header = new Uint8Array(), ...frames] = await pieces(kit, id);
    const order = fc
      .array(fc.nat(frames.length - 1), { maxLength: 6 })
      .filter((order) => order.join() !== frames.map((_, at) => at).join());
    await fc.assert(
      fc.asyncProperty(order, (order) =>
        expectRefused(kit, id, [header, ...order.map((at) => frames[at] ?? new Uint8Array())]),
      ),
      { numRuns: 40 },
    );
    await expectRefused(kit, id, [header, ...frames, new Uint8Array(1)]);
    await expectRefused(kit, id, [header, header, ...frames]);
  });

  it("is refused when frames or headers of another blob of the same person are mixed in", async () => {
    const kit = await storageKit();
    const a = await kit.put("p1", bytesOf(2 * MEBIBYTE, 1));
    const b = await kit.put("p1", bytesOf(2 * MEBIBYTE, 2));
    const [headA = new Uint8Array(), a1 = headA, a2 = headA] = await pieces(kit, a.id);
    const [headB = new Uint8Array(), b1 = headB, b2 = headB] = await pieces(kit, b.id);
    await expectRefused(kit, a.id, [headA, a1, b2]);
    await expectRefused(kit, a.id, [headA, b1, a2]);
    await expectRefused(kit, a.id, [headB, a1, a2]);
    await expectRefused(kit, a.id, [headB, b1, b2]);
  });

  it("is refused when it was sealed for somebody else", async () => {
    const kit = await storageKit();
    const mine = await kit.put("p1", bytesOf(100));
    const theirs = await kit.put("p2", bytesOf(100));
    const [header = new Uint8Array(), frame = header] = await pieces(kit, theirs.id);
    const [ownHeader = new Uint8Array()] = await pieces(kit, mine.id);
    await expectRefused(kit, mine.id, [header, frame]);
    await expectRefused(kit, mine.id, [ownHeader, frame]);
  });

  it("gives out nothing but the beginning of the true bytes, whatever was done to its frames", async () => {
    const kit = await storageKit();
    const bytes = bytesOf(3 * MEBIBYTE);
    const { id } = await kit.put("p1", bytes);
    const [header = new Uint8Array(), ...frames] = await pieces(kit, id);
    const flipped = frames.map((frame) => {
      const copy = frame.slice();
      copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
      return copy;
    });
    const all = [...frames, ...flipped];
    const order = fc
      .array(fc.nat(all.length - 1), { maxLength: 4 })
      .filter((order) => order.join() !== frames.map((_, at) => at).join());
    await fc.assert(
      fc.asyncProperty(order, async (order) => {
        const parts = [header, ...order.map((at) => all[at] ?? header)];
        await kit.store.write(id, streamIn(Buffer.concat(parts), [MEBIBYTE]));
        let seen = 0;
        const reading = (async () => {
          for await (const chunk of await kit.blobs.open("p1", id)) {
            expect(Buffer.compare(chunk, bytes.subarray(seen, seen + chunk.length))).toBe(0);
            seen += chunk.length;
          }
        })();
        await expect(reading).rejects.toEqual(expect.objectContaining({ code: "BLOB_DAMAGED" }));
      }),
      { numRuns: 40 },
    );
  });
});
