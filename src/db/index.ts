export { createDatabase } from "./database.ts";
export { openClient } from "./open.ts";
export { guarded, raw, write } from "./statement.ts";
