import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Why nothing could be written into this folder, which need not exist yet; null when it can be made and used. */
export function whyNotWritable(folder: string): string | null {
  const nearest = nearestThatExists(resolve(folder));
  if (!statSync(nearest).isDirectory()) return `${nearest} is a file.`;
  try {
    accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch {
    return `${nearest} cannot be written by this account.`;
  }
}

function nearestThatExists(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestThatExists(dirname(path));
}
