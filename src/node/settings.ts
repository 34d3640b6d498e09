import { readSettings, type Settings } from "../config.ts";
import { AppError } from "../ports/errors.ts";
import { readEnvFile } from "./env-file.ts";

/**
 * Settings of this process, from its environment over `.env`; warnings are said on stderr.
 * @throws AppError BAD_SETTINGS that names every problem
 */
export function settingsOfProcess(): Settings {
  const file = readEnvFile();
  const result = readSettings({ ...file, ...process.env }, Object.keys(file));
  for (const warning of result.warnings) process.stderr.write(`warning: ${warning}\n`);
  if (result.ok) return result.settings;
  const count = result.problems.length;
  const problems = result.problems.map((problem) => `\n  - ${problem}`).join("");
  throw new AppError(
    "BAD_SETTINGS",
    `The settings have ${count === 1 ? "a problem" : `${count} problems`}:${problems}`,
  );
}
