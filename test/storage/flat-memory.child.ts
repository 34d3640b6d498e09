/** Streams 500 MB into local files and back and prints how much memory that took, as a process of its own. */
import { createHash } from "node:crypto";
import { localFiles } from "../../src/storage/local-files.ts";
import { createBlobs } from "../../src/storage/index.ts";
import { createDatabase, openClient } from "../../src/db/index.ts";
import { migrateDatabase } from "../../src/db/migrate.ts";
import { realClock, seededRandom } from "../kit/time.ts";

const [folder = "", megabytes = "500"] = process.argv.slice(2);
const CHUNK = new Uint8Array(1_000_000).map((_, at) => at % 251);

let highest = 0;
const look = (): void => {
  highest = Math.max(highest, process.memoryUsage.rss());
};

function generated(hash: (chunk: Uint8Array) => void): ReadableStream<Uint8Array> {
  let left = Number(megabytes);
  return new ReadableStream({
    pull(controller) {
      if (left-- === 0) return controller.close();
      const chunk = Uint8Array.from(CHUNK);
      chunk[0] = left % 256;
      hash(chunk);
      look();
      controller.enqueue(chunk);
    },
  });
}

const random = seededRandom();
const client = openClient({ url: ":memory:" });
await migrateDatabase(client);
const db = createDatabase(client, { clock: realClock, random });
const blobs = createBlobs({
  db,
  clock: realClock,
  random,
  store: localFiles(folder),
  masterKey: new Uint8Array(32),
});

await blobs.put("p1", "selfie", CHUNK.subarray(0, 100_000));
const before = process.memoryUsage.rss();
const put = createHash("sha256");
const stored = await blobs.put(
  "p1",
  "training-zip",
  generated((chunk) => put.update(chunk)),
);
const got = createHash("sha256");
for await (const chunk of await blobs.open("p1", stored.id)) {
  got.update(chunk);
  look();
}
client.close();
process.stdout.write(
  JSON.stringify({
    bytes: stored.bytes,
    same: put.digest("hex") === got.digest("hex"),
    grownMegabytes: Math.round((highest - before) / 1e6),
  }),
);
