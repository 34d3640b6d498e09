import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { anotherFace, groupPhoto, jpegOf, noFace, oneFace } from "../../imaging/kit.ts";
import { workFolder } from "./process.ts";

export interface Photos {
  readonly folder: string;
  /** Two photos of one woman that intake keeps. */
  readonly good: readonly [string, string];
  readonly another: string;
  readonly group: string;
  readonly noFace: string;
  readonly text: string;
}

/** Photos of one person, and what people send by mistake, as files in a folder of their own. */
export async function photos(): Promise<Photos> {
  const folder = workFolder();
  const write = (name: string, bytes: Uint8Array | string): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const gps = {
    IFD0: { Make: "Camera of Somebody" },
    IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 0/1" },
  };
  const upright = sharp(await jpegOf(oneFace().resize(1240)));
  const tilted = sharp(
    await jpegOf(oneFace().rotate(12, { background: "#bba" }).modulate({ brightness: 1.15 })),
  );
  return {
    folder,
    good: [
      write("upright.jpg", await jpegOf(upright.withExif(gps))),
      write("tilted.jpg", await jpegOf(tilted.resize(1400))),
    ],
    another: write("another.jpg", await jpegOf(anotherFace().resize(1240))),
    group: write("group.jpg", groupPhoto()),
    noFace: write("landscape.jpg", await jpegOf(noFace())),
    text: write("letter.jpg", "this is no photo"),
  };
}
