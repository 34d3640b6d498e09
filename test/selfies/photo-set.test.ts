import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createImaging } from "../../src/imaging/index.ts";
import type { InspectResult } from "../../src/ports/imaging.ts";
import { judgeSet } from "../../src/selfies/rules/set.ts";
import { judgeSelfie } from "../../src/selfies/rules/verdict.ts";
import { photoSet } from "../imaging/kit.ts";
import { realClock } from "../kit/time.ts";

const manifestSchema = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      expect: z.enum(["accept", "reject"]),
      reasons: z.array(z.string()),
      reasonsAnyOf: z.array(z.string()).optional(),
      warnings: z.array(z.string()),
      batch: z.string().optional(),
    }),
  ),
  batches: z.array(
    z.object({
      name: z.string(),
      files: z.array(z.string()),
      expect: z.union([z.string(), z.record(z.string(), z.array(z.string()))]),
    }),
  ),
});

const folder = photoSet();
const manifest = folder
  ? manifestSchema.parse(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")))
  : { files: [], batches: [] };

describe.skipIf(!folder)("the shared photo set", () => {
  const imaging = createImaging({ clock: realClock });
  const results = new Map<string, InspectResult>();

  function resultOf(file: string): InspectResult {
    const result = results.get(file);
    if (!result) throw new Error(`${file} was not inspected`);
    return result;
  }

  beforeAll(async () => {
    for (const { file } of manifest.files) {
      results.set(file, await imaging.inspect(new Uint8Array(readFileSync(join(folder ?? "", file)))));
    }
  }, 120_000);

  afterAll(() => imaging.close());

  it.each(manifest.files)("judges $file as expected: $expect $reasons", (wanted) => {
    const { verdict, reasons } = judgeSelfie(resultOf(wanted.file));
    // "batch" files are fine alone and refused only beside another.
    if (wanted.expect === "accept" || wanted.batch) {
      expect(["keep", "warn"]).toContain(verdict);
      expect(reasons).toEqual(expect.arrayContaining(wanted.warnings));
    } else {
      expect(verdict).toBe("refuse");
      expect(wanted.reasonsAnyOf ?? wanted.reasons).toContain(reasons[0]);
    }
  });

  it.each(manifest.batches)("judges the batch: $name", ({ files, expect: wanted }) => {
    const photos = files.map((id) => {
      const result = resultOf(id);
      if (!result.ok) throw new Error(`${id}: ${result.code}`);
      return { id, inspection: result.inspection, alone: judgeSelfie(result), confirmed: false };
    });
    const { photos: judged, strangers } = judgeSet(photos);
    const having = (code: string) =>
      [...judged].filter(([, { reasons }]) => reasons.some((reason) => reason === code)).map(([id]) => id);
    const expected = typeof wanted === "string" ? {} : wanted;
    expect(having("different_person")).toEqual(expected["different_person"] ?? []);
    expect(having("duplicate")).toEqual(expected["duplicate"] ?? []);
    expect(strangers.every(({ sure }) => sure)).toBe(true);
  });
});
