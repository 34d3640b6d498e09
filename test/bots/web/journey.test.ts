import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, launchBrowser } from "../../kit/browser.ts";
import { drawnPhoto } from "./fakes.ts";
import { servedKit } from "./kit.ts";
import { playOrder } from "./script.ts";
import { transcriptOf, visit } from "./visit.ts";

/** Photos as a drop or the clipboard carries them. */
async function carried(page: Page, names: readonly string[]) {
  const photo = (await drawnPhoto("own-background", 300, 400)).toString("base64");
  return page.evaluateHandle(
    ({ names, photo }) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0));
      for (const name of names) data.items.add(new File([bytes], name, { type: "image/jpeg" }));
      return data;
    },
    { names, photo },
  );
}

async function drop(page: Page, names: readonly string[]): Promise<void> {
  const data = await carried(page, names);
  await page.dispatchEvent("body", "dragenter", { dataTransfer: data });
  expect(await page.getByText("Drop your photos").isVisible()).toBe(true);
  await page.dispatchEvent("body", "dragover", { dataTransfer: data });
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  expect(await page.getByText("Drop your photos").isVisible()).toBe(false);
}

async function paste(page: Page, name: string): Promise<void> {
  const data = await carried(page, [name]);
  await page.evaluate(
    (clipboardData) => document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true })),
    data,
  );
}

const tile = (page: Page, name: string, word: string) =>
  page.getByRole("button", { name: `${name}: ${word}` });

