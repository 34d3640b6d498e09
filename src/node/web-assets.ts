import { readFileSync } from "node:fs";
import type { WebAssets } from "../../bots/web/index.ts";

/** The browser client as the build made it; `npm start` and `npx` build before they run. */
export function webAssets(): WebAssets {
  const built = import.meta.url.includes("/dist/") ? "./web/" : "../../dist/web/";
  const read = (name: string): string => readFileSync(new URL(`${built}${name}`, import.meta.url), "utf8");
  return { script: read("app.js"), style: read("app.css") };
}
