export { createDatabase } from "./database.ts";
export { openClient, useWriteAheadLog, type DatabaseLocation } from "./open.ts";
export { guarded, raw, write } from "./statement.ts";
