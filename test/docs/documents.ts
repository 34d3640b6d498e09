import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "../..");

export interface Document {
  readonly path: string;
  readonly text: string;
}

const isOurs = (path: string): boolean =>
  !/(^|\/)(node_modules|dist|data|coverage|\.git|\.wrangler)\//.test(path);

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter(isOurs);
}

const read = (path: string): Document => ({ path, text: readFileSync(join(ROOT, path), "utf8") });

/** Every document of the project. */
export const DOCUMENTS: readonly Document[] = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...filesBelow("docs").filter((path) => path.endsWith(".md")),
].map(read);

export function documentAt(path: string): Document {
  const found = DOCUMENTS.find((document) => document.path === path);
  if (found === undefined) throw new Error(`there is no ${path}`);
  return found;
}

/** Files that documents may name without their folder. */
export const SOURCES: readonly string[] = [
  "src",
  "bots",
  "admin",
  "test",
  "bench",
  "scripts",
  "docs",
].flatMap(filesBelow);

export function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "");
}
