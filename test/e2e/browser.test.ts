import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transcriptOf, visit } from "../bots/web/visit.ts";
import { seriousFindings } from "../kit/axe.ts";
import { CHROMIUM, launchBrowser } from "../kit/browser.ts";
import { photos, type Photos } from "./kit/photos.ts";
import { build, place, serve, type Place } from "./kit/process.ts";
import { rowsOf } from "./kit/rows.ts";

const databaseOf = (at: Place): string => `file:${join(at.dataDir, "proheadshots.db")}`;
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();
const tile = (page: Page, name: string, word: string) =>
  page.getByRole("button", { name: new RegExp(`^${name.replaceAll(".", "\\.")}: ${word}`) });
const pictures = (page: Page) => page.getByRole("button", { name: /^Open: .* picture \d+ of \d+/ });

/** Drops files anywhere on the page, as a file manager does. */
async function drop(page: Page, files: readonly { name: string; base64: string }[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const { name, base64 } of files) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name, { type: "image/jpeg" }));
    }
    return data;
  }, files);
  for (const type of ["dragenter", "dragover", "drop"])
    await page.dispatchEvent("body", type, { dataTransfer });
}

const fromDisk = (path: string): { name: string; base64: string } => ({
  name: basename(path),
  base64: readFileSync(path).toString("base64"),
});

/** From the first screen to a yes. */
async function agree(page: Page): Promise<void> {
  await press(page, "Start");
  await page.getByRole("heading", { name: "Before you send photos" }).waitFor();
  await press(page, "I am 18 or older and this is me");
  await page.getByText("one is enough, three or more give me a choice").first().waitFor();
}

/** From judged photos to pictures being made. */
async function order(page: Page, count: number): Promise<void> {
  await press(page, "Choose styles");
  // Three are chosen for a beginning; these two take their places.
  for (const [style, wanted] of [
    [/^Plain white/, "true"],
    [/^Own background/, "true"],
    [/^Corporate, grey/, "false"],
    [/^Bright office/, "false"],
    [/^Outdoors, park/, "false"],
  ] as const) {
    const button = page.getByRole("button", { name: style });
    if ((await button.getAttribute("aria-pressed")) === wanted) continue;
    await button.click();
    await expect.poll(() => button.getAttribute("aria-pressed"), { timeout: 20_000 }).toBe(wanted);
  }
  if (count !== 8) await press(page, `${count} pictures`);
  await transcriptOf(page).getByText(`${count} pictures in 2 styles.`).waitFor();
  await press(page, "See the price");
  await press(page, "Go");
  await page.getByRole("heading", { name: "Making your pictures" }).waitFor();
}

