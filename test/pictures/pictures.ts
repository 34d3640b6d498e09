import sharp from "sharp";
import { rankOrder, storePicture, type NewPicture, type PictureDeps } from "../../src/pictures/index.ts";
import { picture } from "../../src/pictures/schema.ts";
import type { DecodeRefusal, Inspection } from "../../src/ports/imaging.ts";
import { memoryStore, createBlobs } from "../../src/storage/index.ts";
import { memoryDatabase } from "../kit/database.ts";
import { scriptedImaging, type ScriptedImaging } from "../kit/imaging.ts";
import { countingIds, fakeClock, seededRandom, type FakeClock } from "../kit/time.ts";
import { vectorAt } from "../selfies/kit.ts";

/** A drawn picture, so that no test needs a person's. */
export async function drawnJpeg(): Promise<Uint8Array> {
  const svg = `<svg width="64" height="80"><rect width="64" height="80" fill="#7a8"/><circle cx="32" cy="34" r="18" fill="#c97"/></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).flatten().jpeg().toBuffer());
}

export const REFERENCE = {
  mean: vectorAt(0),
  limits: { veryClose: 0.3, close: 0.4, loose: 0.5 },
};

export interface Gallery {
  readonly deps: PictureDeps & { readonly imaging: ScriptedImaging };
  readonly clock: FakeClock;
  /** Stores one picture that measures as said and commits it; returns its row. */
  add(
    name: string,
    measured: Inspection | DecodeRefusal,
    change?: Partial<NewPicture>,
  ): Promise<typeof picture.$inferSelect>;
  rank(orderId?: string): Promise<number>;
  rows(): Promise<(typeof picture.$inferSelect)[]>;
  /** Owners of all blobs together. */
  owners(): Promise<number>;
}

export async function gallery(): Promise<Gallery> {
  const { db } = await memoryDatabase();
  const clock = fakeClock();
  const random = seededRandom();
  const store = memoryStore();
  const blobs = createBlobs({ db, clock, random, store, masterKey: new Uint8Array(32).fill(7) });
  const imaging = scriptedImaging({ jpeg: await drawnJpeg() });
  const deps = { db, clock, ids: countingIds(), blobs, imaging };
  const rows = () => db.orm.select().from(picture);
  let prompts = 0;
  return {
    deps,
    clock,
    rows,
    async add(name, measured, change = {}) {
      const bytes = imaging.file(name, measured);
      prompts += 1;
      const statements = await storePicture(deps, {
        orderId: "order",
        promptId: `prompt-${prompts}`,
        ordinal: 0,
        personId: "person",
        style: "city",
        sourceSelfieId: null,
        bytes,
        digitalSource: "compositeSynthetic",
        reference: REFERENCE,
        ...change,
      });
      const stored = await db.batch(statements);
      if (!stored.ok) throw new Error(`not stored: ${JSON.stringify(stored)}`);
      const row = (await rows()).at(-1);
      if (row === undefined) throw new Error("no row");
      return row;
    },
    async rank(orderId = "order") {
      const { shown, statements } = await rankOrder(deps, orderId);
      await db.batch(statements);
      return shown;
    },
    async owners() {
      const [row] = await db.query("SELECT coalesce(sum(refs), 0) AS owners FROM blob");
      return Number(row?.["owners"]);
    },
  };
}
