/** Every style that has a name in the catalogues; a test holds this against `src/styles`. */
export const STYLE_NAMES = [
  "corporate-grey",
  "corporate-white",
  "boardroom",
  "business-casual",
  "startup",
  "creative-colour",
  "black-white",
  "medical",
  "legal",
  "academic",
  "estate-sales",
  "outdoor-park",
  "golden-hour",
  "city",
  "actor",
  "speaker",
  "plain-white",
  "own-background",
  "team-lock",
] as const;

export type StyleName = (typeof STYLE_NAMES)[number];

export interface StyleWords {
  /** Never names clothes: the studio keeps the person's own. */
  readonly title: string;
  readonly line: string;
}
