import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../ports/errors.ts";
import type { CommandFile } from "../commands/command.ts";

/** Far above the contract's 25 MB, so that a file that is a little too large still gets its proper verdict. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads photos named one by one or as folders (their files in name order, hidden ones left out). */
export function readPhotos(paths: readonly string[]): { files: CommandFile[]; skipped: string[] } {
  const files: CommandFile[] = [];
  const skipped: string[] = [];
  for (const path of paths.flatMap(expand)) {
    const { size } = statSync(path);
    if (size > MOST_BYTES) skipped.push(path);
    else files.push({ name: path, bytes: readFileSync(path) });
  }
  return { files, skipped };
}

function expand(path: string): string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (cause) {
    throw new AppError("BAD_USAGE", `There is no file or folder ${path}.`, { cause });
  }
  if (!isFolder) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(path, entry.name))
    .sort();
}
