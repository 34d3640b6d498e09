import { sql } from "drizzle-orm";
import { raw, write } from "../../src/db/index.ts";
import { event, step } from "../../src/jobs/schema.ts";
import { meetPerson, type ArmStep } from "../../src/people/index.ts";
import type { Platform } from "../../src/ports/chat.ts";
import type { Database } from "../../src/ports/database.ts";
import type { Deps } from "../../src/ports/deps.ts";
import type { Who } from "../../src/ports/for-people.ts";
import type { Step, StepHandler, StepOutcome } from "../../src/ports/jobs.ts";
import { createBlobs, memoryStore } from "../../src/storage/index.ts";
import { memoryDatabase } from "../kit/database.ts";
import { countingIds, fakeClock, seededRandom, type FakeClock } from "../kit/time.ts";

export type PeopleDeps = Pick<Deps, "db" | "clock" | "ids" | "random" | "blobs" | "announce">;

export interface People {
  readonly deps: PeopleDeps;
  readonly clock: FakeClock;
  readonly armStep: ArmStep;
  /** First or next contact; a key that welcomes write shows up in `gifts`. */
  meet(platform: Platform, externalId: string, address?: string): Promise<Who>;
  gifts(): Promise<readonly string[]>;
  /** What was announced and committed, oldest first. */
  announced(): Promise<readonly string[]>;
  /** Runs a handler once as the runner would: its `also` is committed with the fence. */
  runStep(handler: StepHandler, subjectId: string, kind: string): Promise<StepOutcome>;
}

export async function people(parts: { db?: Database } = {}): Promise<People> {
  const clock = fakeClock();
  const db = parts.db ?? (await memoryDatabase()).db;
  const ids = countingIds();
  const random = seededRandom();
  const deps: PeopleDeps = {
    db,
    clock,
    ids,
    random,
    blobs: createBlobs({ db, clock, random, store: memoryStore(), masterKey: new Uint8Array(32) }),
    // Like the real one it copies the chat's address, so it must run while the chat is there.
    announce: (said) => [
      raw(
        `INSERT INTO event (id, at, subject, subject_id, kind, detail)
SELECT ?, ?, 'announce', ?, ?, json_object('address', address) FROM chat WHERE id = ?`,
        [ids.next(), clock.now(), said.personId, said.kind, said.chatId],
        "chat",
      ),
    ],
  };
  return {
    deps,
    clock,
    armStep: (wanted) =>
      write(
        db.orm
          .insert(step)
          .values({ ...wanted, id: ids.next(), state: "ready", runAt: clock.now(), createdAt: clock.now() })
          .onConflictDoUpdate({
            target: [step.subject, step.subjectId, step.kind, step.ordinal],
            set: { state: "ready" },
          }),
      ),
    meet: (platform, externalId, address = `${platform}-chat-${externalId}`) =>
      meetPerson(deps, { platform, externalId }, address, "en", (_personId, key) => [
        raw(
          "INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1",
          [key],
        ),
      ]),
    async gifts() {
      const rows = await db.query("SELECT name FROM counter ORDER BY rowid");
      return rows.map((row) => String(row["name"]));
    },
    async announced() {
      const rows = await db.orm
        .select()
        .from(event)
        .orderBy(sql`id`);
      return rows.map((row) => `${row.kind} ${String(row.detail?.["address"])}`);
    },
    async runStep(handler, subjectId, kind) {
      const running: Step = {
        id: "step",
        subject: "person",
        subjectId,
        kind,
        ordinal: 0,
        state: "leased",
        needs: null,
        runAt: 0,
        leaseUntil: null,
        leaseToken: null,
        attempts: 0,
        deadlineAt: null,
        createdAt: 0,
      };
      const fence = raw("SELECT 1");
      const outcome = await handler(running, { signal: new AbortController().signal, fence });
      const ended = await db.batch([fence, ...(outcome.also ?? [])]);
      if (!ended.ok) throw new Error(`the step's end was refused: ${JSON.stringify(ended)}`);
      return outcome;
    },
  };
}
