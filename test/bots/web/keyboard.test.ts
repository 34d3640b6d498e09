import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, launchBrowser } from "../../kit/browser.ts";
import { servedKit } from "./kit.ts";
import { playOrder } from "./script.ts";
import * as views from "./views.ts";
import { transcriptOf, visit } from "./visit.ts";

/** Presses Tab until the element with this name has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, name: RegExp, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press(key);
    const focused = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
    });
    if (name.test(focused)) return;
  }
  throw new Error(`the keyboard does not reach ${String(name)}`);
}

const hasVisibleFocus = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, bottom } = element.getBoundingClientRect();
    const inView = bottom > 52 && top < innerHeight;
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && inView;
  });

describe.skipIf(CHROMIUM === null)("the keyboard alone", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it("starts, agrees, chooses, orders, votes and closes", async () => {
    const kit = await servedKit();
    playOrder(kit, 20);
    const { page, visitor } = await visit(browser, kit.url);
    await page.getByRole("button", { name: "Start" }).waitFor();
    await tabTo(page, /^Start$/);
    expect(await hasVisibleFocus(page)).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Before you send photos" }).waitFor();
    await tabTo(page, /^I am 18/);
    await page.keyboard.press("Space");
    await transcriptOf(page).getByText("Send your selfies here").waitFor();
    await tabTo(page, /^Choose photos/);
    expect(await hasVisibleFocus(page)).toBe(true);

    await kit.show(await visitor(), "styles", views.styles([]));
    await page.getByRole("heading", { name: "Choose your styles" }).waitFor();
    await tabTo(page, /^Corporate, grey/);
    await page.keyboard.press("Space");
    await transcriptOf(page).getByText("8 pictures in 1 styles.").waitFor();
    // The update keeps the focus on the style that was pressed.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Corporate, grey/);
    await tabTo(page, /^See the price$/);
    await page.keyboard.press("Enter");
    await transcriptOf(page).getByText("Your order").waitFor();
    await tabTo(page, /^Go$/);
    await page.keyboard.press("Enter");

    await page.getByRole("button", { name: /^Open: .* picture 8 of 8/ }).waitFor();
    await tabTo(page, /^Open: .* picture 1 of 8/);
    await page.keyboard.press("Enter");
    const viewer = page.getByRole("dialog", { name: "Picture viewer" });
    await viewer.waitFor();
    await page.keyboard.press("ArrowRight");
    await viewer.getByText("2 of 8").waitFor();
    await tabTo(page, /^Looks like me$/);
    await page.keyboard.press("Enter");
    await viewer.getByText("1 of 8").waitFor();
    await page.keyboard.press("Escape");
    await transcriptOf(page).getByText("1 like you, 0 not.").waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toMatch(
      /^Open: .* picture 1/,
    );
  });

  it("walks the commands and comes back", async () => {
    const kit = await servedKit();
    playOrder(kit);
    const { page } = await visit(browser, kit.url);
    await page.getByRole("button", { name: "Start" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("say");
    await page.keyboard.type("/");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("say");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("/he");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await transcriptOf(page).getByText("You wrote: /help").waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("say");
  });

  it("hears what changes in one polite region", async () => {
    const kit = await servedKit();
    playOrder(kit);
    const { page, visitor } = await visit(browser, kit.url);
    await page.getByRole("button", { name: "Start" }).waitFor();
    await kit.show(await visitor(), "status", views.status(3, 8));
    await expect
      .poll(() => page.locator("#spoken").textContent(), { timeout: 5000 })
      .toContain("Making your pictures. About 25 seconds left.");
  });
});
