import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Resolves from this file, so the same code works from `src` and from the bundle in `dist`. */
export const requireFrom = createRequire(import.meta.url);

/** The folder of an installed package, also where its `exports` field hides `package.json`. */
export function packageFolder(name: string): string {
  for (const base of requireFrom.resolve.paths(name) ?? []) {
    const folder = path.join(base, name);
    try {
      requireFrom.resolve(path.join(folder, "package.json"));
      return folder;
    } catch {
      // Not in this node_modules; the next one up may hold it.
    }
  }
  throw new Error(`package not installed: ${name}`);
}

/** A folder as a `file:` address with a trailing slash, the form that model loaders expect. */
export function folderUrl(folder: string): string {
  return `${pathToFileURL(folder).href}/`;
}

/**
 * Runs `load` while the thread's `fetch` also serves `file:` addresses, which Node's own refuses.
 * The original is back when the promise settles.
 */
export async function withFileFetch<T>(load: () => Promise<T>): Promise<T> {
  const original = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!address.startsWith("file:")) return original(input, init);
    const bytes = new Uint8Array(await readFile(new URL(address)));
    const type = address.endsWith(".json") ? "application/json" : "application/octet-stream";
    return new Response(bytes, { headers: { "content-type": type } });
  };
  try {
    return await load();
  } finally {
    globalThis.fetch = original;
  }
}
