import type { StyleName, StyleWords } from "../style-names.ts";
import { plural } from "../plural.ts";

const names: Readonly<Record<StyleName, StyleWords>> = {
  "corporate-grey": { title: "Corporate, grey backdrop", line: "Seamless mid grey, big soft light." },
  "corporate-white": {
    title: "Corporate, white backdrop",
    line: "White with a faint falloff, bright light.",
  },
  boardroom: { title: "Boardroom", line: "Glass lobby out of focus, window light." },
  "business-casual": { title: "Bright office", line: "Office and plants out of focus, daylight." },
  startup: { title: "Startup loft", line: "Brick and wood, warm lamps behind." },
  "creative-colour": { title: "Coloured paper", line: "Teal or ochre paper, one harder light." },
  "black-white": { title: "Black and white", line: "Charcoal backdrop, light from one side." },
  medical: { title: "Medical", line: "Clinic corridor out of focus, even light." },
  legal: { title: "Legal", line: "Bookshelf out of focus, warm light." },
  academic: { title: "Academic", line: "Library or stone hall, soft side light." },
  "estate-sales": { title: "Estate and sales", line: "Modern interior, daylight." },
  "outdoor-park": { title: "Outdoors, park", line: "Trees far out of focus, open shade." },
  "golden-hour": { title: "Golden hour", line: "Street or water, low sun behind." },
  city: { title: "City", line: "Facade out of focus, overcast light." },
  actor: { title: "Actor", line: "Neutral backdrop, tight frame, catch-lights." },
  speaker: { title: "Speaker", line: "Stage lights out of focus, warm rim." },
  "plain-white": { title: "Plain white", line: "Flat white, no shadows." },
  "own-background": { title: "Own background", line: "Your background stays; light and crop only." },
  "team-lock": { title: "Team", line: "One backdrop and light for the whole team." },
};

export const styles = {
  names,
  title: "Choose your styles",
  chosen: (styles: number, pictures: number): string =>
    `${plural(pictures, "picture", "pictures")} in ${plural(styles, "style", "styles")}.`,
  noneChosen: "Nothing chosen yet. Tap one or more, or let me choose.",
  howMany: "How many pictures in all?",
  needsAiLine: "Needs AI, which is not set up here.",
  closed: "These styles belong to an order that has started or ended.",
  list: "These styles can be ordered here.",
};
