import type { ModelFamily, StyleKey } from "../ports/product.ts";

/** How the menu groups styles. */
export type StyleGroup = "office" | "profession" | "creative" | "outdoors" | "plain" | "team";

export type ClassWord = "man" | "woman" | "person";

/**
 * One look. The texts are English words for a model; people read the titles and lines of the chat's catalogue.
 * Garments by cut, cloth and colour; nothing on body, skin, age or beauty; no logos, brands or celebrities.
 */
export interface Style {
  readonly key: StyleKey;
  readonly group: StyleGroup;
  /** For operators. A look of the studio keeps the person's own clothes, so its title never names any. */
  readonly title: string;
  readonly wardrobe: Readonly<Record<ClassWord, string>>;
  readonly backdrop: string;
  readonly light: string;
  readonly frame: string;
  readonly expression: string;
  readonly ratio: "1:1" | "4:5";
  /** Model families that make it; none for a look that only the studio has. */
  readonly families: readonly ModelFamily[];
  /** The studio makes it on this machine, from a photo as it is. */
  readonly studio: boolean;
  /** False while something it needs does not exist yet; it is then in no menu. */
  readonly active: boolean;
}

const BOTH: readonly ModelFamily[] = ["flux", "sdxl"];

/** The same garment for everybody. */
const all = (garment: string): Style["wardrobe"] => ({ man: garment, woman: garment, person: garment });

const ai = { families: BOTH, studio: false, active: true, ratio: "4:5" } as const;
const aiAndStudio = { ...ai, studio: true } as const;

