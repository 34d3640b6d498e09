import { mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import sharp, { type OverlayOptions } from "sharp";
import { createImaging } from "../src/imaging/index.ts";
import { STUDIO_STYLES } from "../src/imaging/studio/index.ts";
import type { Imaging, StudioStyle } from "../src/ports/imaging.ts";

const USAGE = `npm run contact-sheet -- PHOTO... [--out FILE] [--style KEY,KEY] [--seeds N] [--width PIXELS]

Renders every photo in every studio style and writes one sheet: a row for each photo and seed, the source first.
--out    default headshots/contact-sheet.jpg, a folder that git ignores, for it shows people
--style  default all
--seeds  pictures per style, default 1
--width  of one picture, default 360`;

interface Sheet {
  readonly out: string;
  readonly styles: readonly StudioStyle[];
  readonly seeds: number;
  readonly width: number;
}

await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: "string", default: "headshots/contact-sheet.jpg" },
      style: { type: "string" },
      seeds: { type: "string", default: "1" },
      width: { type: "string", default: "360" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const wanted = values.style?.split(",") ?? STUDIO_STYLES;
  const styles = STUDIO_STYLES.filter((style) => wanted.includes(style));
  const unknown = wanted.filter((key) => !STUDIO_STYLES.some((style) => style === key));
  const sheet = { out: values.out, styles, seeds: Number(values.seeds), width: Number(values.width) };
  const malformed = !(sheet.seeds >= 1 && sheet.width >= 64);
  if (values.help || positionals.length === 0 || unknown.length > 0 || malformed) {
    if (unknown.length > 0)
      console.error(`unknown style: ${unknown.join(", ")}; there are ${STUDIO_STYLES.join(", ")}`);
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const imaging = createImaging({ clock: { now: () => Date.now(), after } });
  try {
    await writeSheet(imaging, positionals, sheet);
  } finally {
    await imaging.close();
  }
}

async function writeSheet(imaging: Imaging, files: readonly string[], sheet: Sheet): Promise<void> {
  const cells: OverlayOptions[] = [];
  const height = Math.round(sheet.width * 1.25);
  const put = async (jpeg: Uint8Array, column: number, row: number) => {
    const input = await sharp(jpeg)
      .resize(sheet.width, height, { fit: "contain", background: "#222" })
      .toBuffer();
    cells.push({ input, left: column * sheet.width, top: row * height });
  };
  let row = 0;
  for (const file of files) {
    const result = await imaging.inspect(new Uint8Array(readFileSync(file)), "render");
    if (!result.ok) {
      console.error(`${basename(file)}: ${result.code}`);
      continue;
    }
    const source = result.clean.jpeg;
    const plan = await imaging.planStudio(source);
    const offered = sheet.styles.filter((style) => plan.styles.includes(style));
    const start = performance.now();
    for (let seed = 1; seed <= sheet.seeds; seed++, row++) {
      await put(source, 0, row);
      for (const style of offered) {
        const picture = await imaging.renderStudio({ source, style, seed });
        await put(picture.jpeg, sheet.styles.indexOf(style) + 1, row);
      }
    }
    const seconds = (performance.now() - start) / 1000 / Math.max(1, offered.length * sheet.seeds);
    console.error(
      `${basename(file)}: ${offered.length} styles, crop cost ${plan.cropCost.toFixed(2)}, ` +
        `mask ${plan.maskTrusted ? "trusted" : "not trusted"}, ${seconds.toFixed(2)} s a picture`,
    );
  }
  const width = (sheet.styles.length + 1) * sheet.width;
  mkdirSync(dirname(resolve(sheet.out)), { recursive: true });
  await sharp({ create: { width, height: Math.max(1, row) * height, channels: 3, background: "#222" } })
    .composite(cells)
    .jpeg({ quality: 90 })
    .toFile(resolve(sheet.out));
  console.log(sheet.out);
}
