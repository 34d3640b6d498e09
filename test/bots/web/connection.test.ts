import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, launchBrowser } from "../../kit/browser.ts";
import { AppError } from "../../../src/ports/errors.ts";
import { drawnPhoto } from "./fakes.ts";
import { servedKit } from "./kit.ts";
import { playOrder } from "./script.ts";
import * as views from "./views.ts";
import { transcriptOf, visit } from "./visit.ts";

const note = (words: string) => views.view([views.text(words)]);

describe.skipIf(CHROMIUM === null)("a broken connection", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it("loses no message and doubles none, however often it breaks while messages come and change", async () => {
    const kit = await servedKit();
    playOrder(kit);
    const { page, visitor } = await visit(browser, kit.url);
    await page.getByRole("button", { name: "Start" }).waitFor();
    const address = await visitor();
    for (let n = 0; n < 30; n++) {
      await kit.show(address, `n${n}`, note(`Number ${n}, first`));
      if (n % 6 === 2) kit.breakConnections();
      if (n % 3 === 0) await kit.show(address, `n${n}`, note(`Number ${n}, changed`));
      await page.waitForTimeout(15);
    }
    await transcriptOf(page).getByText("Number 29, first").waitFor();
    const texts = await page.locator(".message.bot .view").allInnerTexts();
    expect(texts.slice(1)).toEqual(
      Array.from({ length: 30 }, (_, n) => `Number ${n}, ${n % 3 === 0 ? "changed" : "first"}`),
    );
  });

  it("is said in a banner, keeps what is written, and sends it once when it is back", async () => {
    const kit = await servedKit();
    playOrder(kit);
    const { page, context } = await visit(browser, kit.url);
    await page.getByRole("button", { name: "Start" }).waitFor();
    await context.setOffline(true);
    kit.breakConnections();
    await page.getByRole("textbox", { name: "Message" }).fill("written without a connection");
    await page.keyboard.press("Enter");
    await page.getByText("No connection. What you write is kept").waitFor();
    expect(kit.events.some(({ body }) => body.kind === "text")).toBe(false);
    await context.setOffline(false);
    await transcriptOf(page).getByText("You wrote: written without a connection").waitFor();
    await page.getByText("No connection").waitFor({ state: "hidden" });
    expect(kit.events.filter(({ body }) => body.kind === "text")).toHaveLength(1);
    expect(await page.locator(".message.person").count()).toBe(1);
  });

  it("during an upload leaves a photo that can be sent again", async () => {
    const kit = await servedKit();
    playOrder(kit);
    const { page, visitor, context } = await visit(browser, kit.url);
    await page.getByRole("button", { name: "Start" }).waitFor();
    kit.consented.add(await visitor());
    await context.route("**/chat/photos*", (route) => route.abort("connectionreset"));
    const photo = { name: "one.jpg", mimeType: "image/jpeg", buffer: await drawnPhoto("city", 300, 400) };
    await page.locator("#file-attach").setInputFiles([photo]);
    await transcriptOf(page)
      .getByText("one.jpg: The connection broke. Nothing is lost: try again.")
      .waitFor();
    await context.unroute("**/chat/photos*");
    await page.getByRole("button", { name: "Try again: one.jpg" }).click();
    await page.getByRole("button", { name: "one.jpg: Good" }).waitFor();
    expect(kit.events.filter(({ body }) => body.kind === "photos")).toHaveLength(1);
  });

  it("to a full disk says so under the message, which can be sent again", async () => {
    const kit = await servedKit();
    const { page } = await visit(browser, kit.url);
    kit.answer(async () => {
      throw new AppError("DISK_FULL", "full", { retryable: true });
    });
    await page.getByRole("textbox", { name: "Message" }).fill("hello");
    await page.keyboard.press("Enter");
    await transcriptOf(page).getByText("Not sent. The disk here is full").waitFor();
    playOrder(kit);
    await page.getByRole("button", { name: "Try again" }).click();
    await transcriptOf(page).getByText("You wrote: hello").waitFor();
    expect(await transcriptOf(page).getByText("Not sent.").count()).toBe(0);
    expect(await page.locator(".message.person").count()).toBe(1);
  });

  it("empties the page when everything was deleted, and shows the receipt", async () => {
    const kit = await servedKit();
    playOrder(kit);
    const { page, visitor } = await visit(browser, kit.url);
    await page.getByRole("button", { name: "Start" }).waitFor();
    await kit.db.batch([{ sql: "DELETE FROM web_message", args: [] }]);
    await kit.show(await visitor(), "receipt", note("Deleted: 8 photos, 16 pictures."));
    await transcriptOf(page).getByText("Deleted: 8 photos").waitFor();
    await page.getByRole("button", { name: "Start" }).waitFor({ state: "detached" });
    expect(await page.locator(".message").count()).toBe(1);
  });

  it("without a cookie asks to load the page again", async () => {
    const kit = await servedKit();
    playOrder(kit);
    const { page, context } = await visit(browser, kit.url);
    await page.getByRole("button", { name: "Start" }).waitFor();
    await context.clearCookies();
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByText("This page has lost its visit.").waitFor();
    await page.getByRole("button", { name: "Load again" }).click();
    await page.getByRole("button", { name: "Start" }).waitFor();
  });
});
