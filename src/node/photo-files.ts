import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CommandFile } from "../commands/command.ts";
import type { LeftOut } from "../commands/order-report.ts";
import { AppError } from "../ports/errors.ts";

/** Far above the contract's 25 MB, so that a file that is a little too large still gets its proper verdict. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The contract's photos a face: those behind them are named and not read. */
const MOST_FILES = 40;

export interface ReadPhotos {
  readonly files: readonly CommandFile[];
  readonly leftOut: readonly LeftOut[];
}

/** Reads photos named one by one or as folders (their files in name order, hidden ones left out). */
export function readPhotos(paths: readonly string[]): ReadPhotos {
  const files: CommandFile[] = [];
  const leftOut: LeftOut[] = [];
  for (const path of paths.flatMap(expand)) {
    if (files.length >= MOST_FILES) leftOut.push({ file: path, reason: "too_many" });
    else if (statSync(path).size > MOST_BYTES) leftOut.push({ file: path, reason: "file_too_large" });
    else files.push({ name: path, bytes: read(path) });
  }
  return { files, leftOut };
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new AppError("BAD_USAGE", `${path} cannot be read: check its rights.`, { cause });
  }
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
