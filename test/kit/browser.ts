import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const PLACES = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].filter((path) => path !== undefined);

/** A Chromium of this machine, or null where there is none: browser tests are then skipped, and say so. */
export const CHROMIUM: string | null = PLACES.find((path) => existsSync(path)) ?? null;

if (CHROMIUM === null) {
  console.warn(
    "Browser tests are skipped: no Chromium found. Install Debian's `chromium` or set CHROMIUM_PATH.",
  );
}

/** Starts Chromium without a sandbox (containers have none) and without anything that would call home. */
export function launchBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error("no Chromium on this machine");
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
