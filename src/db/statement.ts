import type { SqlValue, Statement } from "../ports/database.ts";

/** A drizzle query that has not been run. */
interface Buildable {
  toSQL(): { sql: string; params: unknown[] };
}

function toSqlValue(value: unknown): SqlValue {
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "number" ||
    value instanceof Uint8Array
  ) {
    return value;
  }
  if (typeof value === "boolean") return value ? 1 : 0;
  throw new TypeError(`not a value for SQL: ${typeof value}`);
}

/** Turns a drizzle insert, update or delete into a statement of a batch. */
export function write(query: Buildable): Statement {
  const { sql, params } = query.toSQL();
  return { sql, args: params.map(toSqlValue) };
}

/** Like `write`, but the batch is rolled back and `guard` is reported when nothing was changed. */
export function guarded(guard: string, query: Buildable): Statement {
  return { ...write(query), guard };
}

/** A statement in plain SQL, for what drizzle cannot say. */
export function raw(sql: string, args: readonly SqlValue[] = [], guard?: string): Statement {
  return guard === undefined ? { sql, args } : { sql, args, guard };
}
