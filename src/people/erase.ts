import { and, eq, gt, inArray, isNull, or } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import type { StepHandler, StepRun } from "../ports/jobs.ts";
import { blob } from "../storage/schema.ts";
import { sha256 } from "./hash.ts";
import { chat, consent, erasure, identity, linkCode, linkTry, person, report } from "./schema.ts";

export interface Erased {
  /** What was deleted this time, by kind; the receipt adds them up. */
  readonly counts: Readonly<Record<string, number>>;
  readonly statements: readonly Statement[];
  /** False when something is left (a provider has not confirmed, more rows): it is asked again. */
  readonly done: boolean;
}

/** Stops and deletes what one room holds of a person. Runs again from the start after a crash. */
export type Eraser = (personId: string) => Promise<Erased>;

type EraseDeps = Pick<Deps, "db" | "clock" | "blobs" | "announce">;

const ASK_AGAIN_MS = 5000;

/**
 * `person.erase`: asks every eraser until all are done, then forgets the person: accounts, chats, words, files and the
 * key that they were sealed with. What stays is the consent as a hash with its date, the ledger, and a receipt of counts.
 */
export function eraseHandler(deps: EraseDeps, erasers: readonly Eraser[]): StepHandler {
  return async (step, run) => {
    const personId = step.subjectId;
    const [open] = await deps.db.orm
      .select()
      .from(erasure)
      .where(and(eq(erasure.personId, personId), isNull(erasure.finishedAt)));
    if (open === undefined) return { kind: "done" };

    let receipt: Readonly<Record<string, number>> = open.receipt ?? {};
    let done = true;
    for (const eraser of erasers) {
      if (run.signal.aborted)
        throw new AppError("LEASE_LOST", "stopped during an erasure", { retryable: true });
      const erased = await eraser(personId);
      receipt = add(receipt, erased.counts);
      await commit(deps, run, [
        ...erased.statements,
        write(deps.db.orm.update(erasure).set({ receipt }).where(eq(erasure.id, open.id))),
      ]);
      done &&= erased.done;
    }
    if (!done) {
      return {
        kind: "snooze",
        until: deps.clock.now() + ASK_AGAIN_MS,
        reason: "not everything is deleted yet",
      };
    }
    const last = await forget(deps, personId);
    const finished = write(
      deps.db.orm
        .update(erasure)
        .set({ receipt: add(receipt, last.counts), finishedAt: deps.clock.now() })
        .where(eq(erasure.id, open.id)),
    );
    // The message copies the chat's address, so it comes before the chat is forgotten.
    const message =
      open.chatId === null
        ? []
        : deps.announce({ kind: "erased", personId, chatId: open.chatId, receiptId: open.id });
    return { kind: "done", also: [...message, ...last.statements, finished] };
  };
}

async function commit(deps: EraseDeps, run: StepRun, statements: readonly Statement[]): Promise<void> {
  const result = await deps.db.batch([run.fence, ...statements]);
  if (result.ok) return;
  throw new AppError("CONFLICT", "an erasure met another change", { retryable: true });
}

function add(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum: Record<string, number> = { ...a };
  for (const [kind, count] of Object.entries(b)) if (count > 0) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}

/** The person's own rows, files and keys, with those of everybody linked into them. */
async function forget(deps: EraseDeps, personId: string): Promise<Omit<Erased, "done">> {
  const orm = deps.db.orm;
  const people = await orm
    .select({ id: person.id })
    .from(person)
    .where(or(eq(person.id, personId), eq(person.mergedInto, personId)));
  const ids = people.map((row) => row.id);
  const accounts = await orm.select().from(identity).where(inArray(identity.personId, ids));
  const consents = await orm.select().from(consent).where(inArray(consent.personId, ids));
  const reports = await orm.select({ id: report.id }).from(report).where(inArray(report.personId, ids));
  const files = await orm
    .select()
    .from(blob)
    .where(and(inArray(blob.personId, ids), gt(blob.refs, 0)));

  const hashed: Statement[] = [];
  for (const yes of consents) {
    const account = accounts.find((account) => account.platform === yes.platform);
    const personHash = await sha256(`consent:${yes.platform}:${account?.externalId ?? personId}`);
    hashed.push(
      write(
        orm
          .update(consent)
          .set({
            personId: null,
            faceId: null,
            personHash,
            withdrawnAt: yes.withdrawnAt ?? deps.clock.now(),
          })
          .where(eq(consent.id, yes.id)),
      ),
    );
  }
  return {
    counts: { accounts: accounts.length, reports: reports.length, files: files.length },
    statements: [
      ...hashed,
      ...files.flatMap((file) => Array.from({ length: file.refs }, () => deps.blobs.release(file.id))),
      ...ids.map((id) => deps.blobs.dropKey(id)),
      write(orm.delete(identity).where(inArray(identity.personId, ids))),
      write(orm.delete(chat).where(inArray(chat.personId, ids))),
      write(orm.delete(linkCode).where(inArray(linkCode.personId, ids))),
      write(orm.delete(linkTry).where(inArray(linkTry.personId, ids))),
      write(orm.delete(report).where(inArray(report.personId, ids))),
    ],
  };
}
