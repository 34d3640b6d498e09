import type { LibSQLDatabase } from "drizzle-orm/libsql";

export type SqlValue = string | number | null | Uint8Array;

/** One SQL statement of a batch. */
export interface Statement {
  readonly sql: string;
  readonly args: readonly SqlValue[];
  /** When set, the statement must change at least one row or the whole batch is rolled back and this name is returned. */
  readonly guard?: string;
}

export type Row = Readonly<Record<string, SqlValue>>;

/** Expected outcomes of a guarded batch; anything else throws `AppError`. */
export type BatchResult =
  | { readonly ok: true; readonly rows: readonly (readonly Row[])[] }
  /** A guard found nothing to change: somebody else was first. */
  | { readonly ok: false; readonly kind: "guard"; readonly guard: string }
  /** A unique index or CHECK refused statement `index`. */
  | { readonly ok: false; readonly kind: "constraint"; readonly index: number; readonly message: string };

/**
 * The truth. Reads go through `orm` or `query`; every write is one guarded batch.
 * `orm` also builds write statements (`write(orm.update(...))`); executing one directly is banned by lint.
 */
export interface Database {
  readonly orm: LibSQLDatabase;
  query(sql: string, args?: readonly SqlValue[]): Promise<readonly Row[]>;
  /**
   * Applies all statements or none.
   * @param operation an id that makes the batch safe to repeat: a repeat after a lost answer reports success with no rows.
   */
  batch(statements: readonly Statement[], operation?: string): Promise<BatchResult>;
  /** Resolves when the database answers; throws `AppError` otherwise. */
  ping(): Promise<void>;
  close(): void;
}
