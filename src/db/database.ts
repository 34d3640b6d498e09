import type { Client, InStatement, ResultSet } from "@libsql/client";
import { LibsqlBatchError, LibsqlError } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { AppError } from "../ports/errors.ts";
import type { BatchResult, Database, Row, SqlValue, Statement } from "../ports/database.ts";
import type { Clock, Random } from "../ports/runtime.ts";

const BUSY_TRIES = 5;

interface Planned {
  readonly statements: readonly InStatement[];
  /** For each sent statement, the index of the caller's statement it belongs to, and whether it is that one's guard. */
  readonly origin: readonly { readonly index: number; readonly isGuard: boolean }[];
}

function plan(statements: readonly Statement[]): Planned {
  const sent: InStatement[] = [];
  const origin: { index: number; isGuard: boolean }[] = [];
  for (const [index, statement] of statements.entries()) {
    sent.push({ sql: statement.sql, args: [...statement.args] });
    origin.push({ index, isGuard: false });
    if (statement.guard === undefined) continue;
    sent.push("INSERT INTO tx_guard VALUES (changes())");
    origin.push({ index, isGuard: true });
  }
  return { statements: sent, origin };
}

function toRows(result: ResultSet): Row[] {
  return result.rows.map((row) =>
    Object.fromEntries(
      result.columns.map((column, at): [string, SqlValue] => {
        const value = row[at];
        if (value instanceof ArrayBuffer) return [column, new Uint8Array(value)];
        if (typeof value === "bigint") return [column, Number(value)];
        return [column, value ?? null];
      }),
    ),
  );
}

/** The libSQL error in the cause chain, if there is one: drizzle wraps it. */
function libsqlError(error: unknown): LibsqlError | null {
  let cause: unknown = error;
  for (let depth = 0; depth < 5 && cause instanceof Error; depth++) {
    if (cause instanceof LibsqlError) return cause;
    cause = cause.cause;
  }
  return null;
}

function isBusy(error: LibsqlError): boolean {
  return error.code.startsWith("SQLITE_BUSY") || error.code === "TRANSACTION_ACTIVE";
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const known = libsqlError(error);
  if (known === null)
    return new AppError("DATABASE_FAILED", "the database call failed", { retryable: true, cause: error });
  if (isBusy(known))
    return new AppError("DATABASE_BUSY", "the database is locked by another program", {
      retryable: true,
      cause: error,
    });
  if (known.code.startsWith("SQLITE_FULL") || /disk is full/i.test(known.message)) {
    return new AppError("DISK_FULL", "the disk is full: nothing was saved", {
      retryable: true,
      cause: error,
    });
  }
  return new AppError("DATABASE_FAILED", `the database refused: ${known.code}`, { cause: error });
}

/**
 * The guarded batch over one client: the only write primitive (jobs-and-db.md section 4).
 * After a SQLITE_BUSY the client is reconnected at once, because the native binding leaves the failed statement
 * open and would acknowledge later writes without committing them (libsql-client-ts issue 352).
 */
export function createDatabase(client: Client, deps: { clock: Clock; random: Random }): Database {
  const orm = drizzle(client);

  const pause = (ms: number): Promise<void> => new Promise((resolve) => deps.clock.after(ms, resolve));

  async function withoutBusy<T>(call: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      try {
        return await call();
      } catch (error) {
        const known = libsqlError(error);
        if (known === null || !isBusy(known)) throw error;
        client.reconnect();
        if (tried >= BUSY_TRIES) throw error;
        await pause(deps.random.float() * 20 * 2 ** tried);
      }
    }
  }

  async function applied(operation: string): Promise<boolean> {
    const found = await client.execute({ sql: "SELECT 1 FROM operation WHERE id = ?", args: [operation] });
    return found.rows.length > 0;
  }

  async function batch(statements: readonly Statement[], operation?: string): Promise<BatchResult> {
    const first: Statement[] =
      operation === undefined
        ? []
        : [{ sql: "INSERT INTO operation (id, at) VALUES (?, ?)", args: [operation, deps.clock.now()] }];
    const { statements: sent, origin } = plan([...first, ...statements]);
    try {
      const results = await withoutBusy(() => client.batch([...sent], "write"));
      const rows: (readonly Row[])[] = [];
      results.forEach((result, at) => {
        const from = origin[at];
        if (from !== undefined && !from.isGuard && from.index >= first.length) rows.push(toRows(result));
      });
      return { ok: true, rows };
    } catch (error) {
      const known = libsqlError(error);
      if (operation !== undefined && (await applied(operation).catch(() => false)))
        return { ok: true, rows: [] };
      if (!(known instanceof LibsqlBatchError) || !known.code.startsWith("SQLITE_CONSTRAINT"))
        throw toAppError(error);
      const from = origin[known.statementIndex];
      if (from === undefined) throw toAppError(error);
      const index = from.index - first.length;
      const guard = statements[index]?.guard;
      if (from.isGuard && guard !== undefined) return { ok: false, kind: "guard", guard };
      return { ok: false, kind: "constraint", index, message: known.message };
    }
  }

  async function query(sql: string, args: readonly SqlValue[] = []): Promise<readonly Row[]> {
    try {
      return toRows(await withoutBusy(() => client.execute({ sql, args: [...args] })));
    } catch (error) {
      throw toAppError(error);
    }
  }

  return {
    orm,
    batch,
    query,
    async ping() {
      await query("SELECT 1");
    },
    close: () => client.close(),
  };
}
