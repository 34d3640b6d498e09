import { expect } from "vitest";
import { raw, write } from "../../src/db/index.ts";
import { createRunner } from "../../src/jobs/index.ts";
import { step } from "../../src/jobs/schema.ts";
import { chat, person } from "../../src/people/schema.ts";
import type { EngineEvent, PhotoOffer, Platform } from "../../src/ports/chat.ts";
import type { FaceDetails } from "../../src/ports/for-people.ts";
import type { DecodeRefusal, Imaging, Inspection } from "../../src/ports/imaging.ts";
import type { Product } from "../../src/ports/product.ts";
import type { Logger } from "../../src/ports/runtime.ts";
import type { AppError } from "../../src/ports/errors.ts";
import {
  faceDetails,
  fetchHandler,
  inspectHandler,
  offerSelfies,
  openFace,
  selfieDied,
  type Offered,
  type PhotoFetcher,
  type SelfieDeps,
} from "../../src/selfies/index.ts";
import { face, selfie } from "../../src/selfies/schema.ts";
import { createBlobs, memoryStore } from "../../src/storage/index.ts";
import { memoryDatabase } from "../kit/database.ts";
import { scriptedImaging, type ScriptedImaging } from "../kit/imaging.ts";
import { countingIds, fakeClock, seededRandom, type FakeClock } from "../kit/time.ts";

const QUIET: Logger = { debug() {}, info() {}, warn() {}, error() {} };

export const PERSON = "person";

export interface Intake {
  readonly deps: SelfieDeps;
  readonly imaging: ScriptedImaging;
  readonly clock: FakeClock;
  readonly faceId: string;
  /** What was announced and committed, oldest first. */
  announced(): Promise<readonly string[]>;
  consent(): Promise<void>;
  offer(eventId: string, photos: readonly PhotoOffer[], platform?: Platform): Promise<Offered>;
  /** Offers bytes that measure as said, in one event. */
  send(
    eventId: string,
    ...photos: readonly (readonly [name: string, measured: Inspection | DecodeRefusal | AppError])[]
  ): Promise<Offered>;
  /** Runs every step that is due; time stands still. */
  work(concurrency?: number): Promise<number>;
  details(product?: Product): Promise<FaceDetails>;
  /** Verdict and first reason of each photo by its name. */
  verdicts(): Promise<Record<string, string>>;
  rows(): Promise<(typeof selfie.$inferSelect)[]>;
  steps(): Promise<(typeof step.$inferSelect)[]>;
  /** Blobs with owners. */
  ownedBlobs(): Promise<number>;
}

export interface IntakeParts {
  readonly consented?: boolean;
  readonly platform?: Platform;
  readonly fetcher?: PhotoFetcher;
  /** Instead of the scripted one. */
  readonly real?: Imaging;
}

/** One person with one face, real tables, sealed storage and the real runner; only measuring is scripted. */
export async function intake(parts: IntakeParts = {}): Promise<Intake> {
  const { db } = await memoryDatabase();
  const clock = fakeClock();
  const random = seededRandom();
  const ids = countingIds();
  const platform = parts.platform ?? "web";
  const store = memoryStore();
  const blobs = createBlobs({ db, clock, random, store, masterKey: new Uint8Array(32).fill(7) });
  const imaging = scriptedImaging();
  const announce = (said: EngineEvent) => [
    raw("INSERT INTO event (id, at, subject, subject_id, kind) VALUES (?, ?, 'announce', ?, ?)", [
      ids.next(),
      clock.now(),
      "selfieId" in said ? said.selfieId : said.personId,
      said.kind,
    ]),
  ];
  const deps: SelfieDeps = {
    db,
    clock,
    ids,
    blobs,
    announce,
    imaging: parts.real ?? imaging,
    waker: { notify() {} },
  };
  const now = clock.now();
  await db.batch([
    write(db.orm.insert(person).values({ id: PERSON, language: "en", createdAt: now })),
    write(
      db.orm
        .insert(chat)
        .values({ id: "chat", personId: PERSON, platform, address: "there", createdAt: now }),
    ),
  ]);
  const opened = await openFace(deps, { personId: PERSON, chatId: "chat" });
  if (opened === null) throw new Error("no face");
  const faceId = opened.id;

  const runner = (concurrency: number) =>
    createRunner(
      { ...deps, random, log: QUIET, providers: new Map() },
      {
        handlers: {
          "selfie.inspect": inspectHandler(deps),
          "selfie.fetch": fetchHandler(deps, {
            ...(parts.fetcher && { "fetch:telegram": parts.fetcher, "fetch:discord-cdn": parts.fetcher }),
          }),
        },
        capabilities: ["imaging", "fetch:telegram", "fetch:discord-cdn"],
        concurrency,
        onDead: ({ subjectId }) => selfieDied(deps, subjectId),
      },
    );

  const kit: Intake = {
    deps,
    imaging,
    clock,
    faceId,
    async announced() {
      const rows = await db.query(
        "SELECT kind, subject_id FROM event WHERE subject = 'announce' ORDER BY id",
      );
      return rows.map((row) => `${String(row["kind"])} ${String(row["subject_id"])}`);
    },
    async consent() {
      await db.batch([write(db.orm.update(face).set({ consentId: "yes" }))]);
    },
    offer: (eventId, photos, from = platform) =>
      offerSelfies(deps, { personId: PERSON, chatId: "chat", platform: from, faceId, eventId, photos }),
    send(eventId, ...photos) {
      const offers = photos.map(([name, measured]): PhotoOffer => ({
        kind: "bytes",
        bytes: imaging.file(name, measured),
        name,
      }));
      return kit.offer(eventId, offers);
    },
    work: (concurrency = 4) => runner(concurrency).runDue(),
    async details(product = "studio") {
      const found = await faceDetails(deps, faceId, product);
      if (found === null) throw new Error("no face");
      return found;
    },
    async verdicts() {
      const { selfies } = await kit.details();
      return Object.fromEntries(
        selfies.map(({ id, name, verdict, reasons }) => [
          name ?? id,
          [verdict, ...reasons.slice(0, 1)].join(" "),
        ]),
      );
    },
    rows: () => db.orm.select().from(selfie),
    steps: () => db.orm.select().from(step),
    async ownedBlobs() {
      const [row] = await db.query("SELECT count(*) AS owned FROM blob WHERE refs > 0");
      return Number(row?.["owned"]);
    },
  };
  if (parts.consented !== false) await kit.consent();
  return kit;
}

export function reference(uniqueId: string, bytes: number | null = 1000): PhotoOffer {
  return { kind: "reference", reference: `ref:${uniqueId}`, uniqueId, bytes, name: `${uniqueId}.jpg` };
}

/** Pixels that no other name has. */
export function differentHashes(seed: number): { hash: string; mirrorHash: string } {
  const mixed = (factor: bigint) =>
    ((factor * BigInt(seed + 1)) & 0xffffffffffffffffn).toString(16).padStart(16, "0");
  return { hash: mixed(0x9e3779b97f4a7c15n), mirrorHash: mixed(0xc2b2ae3d27d4eb4fn) };
}

export async function idOf(kit: Intake, name: string): Promise<string> {
  const found = (await kit.rows()).find((row) => row.name === name);
  expect(found, `a photo named ${name}`).toBeDefined();
  return found?.id ?? "";
}
