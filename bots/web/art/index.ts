import { BACKDROPS, PLAIN_BACKDROP } from "./backdrops.ts";
import { drawBust, inGrey, PEOPLE, type Person } from "./bust.ts";

/** Who stands in front of which backdrop; others get the next one in line. */
const SITTERS: Readonly<Record<string, Person>> = {
  "corporate-grey": PEOPLE.ben,
  "corporate-white": PEOPLE.cleo,
  "business-casual": PEOPLE.eva,
  "creative-colour": PEOPLE.dev,
  "black-white": inGrey(PEOPLE.ada),
  "outdoor-park": PEOPLE.gia,
  city: PEOPLE.finn,
  "plain-white": PEOPLE.hal,
  "own-background": PEOPLE.ada,
  boardroom: PEOPLE.gia,
  startup: PEOPLE.finn,
  actor: PEOPLE.cleo,
  speaker: PEOPLE.ben,
  medical: PEOPLE.ada,
  legal: PEOPLE.hal,
  academic: PEOPLE.dev,
  "estate-sales": PEOPLE.ben,
  "golden-hour": PEOPLE.eva,
  "team-lock": PEOPLE.cleo,
};

export const STYLE_ART = Object.keys(BACKDROPS);

function card(key: string, id: string): string {
  return (BACKDROPS[key] ?? PLAIN_BACKDROP) + drawBust(SITTERS[key] ?? PEOPLE.ada, id);
}

/** A drawn sample of a style: a made-up person in front of that style's backdrop. */
export function styleArt(key: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 200" preserveAspectRatio="xMidYMid slice">${card(key, "b")}</svg>`;
}

const ICON_PATHS =
  '<rect width="32" height="32" rx="8" fill="#0b6e66"/><path d="M16 7.5a5 5 0 0 1 5 5.2c0 3.4-2.2 6.3-5 6.3s-5-2.9-5-6.3a5 5 0 0 1 5-5.2ZM6.5 27c.5-4.6 3.6-6.6 9.5-6.6s9 2 9.5 6.6Z" fill="#fff"/>';

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${ICON_PATHS}</svg>`;