describe.skipIf(CHROMIUM === null)(
  "a person in a browser, with the program as it is built",
  { timeout: 300_000 },
  () => {
    let browser: Browser;
    let of: Photos;
    beforeAll(async () => {
      await build();
      of = await photos();
      browser = await launchBrowser();
    }, 120_000);
    afterAll(() => browser.close());

    it("goes from nothing to headshots, votes, a rating, a retake and a zip", async () => {
      const at = place();
      const served = await serve(at);
      const { page, complaints } = await visit(browser, served.address);
      page.setDefaultTimeout(60_000);
      const missing: string[] = [];
      page.on("response", (answer) => {
        if (answer.status() === 404) missing.push(new URL(answer.url()).pathname);
      });
      await page.getByRole("button", { name: "Start" }).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await agree(page);

      await page.locator("#file-attach").setInputFiles([of.good[0], of.text, of.noFace]);
      await drop(page, [fromDisk(of.good[1])]);
      await tile(page, "upright.jpg", "Good").waitFor();
      await tile(page, "tilted.jpg", "(Good|Usable)").waitFor();
      await tile(page, "letter.jpg", "Left out · Not a photo").waitFor();
      await tile(page, "landscape.jpg", "Left out · No face").waitFor();
      expect(await seriousFindings(page)).toEqual([]);

      await order(page, 4);
      expect(await seriousFindings(page)).toEqual([]);
      await pictures(page).nth(3).waitFor();
      expect(await pictures(page).count()).toBe(4);

      await pictures(page).first().click();
      const viewer = page.getByRole("dialog", { name: "Picture viewer" });
      await viewer.getByText("1 of 4").waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      for (const [at, vote] of ["Looks like me", "Not me", "Looks like me", "Looks like me"].entries()) {
        await viewer.getByText(`${at + 1} of 4`).waitFor();
        await viewer.getByRole("button", { name: vote }).click();
      }
      await viewer.getByRole("button", { name: "Close" }).click();
      await transcriptOf(page).getByText("3 like you, 1 not.").waitFor();

      await transcriptOf(page).getByText("how do you like the pictures, 1 to 5?").waitFor();
      await press(page, "5");
      await transcriptOf(page).getByText("Thank you: 5 of 5.").waitFor();

      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download all (ZIP)" }).first().click(),
      ]);
      const zip = unzipSync(readFileSync(await download.path()));
      expect(Object.keys(zip)).toHaveLength(4);
      for (const bytes of Object.values(zip)) {
        expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
        expect(Buffer.from(bytes).toString("latin1")).toContain("digitalsourcetype/");
      }

      await press(page, "Retake");
      await transcriptOf(page).getByText("The retake is done.").waitFor();
      expect(await seriousFindings(page)).toEqual([]);

      const keys = (): Promise<(string | null)[]> =>
        page.locator(".message").evaluateAll((all) => all.map((one) => one.getAttribute("data-key")));
      const before = await keys();
      await page.reload();
      await transcriptOf(page).getByText("Thank you: 5 of 5.").waitFor();
      await expect.poll(keys).toEqual(before);
      // Of photos that were left out nothing is kept: a page that was loaded again has no picture of them.
      expect(missing.filter((path) => !path.startsWith("/chat/thumb/selfies/"))).toEqual([]);
      expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
      const done = await served.stop();
      expect([done.code, done.stderr]).toEqual([0, expect.not.stringContaining('"ERROR"')]);
    });

    it("keeps its order through a restart of the program, and gets nothing twice", async () => {
      const at = place();
      const first = await serve(at);
      const { page, complaints } = await visit(browser, first.address);
      page.setDefaultTimeout(60_000);
      await agree(page);
      await page.locator("#file-attach").setInputFiles([...of.good]);
      await tile(page, "upright.jpg", "Good").waitFor();
      await tile(page, "tilted.jpg", "(Good|Usable)").waitFor();
      await order(page, 8);
      await transcriptOf(page)
        .getByText(/^[1-6] of 8 pictures made\./)
        .waitFor();
      expect((await first.stop()).code).toBe(0);
      const port = new URL(first.address).port;
      await serve({ ...at, env: { PORT: port } });

      await pictures(page).nth(7).waitFor();
      expect(await pictures(page).count()).toBe(8);
      expect(await transcriptOf(page).getByText("Here are 8").count()).toBe(1);
      expect(await rowsOf(databaseOf(at), "SELECT state, count(*) AS n FROM prompts GROUP BY state")).toEqual(
        [{ state: "done", n: 8 }],
      );
      const sent = "SELECT kind, count(*) AS n FROM delivery WHERE kind = 'results' GROUP BY kind";
      expect(await rowsOf(databaseOf(at), sent)).toEqual([{ kind: "results", n: 1 }]);
      const live =
        "SELECT count(*) AS n FROM attempt WHERE state NOT IN ('succeeded', 'failed', 'cancelled')";
      expect(await rowsOf(databaseOf(at), live)).toEqual([{ n: 0 }]);
      // The stream broke and was opened again: a browser says so itself.
      expect(complaints.filter((text) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|503/.test(text))).toEqual(
        [],
      );
    });

    it("has the first 40 of 500 files judged and is told the rest", async () => {
      const at = place();
      const served = await serve(at);
      const { page } = await visit(browser, served.address);
      page.setDefaultTimeout(60_000);
      await agree(page);
      const many = Array.from({ length: 500 }, (_, n) => ({
        name: `p${n + 1}.jpg`,
        base64: btoa(`photo ${n + 1}`),
      }));
      await drop(page, many);
      await transcriptOf(page)
        .getByText(
          "40 photos are looked at, 460 are not: p41.jpg, p42.jpg, p43.jpg, p44.jpg, p45.jpg, and 455 more.",
        )
        .waitFor();
      await tile(page, "p40.jpg", "Left out · Not a photo").waitFor();
      const judged = "SELECT state, verdict, count(*) AS n FROM selfie GROUP BY state, verdict";
      await expect
        .poll(() => rowsOf(databaseOf(at), judged), { timeout: 60_000 })
        .toEqual([{ state: "judged", verdict: "refuse", n: 40 }]);
    });
  },
);
