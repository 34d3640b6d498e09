import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seriousFindings } from "../../kit/axe.ts";
import { CHROMIUM, launchBrowser } from "../../kit/browser.ts";
import { drawnPhoto } from "./fakes.ts";
import { servedKit, type ServedKit } from "./kit.ts";
import * as views from "./views.ts";
import { transcriptOf, visit } from "./visit.ts";

/** `SHOTS=folder npx vitest run test/bots/web/look` keeps a picture of every screen, to be looked at. */
const SHOTS = process.env["SHOTS"];

async function keep(page: Page, name: string, fullPage = true): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage });
}

const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Names of what is too small for a finger: under 44 px one way or the other. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("button, a, summary, textarea")]
      .filter((target) => target.checkVisibility() && !target.classList.contains("skip"))
      .map((target) => ({ target, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
      .map(({ target, box }) => `${target.outerHTML.slice(0, 80)}: ${box.width} x ${box.height}`),
  );

/** Lazy pictures load as they come into view. */
async function loadPictures(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const image of document.images) image.loading = "eager";
  });
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
}

async function showEverything(kit: ServedKit, visitor: string): Promise<void> {
  const all = [
    views.consent,
    views.askPhotos,
    views.fullSheet,
    views.styles(["corporate-grey", "outdoor-park"]),
    views.quote,
    views.status(3, 8),
    ...views.everythingElse,
    views.results({ P1: "yes", P2: "yes", P3: "no" }),
  ];
  for (const [at, view] of all.entries()) {
    await kit.show(visitor, `m${at}`, view, view === views.askPhotos ? "selfies" : "test");
  }
}

describe.skipIf(CHROMIUM === null)("the look of the browser chat", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const sizes = [
    { width: 375, height: 760, touch: true },
    { width: 768, height: 1024, touch: true },
    { width: 1280, height: 860, touch: false },
    { width: 1920, height: 1080, touch: false },
  ];
  const cases = sizes.flatMap((size) => (["light", "dark"] as const).map((theme) => ({ ...size, theme })));

  it.each(cases)(
    "stands at $width px in $theme without sideways scrolling, policy violations or serious findings of axe",
    async ({ width, height, touch, theme }) => {
      const kit = await servedKit();
      kit.answer(async ({ address }) => kit.show(address, "welcome", views.welcome));
      const { page, complaints, visitor } = await visit(browser, kit.url, { width, height, touch, theme });
      await page.getByRole("button", { name: "Start" }).waitFor();
      await keep(page, `${width}-${theme}-1-welcome`, false);
      expect(await sidewaysScroll(page)).toBe(0);
      const checked = width === 375 || width === 1280;
      if (checked) expect(await seriousFindings(page)).toEqual([]);

      const address = await visitor();
      await page.getByRole("textbox", { name: "Message" }).fill("How long are my photos kept?");
      await page.keyboard.press("Enter");
      await showEverything(kit, address);
      await page.getByRole("button", { name: /^Open: .* picture 8 of 8/ }).waitFor();
      await page.locator("#file-attach").setInputFiles([
        { name: "one.jpg", mimeType: "image/jpeg", buffer: await drawnPhoto("city", 400, 500) },
        { name: "two.jpg", mimeType: "image/jpeg", buffer: await drawnPhoto("outdoor-park", 400, 500) },
      ]);
      await transcriptOf(page).getByText("2 photos wait here").waitFor();
      await loadPictures(page);
      await keep(page, `${width}-${theme}-2-everything`);
      if (touch) expect(await smallTargets(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
      if (checked) expect(await seriousFindings(page)).toEqual([]);

      await page.getByRole("button", { name: /^Open: .* picture 1 of 8/ }).click();
      await page.getByRole("dialog", { name: "Picture viewer" }).waitFor();
      await page.waitForTimeout(300);
      await keep(page, `${width}-${theme}-3-viewer`, false);
      if (touch) expect(await smallTargets(page)).toEqual([]);
      if (checked) expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press("Escape");

      await page.getByRole("button", { name: /IMG_2014.jpg: Question/ }).click();
      await page.getByRole("dialog").waitFor();
      await page.waitForTimeout(200);
      await keep(page, `${width}-${theme}-4-selfie`, false);
      await page.keyboard.press("Escape");

      await page.getByRole("button", { name: "Menu" }).click();
      await keep(page, `${width}-${theme}-5-commands`, false);
      if (checked) expect(await seriousFindings(page)).toEqual([]);
      expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
      expect(kit.problems).toEqual([]);
    },
  );
});
