import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, launchBrowser } from "../../kit/browser.ts";
import { servedKit } from "./kit.ts";
import { playOrder } from "./script.ts";
import * as views from "./views.ts";
import { visit } from "./visit.ts";

async function middle(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator(".stage-area").boundingBox();
  if (box === null) throw new Error("the viewer is not open");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

describe.skipIf(CHROMIUM === null)("the viewer", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  async function opened(ordinal: number) {
    const kit = await servedKit();
    playOrder(kit);
    const { page, visitor } = await visit(browser, kit.url, { width: 390, height: 800 });
    await page.getByRole("button", { name: "Start" }).waitFor();
    const address = await visitor();
    await kit.show(address, "results@" + address, views.results());
    await page.getByRole("button", { name: new RegExp(`^Open: .* picture ${ordinal} of 8`) }).click();
    const viewer = page.getByRole("dialog", { name: "Picture viewer" });
    await viewer.getByText(`${ordinal} of 8`).waitFor();
    return { kit, page, viewer, address };
  }

  it("shows the photo it was made from while the picture is held, and leafs by swiping", async () => {
    const { page, viewer } = await opened(2);
    const { x, y } = await middle(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.locator(".stage-area.before").waitFor();
    await page.mouse.up();
    await page.locator(".stage-area:not(.before)").waitFor();
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 120, y + 10, { steps: 4 });
    await page.mouse.up();
    await viewer.getByText("3 of 8").waitFor();
    await page.mouse.move(x - 60, y);
    await page.mouse.down();
    await page.mouse.move(x + 90, y, { steps: 4 });
    await page.mouse.up();
    await viewer.getByText("2 of 8").waitFor();
  });

  it("keeps its place while pictures and votes change under it, and closes when they go", async () => {
    const { kit, page, viewer, address } = await opened(3);
    await kit.show(address, "results@" + address, views.results({ P3: "yes" }));
    await expect
      .poll(() => viewer.getByRole("button", { name: "Looks like me" }).getAttribute("aria-pressed"))
      .toBe("true");
    await viewer.getByText("3 of 8").waitFor();
    await kit.show(
      address,
      "results@" + address,
      views.view([views.text("These pictures are deleted.", "muted")]),
    );
    await viewer.waitFor({ state: "hidden" });
    await page.locator("#transcript").getByText("These pictures are deleted.").waitFor();
  });

  it("stays at the ends, and offers the retake of the order", async () => {
    const { kit, page, viewer } = await opened(8);
    await page.keyboard.press("ArrowRight");
    await viewer.getByText("8 of 8").waitFor();
    await viewer.getByRole("button", { name: "Retake" }).click();
    await viewer.waitFor({ state: "hidden" });
    await expect.poll(() => kit.events.at(-1)?.body).toEqual({ kind: "press", action: "retake:O1" });
  });
});
