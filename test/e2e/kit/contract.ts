import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect } from "vitest";
import { z } from "zod";
import { REASON_CODES } from "../../../src/ports/selfie.ts";

const Usd = z
  .number()
  .min(0)
  .refine((usd) => Math.abs(usd * 1e6 - Math.round(usd * 1e6)) < 1e-6, "more than six decimals");

const pictures = z.array(
  z.strictObject({
    file: z.string().regex(/^[^/]+\.jpg$/),
    style: z.string(),
    score: z.number().min(0).max(1),
    likeness: z.enum(["very_close", "close", "loose"]).nullable(),
    width: z.number().int(),
    height: z.number().int(),
  }),
);

const order = z.strictObject({
  orderId: z.string().nullable(),
  personId: z.string().nullable(),
  state: z.string(),
  product: z.enum(["studio", "best", "fast", "classic"]).nullable(),
  provider: z.enum(["studio", "replicate", "runpod"]).nullable(),
  pictures,
  selfies: z.array(
    z.strictObject({
      file: z.string(),
      verdict: z.enum(["keep", "warn", "refuse", "stop"]).nullable(),
      reasons: z.array(z.enum(REASON_CODES)),
    }),
  ),
  quote: z.strictObject({ expectedUsd: Usd, maxUsd: Usd }),
  cost: z.strictObject({ actualUsd: Usd }),
  seconds: z.number().min(0),
});

const Failed = order.extend({
  pictures: z.array(z.never()),
  error: z.strictObject({ code: z.string().min(1), message: z.string().min(1) }),
});

const lastLine = (stdout: string): unknown => JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");

/** The object that `order --json` promises as its last line. */
export const deliveredOrder = (stdout: string) => order.parse(lastLine(stdout));
export const failedOrder = (stdout: string) => Failed.parse(lastLine(stdout));

/** How a studio picture says that it was made. */
const sourceOf = (style: string): string =>
  style === "own-background" ? "algorithmicallyEnhanced" : "compositeSynthetic";

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** The written files are what the object says: real pictures of headshot size, marked once, with nothing of the source. */
export async function expectPictures(out: string, made: z.infer<typeof pictures>): Promise<void> {
  for (const { file, style, width, height } of made) {
    const bytes = readFileSync(join(out, file));
    const found = await sharp(bytes).metadata();
    expect([found.format, found.width, found.height]).toEqual(["jpeg", width, height]);
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(1024);
    expect([found.exif, found.iptc, found.icc]).toEqual([undefined, undefined, undefined]);
    const text = bytes.toString("latin1");
    expect(countOf(text, "http://ns.adobe.com/xap/1.0/\0")).toBe(1);
    expect(countOf(text, "cv.iptc.org/newscodes/digitalsourcetype/")).toBe(1);
    expect(text).toContain(`digitalsourcetype/${sourceOf(style)}<`);
    expect(text).not.toContain("Somebody");
  }
}
