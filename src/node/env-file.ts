import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";

/** The variables of a `.env` file; none when there is no file. */
export function readEnvFile(path = ".env"): Record<string, string> {
  const read: Record<string, string> = {};
  if (!existsSync(path)) return read;
  for (const [name, value] of Object.entries(parseEnv(readFileSync(path, "utf8"))))
    if (value !== undefined) read[name] = value;
  return read;
}
