// Makes docs/pictures anew from the running program, with drawn people only: npx tsx scripts/pictures.ts
// Needs a build (npm run build) and a Chromium. Look at every picture before you commit it.
import { mkdirSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { assemble, type App } from "../src/app.ts";
import { readSettings } from "../src/config.ts";
import { createDatabase, openClient } from "../src/db/index.ts";
import { migrateDatabase } from "../src/db/migrate.ts";
import { webAssets } from "../src/node/web-assets.ts";
import { createLogger } from "../src/operations/index.ts";
import { systemClock, systemIds, systemRandom } from "../src/runtime.ts";
import { memoryStore } from "../src/storage/index.ts";
import { launchBrowser } from "../test/kit/browser.ts";
import { drawnImaging } from "./pictures/drawn-imaging.ts";
import { drawnSelfies, type DrawnSelfie } from "./pictures/drawn-people.ts";

const FOLDER = resolve(import.meta.dirname, "../docs/pictures");
const MOST_BYTES = 300_000;
const SCREENS = [
  { width: 1280, height: 900, scale: 1 },
  { width: 375, height: 760, scale: 1.5 },
] as const;
const CONSOLE_HEIGHT = 480;
const THEMES = ["light", "dark"] as const;

await main();

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const selfies = await drawnSelfies();
  const { app, url, close } = await serveDrawn(selfies);
  const browser = await launchBrowser();
  try {
    for (const screen of SCREENS)
      for (const theme of THEMES) {
        const page = await openPage(browser, screen, theme);
        const keep = (name: string) => keepPicture(page, `${name}-${screen.width}-${theme}`);
        await walkThroughAnOrder(page, url, selfies, keep);
        await page.goto((await app.admins.signInLink("owner")).url);
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.getByRole("heading", { name: "Today" }).waitFor();
        await page.setViewportSize({ width: screen.width, height: CONSOLE_HEIGHT });
        await keep("console");
        await page.context().close();
      }
  } finally {
    await browser.close();
    await close();
  }
}

/** The whole program behind a port of the loopback, forgetful, with drawn pictures. */
async function serveDrawn(selfies: readonly DrawnSelfie[]) {
  const read = readSettings({});
  if (!read.ok) throw new Error(read.problems.join(" "));
  const client = openClient({ url: ":memory:" });
  await migrateDatabase(client);
  let app: App | null = null;
  const server = serve({
    fetch: (request) => app?.http.fetch(request) ?? new Response(null, { status: 503 }),
    hostname: "127.0.0.1",
    port: 0,
  });
  await new Promise((listening) => server.once("listening", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ready = await assemble({
    clock: systemClock,
    ids: systemIds,
    random: systemRandom,
    log: createLogger("warn"),
    db: createDatabase(client, { clock: systemClock, random: systemRandom }),
    objects: memoryStore(),
    masterKey: systemRandom.bytes(32),
    imaging: drawnImaging(selfies),
    providers: [],
    policy: { ...read.settings.policy, siteUrl: url },
    metricsToken: null,
    instanceId: "pictures",
    assets: webAssets(),
    concurrency: 16,
  });
  app = ready;
  await ready.start();
  return {
    app: ready,
    url,
    async close() {
      server.close();
      await ready.stop(1000);
      if ("closeAllConnections" in server) server.closeAllConnections();
      client.close();
    },
  };
}

async function openPage(browser: Browser, screen: (typeof SCREENS)[number], theme: "light" | "dark") {
  const { width, height, scale } = screen;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: theme,
    reducedMotion: "reduce",
    hasTouch: width < 500,
    isMobile: width < 500,
    locale: "en-GB",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

async function walkThroughAnOrder(
  page: Page,
  url: string,
  selfies: readonly DrawnSelfie[],
  keep: (name: string) => Promise<void>,
): Promise<void> {
  const press = (name: string | RegExp) => page.getByRole("button", { name, exact: true }).last().click();
  await page.goto(url);
  await page.getByRole("button", { name: "Start" }).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await keep("welcome");
  await press("Start");
  await press("I am 18 or older and this is me");
  await page.getByText("Send your selfies here").waitFor();
  await page
    .locator("#file-attach")
    .setInputFiles(selfies.map(({ name, bytes }) => ({ name, mimeType: "image/jpeg", buffer: bytes })));
  await page.getByRole("button", { name: /^IMG_2053.jpg: Left out/ }).waitFor();
  await page.getByRole("button", { name: /^IMG_2050.jpg: Usable/ }).waitFor();
  await keep("photos");
  await press("Choose styles");
  await page.getByRole("button", { name: /^Bright office/ }).waitFor();
  await press(/^Black and white/);
  await press(/^City/);
  await page.getByText("8 pictures in").waitFor();
  await keep("styles");
  await press("See the price");
  await press("Go");
  await page.getByText(/[1-6] of 8 pictures made/).waitFor();
  await keep("progress");
  const results = page.getByText(/^Here are \d, closest first/);
  await results.waitFor();
  await page.evaluate(() => {
    for (const image of document.images) image.loading = "eager";
  });
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await results.evaluate((words) => {
    words.scrollIntoView();
    scrollBy(0, -80);
  });
  await keep("results");
}

/** The screen as it stands, as a small PNG. */
async function keepPicture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
  const file = join(FOLDER, `${name}.png`);
  await sharp(await page.screenshot())
    .png({ compressionLevel: 9 })
    .toFile(file);
  const { size } = statSync(file);
  console.log(`${name}.png ${Math.round(size / 1000)} kB${size > MOST_BYTES ? ", too large" : ""}`);
}
