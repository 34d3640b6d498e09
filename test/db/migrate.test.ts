import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from "drizzle-kit/api";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { openClient } from "../../src/db/index.ts";
import { migrateDatabase, migrationsFolder, readMigrations } from "../../src/db/migrate.ts";
import { fileDatabase, memoryDatabase, temporaryFolder } from "../kit/database.ts";

const root = resolve(import.meta.dirname, "../..");

function freshClient(url = ":memory:") {
  const client = openClient({ url });
  onTestFinished(() => client.close());
  return client;
}

type Client = ReturnType<typeof freshClient>;

async function column(client: Client, sql: string, name: string): Promise<unknown[]> {
  return (await client.execute(sql)).rows.map((row) => row[name]);
}

/** A copy of the migrations with one more at the end, whose journal time is that many ms after the last. */
function folderWithOneMore(sql: string, afterMs: number): string {
  const folder = join(temporaryFolder(), "migrations");
  cpSync(migrationsFolder(), folder, { recursive: true });
  const path = join(folder, "meta/_journal.json");
  const journal = z
    .looseObject({ entries: z.array(z.looseObject({ when: z.number() })) })
    .parse(JSON.parse(readFileSync(path, "utf8")));
  const last = journal.entries.at(-1)?.when ?? 0;
  const idx = journal.entries.length;
  journal.entries.push({ idx, version: "6", when: last + afterMs, tag: "9999_more", breakpoints: true });
  writeFileSync(path, JSON.stringify(journal));
  writeFileSync(join(folder, "9999_more.sql"), sql);
  return folder;
}

describe("the migrations", () => {
  it("have a journal whose times strictly increase, with one file for each entry and none besides", () => {
    const migrations = readMigrations();
    for (const [at, { tag, when }] of migrations.entries())
      expect(when, tag).toBeGreaterThan(migrations[at - 1]?.when ?? 0);
    const files = readdirSync(migrationsFolder()).filter((name) => name.endsWith(".sql"));
    expect(files.sort()).toEqual(migrations.map(({ tag }) => `${tag}.sql`).sort());
  });

  it("are all in the database afterwards, with the hashes and times of the files", async () => {
    const { client } = await memoryDatabase();
    const sql = "SELECT * FROM __drizzle_migrations ORDER BY created_at";
    expect(await column(client, sql, "hash")).toEqual(readMigrations().map(({ hash }) => hash));
    expect(await column(client, sql, "created_at")).toEqual(readMigrations().map(({ when }) => when));
  });

  it("change nothing when they are applied again", async () => {
    const { client } = await memoryDatabase();
    const sql = "SELECT name || coalesce(sql, '') AS it FROM sqlite_master ORDER BY name";
    const before = await column(client, sql, "it");
    await migrateDatabase(client);
    expect(await column(client, sql, "it")).toEqual(before);
  });

  it("leave a file in WAL mode and every connection with full synchronisation and foreign keys", async () => {
    const { client, url } = await fileDatabase();
    for (const connection of [client, freshClient(url)]) {
      expect(await column(connection, "PRAGMA journal_mode", "journal_mode")).toEqual(["wal"]);
      expect(await column(connection, "PRAGMA synchronous", "synchronous")).toEqual([2]);
      expect(await column(connection, "PRAGMA foreign_keys", "foreign_keys")).toEqual([1]);
    }
  });
});

describe("a database that is not what this program expects", () => {
  it("is brought forward by a migration that came later", async () => {
    const { client } = await memoryDatabase();
    await migrateDatabase(client, folderWithOneMore("CREATE TABLE more (n INTEGER);", 1));
    expect(await column(client, "SELECT count(*) AS n FROM more", "n")).toEqual([0]);
  });

  it("is refused when a migration with an older time was merged, which would be skipped in silence", async () => {
    const { client } = await memoryDatabase();
    const folder = folderWithOneMore("CREATE TABLE more (n INTEGER);", -1);
    await expect(migrateDatabase(client, folder)).rejects.toMatchObject({
      code: "DATABASE_FAILED",
      message: "the migrations in the database are not those of this program",
    });
  });

  it("is refused in a sentence when a newer program made it", async () => {
    const client = freshClient();
    await migrateDatabase(client, folderWithOneMore("CREATE TABLE more (n INTEGER);", 1));
    await expect(migrateDatabase(client)).rejects.toMatchObject({
      code: "DATABASE_FAILED",
      message: "the database was made by a newer version of this program: update the program",
    });
  });

  it("is refused when a migration that it has was changed afterwards", async () => {
    const client = freshClient();
    await migrateDatabase(client, folderWithOneMore("CREATE TABLE more (n INTEGER);", 1));
    const changed = folderWithOneMore("CREATE TABLE more (n INTEGER, m INTEGER);", 1);
    await expect(migrateDatabase(client, changed)).rejects.toMatchObject({ code: "DATABASE_FAILED" });
  });

  it("stays as it was when a migration fails half way", async () => {
    const { client } = await memoryDatabase();
    const sql = "CREATE TABLE more (n INTEGER);\n--> statement-breakpoint\nINSERT INTO nowhere VALUES (1);";
    await expect(migrateDatabase(client, folderWithOneMore(sql, 1))).rejects.toMatchObject({
      code: "DATABASE_FAILED",
    });
    expect(await column(client, "SELECT name FROM sqlite_master WHERE name = 'more'", "name")).toEqual([]);
    await migrateDatabase(client);
  });
});

