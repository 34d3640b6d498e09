import { expect, it } from "vitest";
import { readAll } from "../../src/storage/cutter.ts";
import { FRAME_BYTES, PREFIX_BYTES, seal, unseal } from "../../src/storage/frames.ts";
import { startNaming } from "../../src/storage/naming.ts";
import { bytesOf, streamIn } from "./kit.ts";

const HEADER_BYTES = 20;
const TAG_BYTES = 16;
const SEALED_FRAME = FRAME_BYTES + TAG_BYTES;

async function newKeys() {
  const aes = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  const names = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return { id: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), frames: aes, values: aes, names };
}

const prefix = new Uint8Array(PREFIX_BYTES).fill(9);

/** What is stored outlives the program that stored it, so this reads it by the written format alone. */
it("seals each frame under the prefix, its number and whether it is the last", async () => {
  const keys = await newKeys();
  const plain = bytesOf(2 * FRAME_BYTES + 10);
  const size = HEADER_BYTES + 3 * TAG_BYTES + plain.length;
  const sealed = Uint8Array.from(await readAll(seal(streamIn(plain, [100_000]), keys, prefix, null), size));

  const header = sealed.slice(0, HEADER_BYTES);
  expect([...header]).toEqual([...Buffer.from("PHSB"), 1, ...keys.id, ...prefix]);
  for (const [number, last] of [0, 0, 1].entries()) {
    const iv = Uint8Array.of(...prefix, 0, 0, 0, number, last);
    const at = HEADER_BYTES + number * SEALED_FRAME;
    const opened = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv, additionalData: header },
      keys.frames,
      sealed.slice(at, at + SEALED_FRAME),
    );
    const frame = plain.subarray(number * FRAME_BYTES, (number + 1) * FRAME_BYTES);
    expect(Buffer.compare(new Uint8Array(opened), frame)).toBe(0);
  }
});

it("opens under the name that its bytes have and under no other", async () => {
  const keys = await newKeys();
  const plain = bytesOf(100);
  const naming = startNaming(keys.names);
  const open = (id: string) =>
    readAll(unseal(seal(streamIn(plain, [100]), keys, prefix, null), keys, id), plain.length);
  await naming.add(Uint8Array.from(plain));
  expect(await open((await naming.finish()).id)).toEqual(plain);
  await expect(open("another")).rejects.toMatchObject({ code: "BLOB_DAMAGED" });
});
