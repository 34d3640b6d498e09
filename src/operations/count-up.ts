import type { Statement } from "../ports/database.ts";

const ADD = `INSERT INTO counter (name, value) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET value = value + excluded.value`;

/** Statement that adds to a count which outlives restarts; `/metrics` shows it as an event of that name. */
export function countUp(name: string, by = 1): Statement {
  return { sql: ADD, args: [name, by] };
}