/** Migrates the file named by each line of its input, and says how that went. */
const STARTER = `
import { createInterface } from "node:readline";
import { openClient } from "./src/db/index.ts";
import { migrateDatabase } from "./src/db/migrate.ts";
console.log("here");
for await (const url of createInterface(process.stdin)) {
  const client = openClient({ url });
  try {
    await migrateDatabase(client);
    console.log("ok");
  } catch (error) {
    console.log([error, error.cause, error.cause?.cause].map(String).join(" <- ").replaceAll("\\n", " "));
  }
  client.close();
}`;

interface Starter {
  say(line: string): void;
  hear(): Promise<string>;
}

function startStarter(): Starter {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", STARTER],
    { cwd: root, stdio: ["pipe", "pipe", "inherit"] },
  );
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  if (child.stdout === null) throw new Error("the child has no output");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    say: (line) => child.stdin?.write(`${line}\n`),
    hear: async () => String((await lines.next()).value),
  };
}

describe("several programs that start at once", () => {
  it("all end well on one new file, and it holds each migration once", { timeout: 120_000 }, async () => {
    const starters = Array.from({ length: 3 }, startStarter);
    const hearAll = (): Promise<string[]> => Promise.all(starters.map(({ hear }) => hear()));
    expect(await hearAll()).toEqual(starters.map(() => "here"));
    const folder = temporaryFolder();
    for (let round = 0; round < 4; round++) {
      const url = `file:${join(folder, `${round}.db`)}`;
      for (const { say } of starters) say(url);
      expect(await hearAll(), `round ${round}`).toEqual(starters.map(() => "ok"));
      const found = await column(
        freshClient(url),
        "SELECT hash FROM __drizzle_migrations ORDER BY created_at",
        "hash",
      );
      expect(found).toEqual(readMigrations().map(({ hash }) => hash));
    }
  });
});

/** Every table's export of every `schema.ts`. */
async function declaredSchema(): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const parent of ["src", "bots"]) {
    for (const room of readdirSync(join(root, parent))) {
      const path = join(root, parent, room, "schema.ts");
      if (!existsSync(path)) continue;
      const exported: unknown = await import(pathToFileURL(path).href);
      for (const [name, value] of Object.entries(
        z.record(z.string(), z.unknown()).parse({ ...Object(exported) }),
      ))
        found[`${room}.${name}`] = value;
    }
  }
  return found;
}

/** Tables with their columns and indexes, whatever order they were made in. */
async function shapeOf(client: Client): Promise<Record<string, unknown>> {
  const shape: Record<string, unknown> = {};
  const tables = await column(
    client,
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '__drizzle_migrations'",
    "name",
  );
  for (const table of tables.map(String)) {
    const columns = await client.execute({
      sql: `SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?) ORDER BY name`,
      args: [table],
    });
    const indexes = await client.execute({
      sql: `SELECT list.name, list."unique", list.origin, list.partial, master.sql
FROM pragma_index_list(?) AS list LEFT JOIN sqlite_master AS master ON master.name = list.name ORDER BY list.name`,
      args: [table],
    });
    const links = await client.execute({
      sql: `SELECT "table", "from", "to", on_update, on_delete FROM pragma_foreign_key_list(?) ORDER BY 1, 2`,
      args: [table],
    });
    shape[table] = [columns, indexes, links].map(({ rows }) => rows.map((row) => ({ ...row })));
  }
  return shape;
}

describe("the schema that the code declares", () => {
  it("is what the migrations make: same tables, columns, keys and indexes", async () => {
    const declared = freshClient();
    const nothing = await generateSQLiteDrizzleJson({});
    const everything = await generateSQLiteDrizzleJson(await declaredSchema(), nothing.id);
    for (const statement of await generateSQLiteMigration(nothing, everything))
      await declared.executeMultiple(statement);
    const { client } = await memoryDatabase();
    const wanted = await shapeOf(declared);
    expect(Object.keys(wanted).length).toBeGreaterThan(20);
    expect(await shapeOf(client)).toEqual(wanted);
  });
});
