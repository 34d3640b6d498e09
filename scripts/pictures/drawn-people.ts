import sharp from "sharp";
import { BACKDROPS, PLAIN_BACKDROP } from "../../bots/web/art/backdrops.ts";
import { drawBust, inGrey, PEOPLE, type Person } from "../../bots/web/art/bust.ts";

const SITTER = PEOPLE.cleo;

function drawing(backdrop: string, busts: string): string {
  const size = 'width="1024" height="1280" viewBox="0 0 160 200" preserveAspectRatio="xMidYMid slice"';
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${BACKDROPS[backdrop] ?? PLAIN_BACKDROP}${busts}</svg>`;
}

function jpegOf(svg: string, blur = 0): Promise<Buffer> {
  const picture = sharp(Buffer.from(svg));
  return (blur === 0 ? picture : picture.blur(blur)).jpeg({ quality: 86 }).toBuffer();
}

const turned = (person: Person, how: string, id: string): string =>
  `<g transform="${how}">${drawBust(person, id)}</g>`;

/** A drawn selfie as a person would send it, and what intake is to find about it. */
export interface DrawnSelfie {
  readonly name: string;
  readonly bytes: Buffer;
  readonly finds: "good" | "soft" | "two faces";
}

/** Five drawn selfies of one person who does not exist: three good, one soft, one with a friend. */
export async function drawnSelfies(): Promise<DrawnSelfie[]> {
  const atHome = drawing("own-background", turned(SITTER, "translate(-14 6) scale(1.06)", "a"));
  const atWork = drawing("business-casual", turned(SITTER, "rotate(-4 80 150)", "a"));
  const outside = drawing("golden-hour", turned(SITTER, "translate(8 14) scale(.96)", "a"));
  const evening = drawing("startup", turned(SITTER, "translate(-4 2) rotate(3 80 150)", "a"));
  const together = drawing(
    "city",
    turned(PEOPLE.ben, "translate(-34 36) scale(.8)", "a") +
      turned(SITTER, "translate(50 40) scale(.82)", "b"),
  );
  return [
    { name: "IMG_2041.jpg", bytes: await jpegOf(atHome), finds: "good" },
    { name: "IMG_2042.jpg", bytes: await jpegOf(atWork), finds: "good" },
    { name: "IMG_2047.jpg", bytes: await jpegOf(outside), finds: "good" },
    { name: "IMG_2050.jpg", bytes: await jpegOf(evening, 5), finds: "soft" },
    { name: "IMG_2053.jpg", bytes: await jpegOf(together), finds: "two faces" },
  ];
}

/** The same person as a headshot in a style. `seed` moves the frame a little, as a render does. */
export function drawnHeadshot(style: string, seed: number): Promise<Buffer> {
  const person = style === "black-white" ? inGrey(SITTER) : SITTER;
  const top = ["#3d4a5c", "#55606b", "#2f3b46"][seed % 3] ?? SITTER.top;
  const frame = `translate(${(seed % 5) - 2} ${seed % 4}) scale(${1 + (seed % 3) * 0.02})`;
  return jpegOf(drawing(style, turned({ ...person, top }, frame, "a")));
}
