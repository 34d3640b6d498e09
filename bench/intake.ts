import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import sharp from "sharp";
import { z } from "zod";
import { createImaging } from "../src/imaging/index.ts";
import type { InspectResult } from "../src/ports/imaging.ts";
import { judgeSelfie } from "../src/selfies/rules/verdict.ts";

const manifestSchema = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      expect: z.enum(["accept", "reject"]),
      reasons: z.array(z.string()),
      reasonsAnyOf: z.array(z.string()).optional(),
      batch: z.string().optional(),
    }),
  ),
});

type Photo = z.infer<typeof manifestSchema>["files"][number] & { readonly bytes: Uint8Array };

/**
 * Judges the photo set beside the checkout and prints: the confusion table, photos a second against the bare decode
 * of the same files on one thread, and how long the event loop was blocked meanwhile.
 */
export async function benchIntake(): Promise<void> {
  const folder = resolve(import.meta.dirname, "../../shared/photos");
  if (!existsSync(join(folder, "manifest.json"))) {
    console.log("intake: skipped, the photo set ../shared/photos is not there");
    return;
  }
  const { files } = manifestSchema.parse(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")));
  const photos = files.map((file) => ({
    ...file,
    bytes: new Uint8Array(readFileSync(join(folder, file.file))),
  }));
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const imaging = createImaging({ clock: { now: () => performance.now(), after } });
  try {
    await imaging.status();
    // The first picture of each size still compiles; nobody waits for it twice.
    for (const { bytes } of photos) await imaging.inspect(bytes);
    const idle = monitorEventLoopDelay({ resolution: 1 });
    idle.enable();
    await new Promise<void>((resolve) => after(2000, resolve));
    idle.disable();
    const loop = monitorEventLoopDelay({ resolution: 1 });
    loop.enable();
    const inspected: InspectResult[] = [];
    const times: number[] = [];
    for (const { bytes } of photos) {
      const start = performance.now();
      inspected.push(await imaging.inspect(bytes));
      times.push(performance.now() - start);
    }
    loop.disable();
    printConfusion(photos, inspected);
    await printSpeed(photos, inspected, times);
    const pause = (of: typeof loop) =>
      `p99 ${(of.percentile(99) / 1e6).toFixed(1)}, longest ${(of.max / 1e6).toFixed(1)} ms`;
    console.log(
      `intake: pauses of the event loop ${pause(loop)}; of an idle one on this machine ${pause(idle)}`,
    );
  } finally {
    await imaging.close();
  }
}

function printConfusion(photos: readonly Photo[], inspected: readonly InspectResult[]): void {
  const table = { accept: { keep: 0, warn: 0, refuse: 0 }, reject: { keep: 0, warn: 0, refuse: 0 } };
  photos.forEach((photo, index) => {
    const result = inspected[index];
    // A duplicate is refused only beside its original, so this table of single photos leaves it out.
    if (!result || photo.batch) return;
    const { verdict, reasons } = judgeSelfie(result);
    if (verdict === "stop") return;
    table[photo.expect][verdict] += 1;
    const right = photo.expect === "accept" ? verdict !== "refuse" : verdict === "refuse";
    const codes = photo.reasonsAnyOf ?? photo.reasons;
    if (!right || (codes.length > 0 && !codes.includes(reasons[0] ?? ""))) {
      console.log(
        `intake: ${photo.file} expected ${photo.expect} ${codes.join("/")}, got ${verdict} ${reasons.join(" ")}`,
      );
    }
  });
  console.log("intake: expected (rows) against judged (columns)");
  console.table(table);
}

async function printSpeed(
  photos: readonly Photo[],
  inspected: readonly InspectResult[],
  times: readonly number[],
): Promise<void> {
  sharp.concurrency(1);
  sharp.cache(false);
  let bare = 0;
  let whole = 0;
  let count = 0;
  for (const [index, { bytes, file }] of photos.entries()) {
    // sharp has no HEIC pixels, and a refused file costs next to nothing on either side.
    if (!inspected[index]?.ok || file.endsWith(".heic")) continue;
    const start = performance.now();
    await sharp(bytes).autoOrient().raw().toBuffer();
    bare += performance.now() - start;
    whole += times[index] ?? 0;
    count += 1;
  }
  const perSecond = (ms: number) => ((count * 1000) / ms).toFixed(1);
  console.log(
    `intake: ${perSecond(whole)} photos/s inspected, ${perSecond(bare)} photos/s bare decode (${count} files)`,
  );
  const sorted = times.filter((_, index) => inspected[index]?.ok).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]?.toFixed(0) ?? "-";
  console.log(`intake: median ${at(0.5)} ms, p95 ${at(0.95)} ms a photo`);
}
