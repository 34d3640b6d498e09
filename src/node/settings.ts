import { readSettings, type Settings } from "../config.ts";
import { readEnvFile } from "./env-file.ts";

/** Settings of this process; problems and warnings are said on stderr, and problems end the process with code 2. */
export function settingsOrExit(): Settings {
  const file = readEnvFile();
  const result = readSettings({ ...file, ...process.env }, Object.keys(file));
  for (const warning of result.warnings) process.stderr.write(`warning: ${warning}\n`);
  if (result.ok) return result.settings;
  const count = result.problems.length;
  process.stderr.write(`The settings have ${count === 1 ? "a problem" : `${count} problems`}:\n`);
  for (const problem of result.problems) process.stderr.write(`  - ${problem}\n`);
  process.exit(2);
}