/** Every look, in the order of the menu (product.md section 6). */
export const STYLES: readonly Style[] = [
  {
    ...aiAndStudio,
    key: "corporate-grey",
    group: "office",
    title: "Corporate, grey backdrop",
    wardrobe: {
      man: "a navy blazer over a plain white shirt",
      woman: "a charcoal blazer over a plain cream blouse",
      person: "a navy blazer over a plain light shirt",
    },
    backdrop: "a seamless mid grey backdrop",
    light: "big soft key light at 45 degrees with fill",
    frame: "head and shoulders, 85mm",
    expression: "with a closed smile",
  },
  {
    ...aiAndStudio,
    key: "corporate-white",
    group: "office",
    title: "Corporate, white backdrop",
    wardrobe: {
      man: "a light grey blazer over a plain white shirt",
      woman: "a light grey blazer over a plain white blouse",
      person: "a light grey blazer over a plain white shirt",
    },
    backdrop: "a white backdrop with a faint falloff",
    light: "high-key soft light",
    frame: "head and shoulders, 85mm",
    expression: "with an open smile",
  },
  {
    ...aiAndStudio,
    key: "business-casual",
    group: "office",
    title: "Business casual, bright office",
    wardrobe: {
      man: "an open-collar oxford shirt",
      woman: "a fine knit sweater",
      person: "a fine knit sweater",
    },
    backdrop: "a bright office with plants",
    light: "wrapping daylight",
    frame: "chest-up, 50mm",
    expression: "with a friendly smile",
  },
  {
    ...ai,
    key: "boardroom",
    group: "office",
    title: "Boardroom",
    wardrobe: {
      man: "a tailored charcoal suit with a plain tie",
      woman: "a tailored charcoal suit",
      person: "a tailored charcoal suit",
    },
    backdrop: "a glass lobby",
    light: "window light from the side",
    frame: "chest-up, 105mm",
    expression: "with a confident look",
  },
  {
    ...ai,
    key: "startup",
    group: "office",
    title: "Startup loft",
    wardrobe: all("a plain tee under a cotton overshirt"),
    backdrop: "a loft of brick and wood",
    light: "window light with warm lamps behind",
    frame: "half body, 50mm",
    expression: "with a relaxed smile",
  },
  {
    ...aiAndStudio,
    key: "creative-colour",
    group: "creative",
    title: "Creative, coloured paper",
    wardrobe: all("a black rollneck"),
    backdrop: "a teal paper backdrop",
    light: "one harder key light",
    frame: "head and shoulders, 85mm",
    expression: "with a thoughtful look",
  },
  {
    ...aiAndStudio,
    key: "black-white",
    group: "creative",
    title: "Black and white",
    wardrobe: all("a simple dark top"),
    backdrop: "a charcoal backdrop",
    light: "Rembrandt light in black and white",
    frame: "tight framing, 85mm",
    expression: "with an intense look",
    ratio: "1:1",
  },
  {
    ...ai,
    key: "actor",
    group: "creative",
    title: "Actor",
    wardrobe: all("a plain dark top"),
    backdrop: "a neutral backdrop",
    light: "one soft key light with catch-lights",
    frame: "tight framing, 85mm",
    expression: "with a neutral expression",
  },
  {
    ...ai,
    key: "speaker",
    group: "creative",
    title: "Speaker on stage",
    wardrobe: all("a dark jacket"),
    backdrop: "stage lights as bokeh",
    light: "warm rim light",
    frame: "half body, 85mm",
    expression: "speaking mid-word",
  },
  {
    ...ai,
    key: "medical",
    group: "profession",
    title: "Medical",
    wardrobe: all("a plain white coat without text"),
    backdrop: "a clinic corridor",
    light: "even soft light",
    frame: "chest-up, 85mm",
    expression: "with a reassuring smile",
  },
  {
    ...ai,
    key: "legal",
    group: "profession",
    title: "Legal",
    wardrobe: {
      man: "a dark suit with a plain tie",
      woman: "a dark suit with a plain blouse",
      person: "a dark suit",
    },
    backdrop: "a bookshelf",
    light: "warm key light",
    frame: "chest-up, 85mm",
    expression: "with a calm look",
  },
  {
    ...ai,
    key: "academic",
    group: "profession",
    title: "Academic",
    wardrobe: all("a tweed jacket over a plain knit"),
    backdrop: "a library hall of stone",
    light: "soft side light",
    frame: "half body, 85mm",
    expression: "with a curious look",
  },
  {
    ...ai,
    key: "estate-sales",
    group: "profession",
    title: "Estate and sales",
    wardrobe: {
      man: "a blue jacket over a bright shirt",
      woman: "a cream jacket over a bright blouse",
      person: "a blue jacket over a bright shirt",
    },
    backdrop: "a modern interior",
    light: "bright daylight",
    frame: "half body, 50mm",
    expression: "with an open smile",
  },
  {
    ...aiAndStudio,
    key: "outdoor-park",
    group: "outdoors",
    title: "Outdoors, park",
    wardrobe: {
      man: "a casual linen shirt",
      woman: "a casual linen blouse",
      person: "a casual linen shirt",
    },
    backdrop: "trees far out of focus",
    light: "open shade",
    frame: "head and shoulders, 85mm, shallow depth",
    expression: "with a natural smile",
  },
  {
    ...ai,
    key: "golden-hour",
    group: "outdoors",
    title: "Golden hour",
    wardrobe: all("a camel wool coat"),
    backdrop: "a far street by the water",
    light: "low sun behind with fill",
    frame: "head and shoulders, 85mm",
    expression: "with a warm smile",
  },
  {
    ...aiAndStudio,
    key: "city",
    group: "outdoors",
    title: "City facade",
    wardrobe: all("a dark wool coat"),
    backdrop: "a city facade",
    light: "overcast daylight",
    frame: "half body, 85mm",
    expression: "with a confident look",
  },
  {
    ...aiAndStudio,
    key: "plain-white",
    group: "plain",
    title: "Plain white",
    wardrobe: all("a plain dark top"),
    backdrop: "a flat white backdrop",
    light: "shadowless light",
    frame: "straight on, head and shoulders, 85mm",
    expression: "with a neutral expression",
  },
  {
    key: "own-background",
    group: "plain",
    title: "Own background, light and crop only",
    wardrobe: all(""),
    backdrop: "",
    light: "",
    frame: "",
    expression: "",
    ratio: "4:5",
    families: [],
    studio: true,
    active: true,
  },
  {
    ...ai,
    key: "team-lock",
    group: "team",
    title: "Team",
    wardrobe: all("a plain dark jacket"),
    backdrop: "a plain backdrop in the team's colour",
    light: "soft even light",
    frame: "head and shoulders, 85mm",
    expression: "with a friendly smile",
    /** A team's garment and colour rules come with teams. */
    active: false,
  },
];
