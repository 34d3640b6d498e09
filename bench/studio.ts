import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createImaging } from "../src/imaging/index.ts";
import { STUDIO_STYLES } from "../src/imaging/studio/index.ts";

const PHOTOS = ["d-1.jpg", "h-portrait.webp", "f-glasses.jpg"];
const PICTURES = 8;

/**
 * An order as a person makes it: three photos, eight pictures at full size. Prints seconds to plan and to cut out,
 * pictures a second, and the process's peak memory.
 */
export async function benchStudio(): Promise<void> {
  const folder = resolve(import.meta.dirname, "../../shared/photos");
  if (!existsSync(join(folder, "manifest.json"))) {
    console.log("studio: skipped, the photo set ../shared/photos is not there");
    return;
  }
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const imaging = createImaging({ clock: { now: () => performance.now(), after } });
  try {
    await imaging.status();
    const sources: Uint8Array[] = [];
    for (const file of PHOTOS) {
      const result = await imaging.inspect(new Uint8Array(readFileSync(join(folder, file))), "render");
      if (result.ok) sources.push(result.clean.jpeg);
    }
    const start = performance.now();
    for (const source of sources) await imaging.planStudio(source);
    const planned = performance.now();
    for (const source of sources) await imaging.renderStudio({ source, style: "plain-white", seed: 0 });
    const cutOut = performance.now();
    for (let n = 0; n < PICTURES; n++) {
      const source = sources[n % sources.length]!;
      await imaging.renderStudio({ source, style: STUDIO_STYLES[n % STUDIO_STYLES.length]!, seed: n });
    }
    const rendered = performance.now();
    const seconds = (from: number, to: number, count: number) => ((to - from) / 1000 / count).toFixed(2);
    console.log(
      `studio: ${((PICTURES * 1000) / (rendered - cutOut)).toFixed(2)} pictures/s at 1024 x 1280; ` +
        `planning ${seconds(start, planned, sources.length)} s a photo, ` +
        `cutting out and the first picture ${seconds(planned, cutOut, sources.length)} s; ` +
        `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
    );
  } finally {
    await imaging.close();
  }
}
