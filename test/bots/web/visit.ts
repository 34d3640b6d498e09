import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { onTestFinished } from "vitest";

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything that the console complained about, policy violations first of all. */
  readonly complaints: string[];
  /** The visitor's id, read from the cookie. */
  visitor(): Promise<string>;
}

export interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  readonly touch?: boolean;
  readonly script?: boolean;
  readonly language?: string;
}

/** Opens the chat as a new visitor. */
export async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> {
  const {
    width = 1280,
    height = 900,
    theme = "light",
    touch = false,
    script = true,
    language = "en-GB",
  } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: "reduce",
    hasTouch: touch,
    isMobile: touch,
    javaScriptEnabled: script,
    locale: language,
    acceptDownloads: true,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  return {
    page,
    context,
    complaints,
    async visitor() {
      const [cookie] = await context.cookies(url);
      return (cookie?.value ?? "").slice(0, 32);
    },
  };
}

/** The messages alone: what is read aloud repeats their words elsewhere in the page. */
export const transcriptOf = (page: Page): Locator => page.locator("#transcript");