describe.skipIf(CHROMIUM === null)("a person in the browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it("goes from the first screen to pictures, votes and a zip", async () => {
    const kit = await servedKit();
    playOrder(kit);
    const { page, complaints } = await visit(browser, kit.url);
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByRole("heading", { name: "Before you send photos" }).waitFor();

    // Before the yes the photos stay in the page.
    await drop(page, ["one.jpg", "two.jpg"]);
    await transcriptOf(page)
      .getByText("2 photos wait here in this page. They are sent once you agree.")
      .waitFor();
    expect(kit.events.filter(({ body }) => body.kind === "photos")).toEqual([]);
    await page.getByRole("button", { name: "I am 18 or older and this is me" }).click();
    await tile(page, "one.jpg", "Good").waitFor();
    await tile(page, "two.jpg", "Good").waitFor();
    expect(await transcriptOf(page).getByText("wait here").count()).toBe(0);

    await paste(page, "image.png");
    await tile(page, "image.png", "Good").waitFor();
    await paste(page, "image.png");
    await tile(page, "image (2).png", "Good").waitFor();
    await page
      .locator("#file-attach")
      .setInputFiles([
        { name: "group.jpg", mimeType: "image/jpeg", buffer: await drawnPhoto("city", 300, 400) },
      ]);
    await tile(page, "group.jpg", "Left out").click();
    await page.getByRole("dialog").getByText("Someone else is in the frame.").waitFor();
    await page.keyboard.press("Escape");
    await tile(page, "image (2).png", "Good").click();
    await page.getByRole("dialog").getByRole("button", { name: "Leave it out" }).click();
    await tile(page, "image (2).png", "Good").waitFor({ state: "detached" });

    await page.getByRole("button", { name: "Choose styles" }).click();
    const grey = page.getByRole("button", { name: /^Corporate, grey backdrop/ });
    await grey.click();
    await page.getByRole("button", { name: /^Outdoors, park/ }).click();
    await transcriptOf(page).getByText("8 pictures in 2 styles.").waitFor();
    expect(await grey.getAttribute("aria-pressed")).toBe("true");
    await page.getByRole("button", { name: "See the price" }).click();
    await page.getByRole("button", { name: "Go", exact: true }).click();
    await page.getByRole("heading", { name: "Making your pictures" }).waitFor();

    await page.getByRole("button", { name: /^Open: .* picture 1 of 8/ }).click();
    const viewer = page.getByRole("dialog", { name: "Picture viewer" });
    await viewer.getByText("1 of 8").waitFor();
    await page.keyboard.press("ArrowRight");
    await viewer.getByText("2 of 8").waitFor();
    await page.keyboard.press("ArrowLeft");
    await viewer.getByRole("button", { name: "Original" }).click();
    await viewer.getByRole("img", { name: "The photo that this picture was made from" }).waitFor();
    await viewer.getByRole("button", { name: "Looks like me" }).click();
    await viewer.getByText("2 of 8").waitFor();
    await viewer.getByRole("button", { name: "Not me" }).click();
    await viewer.getByText("3 of 8").waitFor();
    await viewer.getByText("Crops").click();
    const [crop] = await Promise.all([
      page.waitForEvent("download"),
      viewer.getByRole("link", { name: "Circle" }).click(),
    ]);
    expect(crop.suggestedFilename()).toBe("headshot-03-creative-colour-circle-safe.jpg");
    await viewer.getByRole("button", { name: "Close" }).click();
    await transcriptOf(page).getByText("1 like you, 1 not.").waitFor();

    const [zip] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download all (ZIP)" }).click(),
    ]);
    expect(zip.suggestedFilename()).toBe("headshots.zip");
    expect(Object.keys(unzipSync(readFileSync(await zip.path())))).toHaveLength(8);
    const [keepers] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download the 1 that look like me" }).click(),
    ]);
    expect(Object.keys(unzipSync(readFileSync(await keepers.path())))).toHaveLength(1);

    // The same conversation after the page was loaded again, everything once.
    const keys = () =>
      page.locator(".message").evaluateAll((all) => all.map((one) => one.getAttribute("data-key")));
    const before = await keys();
    await page.reload();
    await transcriptOf(page).getByText("1 like you, 1 not.").waitFor();
    expect(await keys()).toEqual(before);
    expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
    expect(kit.problems).toEqual([]);
  });

  it("writes words and commands, and finds them again", async () => {
    const kit = await servedKit();
    playOrder(kit);
    const { page } = await visit(browser, kit.url, { language: "de-DE" });
    await page.getByRole("textbox", { name: "Nachricht" }).fill("hallo");
    await page.keyboard.press("Enter");
    await transcriptOf(page).getByText("You wrote: hallo").waitFor();
    await page.getByRole("textbox", { name: "Nachricht" }).fill("/sta");
    await page.getByRole("button", { name: "/status" }).click();
    await transcriptOf(page).getByText("You wrote: /status").waitFor();
    await page.reload();
    await transcriptOf(page).getByText("You wrote: /status").waitFor();
    expect(await page.locator(".message.person").allInnerTexts()).toEqual([
      expect.stringContaining("hallo"),
      expect.stringContaining("/status"),
    ]);
  });

  it("is told at once which files are too large, too many or empty, and nothing is sent of them", async () => {
    const kit = await servedKit();
    playOrder(kit);
    const { page, visitor } = await visit(browser, kit.url);
    kit.consented.add(await visitor());
    const files = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(25 * 1024 * 1024 + 1)], "huge.jpg", { type: "image/jpeg" }));
      data.items.add(new File([], "empty.jpg", { type: "image/jpeg" }));
      for (let n = 0; n < 41; n++)
        data.items.add(new File([`photo ${n}`], `p${n}.jpg`, { type: "image/jpeg" }));
      return data;
    });
    await page.dispatchEvent("body", "drop", { dataTransfer: files });
    await transcriptOf(page).getByText("huge.jpg: Over 25 MB. Send a smaller copy.").waitFor();
    await transcriptOf(page).getByText("empty.jpg: This file is empty.").waitFor();
    await transcriptOf(page)
      .getByText("40 photos are looked at, 3 are not: p38.jpg, p39.jpg, p40.jpg.")
      .waitFor();
    await expect
      .poll(() => kit.events.filter(({ body }) => body.kind === "photos").length, { timeout: 15_000 })
      .toBe(38);
  });

  it("reads without JavaScript what this is and what it needs", async () => {
    const kit = await servedKit();
    const { page } = await visit(browser, kit.url, { script: false });
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(
      "Professional headshots from your selfies",
    );
    expect(await page.getByText("The chat needs JavaScript").isVisible()).toBe(true);
    expect(await page.locator("#composer").isVisible()).toBe(false);
  });
});
