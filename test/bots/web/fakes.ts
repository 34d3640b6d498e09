import sharp from "sharp";
import { styleArt } from "../../../bots/web/art/index.ts";
import type { WebPeople } from "../../../bots/web/server/web-deps.ts";
import type { Overview, Who } from "../../../src/ports/for-people.ts";

const KEYS = [
  "corporate-grey",
  "outdoor-park",
  "creative-colour",
  "business-casual",
  "black-white",
  "city",
  "corporate-white",
  "golden-hour",
];

const drawn = new Map<string, Promise<Buffer>>();

/** A drawn photo; nobody's. */
export function drawnPhoto(key: string, width = 1024, height = 1280): Promise<Buffer> {
  const name = `${key}:${width}x${height}`;
  const known = drawn.get(name);
  if (known !== undefined) return known;
  const made = sharp(Buffer.from(styleArt(key)), { density: 300 })
    .resize(width, height, { fit: "cover", position: "top" })
    .jpeg({ quality: 82 })
    .toBuffer();
  drawn.set(name, made);
  return made;
}

/** People whose pictures P1 to P8 and selfies S1 to S40 are drawn; each sees only what is noted as theirs. */
export interface FakePeople {
  readonly people: WebPeople;
  readonly consented: Set<string>;
  readonly met: string[];
  /** Visitors who own pictures and selfies; everybody when empty. */
  readonly owners: Set<string>;
}

export function fakePeople(): FakePeople {
  const consented = new Set<string>();
  const owners = new Set<string>();
  const met: string[] = [];
  const mayRead = (who: Who): boolean => owners.size === 0 || owners.has(who.personId);
  const number = (id: string, letter: string): number | null => {
    const found = new RegExp(`^${letter}(\\d+)$`).exec(id)?.[1];
    return found === undefined ? null : Number(found) - 1;
  };
  const people: WebPeople = {
    async meet(account, address, language) {
      met.push(account.externalId);
      return {
        personId: account.externalId,
        chatId: address,
        platform: "web",
        language: language ?? "en",
        isNew: false,
      };
    },
    async overview(who): Promise<Overview> {
      return { consented: consented.has(who.personId), face: null, draft: null, running: [], credits: 0 };
    },
    async pictureFile(who, pictureId, crop) {
      const at = number(pictureId, "P");
      if (at === null || at >= KEYS.length || !mayRead(who)) return null;
      const key = KEYS[at] ?? "city";
      const [width, height] = crop === "original" ? [1024, at % 3 === 1 ? 1024 : 1280] : [800, 800];
      const bytes = new Uint8Array(await drawnPhoto(key, width, height));
      return { bytes, mime: "image/jpeg", fileName: `headshot-0${at + 1}-${key}-${crop}.jpg` };
    },
    async selfieFile(who, selfieId) {
      const at = number(selfieId, "S");
      if (at === null || !mayRead(who)) return null;
      return { bytes: new Uint8Array(await drawnPhoto("own-background", 900, 1200)), mime: "image/jpeg" };
    },
  };
  return { people, consented, met, owners };
}
