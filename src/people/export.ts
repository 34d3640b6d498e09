import { and, eq, gt, inArray, lt, or } from "drizzle-orm";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import type { StepHandler } from "../ports/jobs.ts";
import { blob } from "../storage/schema.ts";
import { isLasting } from "./rules.ts";
import { chat, consent, identity, person, report } from "./schema.ts";
import { zipOf, type ExportFile } from "./zip.ts";

/** What one room holds of a person, as files: pictures as they are, everything else as JSON. No vectors, no tokens. */
export type Exporter = (personId: string) => AsyncIterable<ExportFile> | Promise<readonly ExportFile[]>;

type ExportDeps = Pick<Deps, "db" | "clock" | "blobs" | "announce">;

const KEPT_MS = 24 * 60 * 60_000;

/** `person.export`, subject = the chat that asked: writes everything of its person into one zip and says that it is ready. */
export function exportHandler(deps: ExportDeps, exporters: readonly Exporter[]): StepHandler {
  return async (step) => {
    const [asked] = await deps.db.orm
      .select({ personId: person.id, deletedAt: person.deletedAt })
      .from(chat)
      .innerJoin(person, eq(person.id, chat.personId))
      .where(eq(chat.id, step.subjectId));
    if (asked === undefined || asked.deletedAt !== null) return { kind: "done" };
    const { personId } = asked;
    const files = everything(personId, [(id) => exportPerson(deps, id), ...exporters]);
    const stored = await deps.blobs.put(personId, "export", zipOf(files, deps.clock.now()));
    const earlier = await exportsOf(deps, eq(blob.personId, personId));
    return {
      kind: "done",
      also: [
        deps.blobs.keep(stored),
        ...earlier.map((id) => deps.blobs.release(id)),
        ...deps.announce({ kind: "export_ready", personId, chatId: step.subjectId, blobId: stored.id }),
      ],
    };
  };
}

/** Everything kept of a person as one zip, for an operator; nothing is stored. */
export function exportZip(
  deps: Pick<Deps, "db" | "clock">,
  personId: string,
  exporters: readonly Exporter[],
): ReadableStream<Uint8Array> {
  return zipOf(everything(personId, [(id) => exportPerson(deps, id), ...exporters]), deps.clock.now());
}

/** Lets go of exports that were ready for a day. */
export async function dropOldExports(deps: Pick<Deps, "db" | "clock" | "blobs">): Promise<Statement[]> {
  const old = await exportsOf(deps, lt(blob.changedAt, deps.clock.now() - KEPT_MS));
  return old.map((id) => deps.blobs.release(id));
}

async function exportsOf(deps: Pick<Deps, "db">, which: ReturnType<typeof eq>): Promise<string[]> {
  const rows = await deps.db.orm
    .select({ id: blob.id })
    .from(blob)
    .where(and(eq(blob.kind, "export"), gt(blob.refs, 0), which));
  return rows.map((row) => row.id);
}

async function* everything(personId: string, exporters: readonly Exporter[]): AsyncGenerator<ExportFile> {
  for (const exporter of exporters) yield* await exporter(personId);
}

/** A value as a readable JSON file. */
export function jsonFile(name: string, value: unknown): ExportFile {
  return { name, bytes: new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`) };
}

async function exportPerson(deps: Pick<Deps, "db">, personId: string): Promise<readonly ExportFile[]> {
  const orm = deps.db.orm;
  const people = await orm
    .select()
    .from(person)
    .where(or(eq(person.id, personId), eq(person.mergedInto, personId)));
  const ids = people.map((row) => row.id);
  const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  const accounts = await orm.select().from(identity).where(inArray(identity.personId, ids));
  const consents = await orm.select().from(consent).where(inArray(consent.personId, ids));
  const reports = await orm.select().from(report).where(inArray(report.personId, ids));
  return [
    jsonFile("person.json", {
      people: people.map((row) => ({ id: row.id, language: row.language, since: iso(row.createdAt) })),
      // A browser visitor's id is what the cookie carries.
      accounts: accounts.map(({ platform, externalId, createdAt }) => ({
        platform,
        account: isLasting({ platform }) ? externalId : null,
        since: iso(createdAt),
      })),
      reports: reports.map(({ words, state, at }) => ({ words, state, at: iso(at) })),
    }),
    jsonFile(
      "consents.json",
      consents.map(({ platform, textVersion, language, purposes, givenAt, withdrawnAt }) => ({
        platform,
        textVersion,
        language,
        purposes,
        givenAt: iso(givenAt),
        withdrawnAt: iso(withdrawnAt),
      })),
    ),
  ];
}
