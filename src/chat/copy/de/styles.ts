import type { Copy } from "../en/index.ts";
import { plural } from "../plural.ts";

export const styles: Copy["styles"] = {
  names: {
    "corporate-grey": {
      title: "Geschäftlich, grauer Grund",
      line: "Nahtloses Mittelgrau, großes weiches Licht.",
    },
    "corporate-white": {
      title: "Geschäftlich, weißer Grund",
      line: "Weiß mit leichtem Verlauf, helles Licht.",
    },
    boardroom: { title: "Chefetage", line: "Glashalle in Unschärfe, Licht vom Fenster." },
    "business-casual": { title: "Helles Büro", line: "Büro und Pflanzen in Unschärfe, Tageslicht." },
    startup: { title: "Start-up-Loft", line: "Ziegel und Holz, warme Lampen dahinter." },
    "creative-colour": {
      title: "Farbiges Papier",
      line: "Papier in Petrol oder Ocker, ein härteres Licht.",
    },
    "black-white": { title: "Schwarzweiß", line: "Anthrazitgrund, Licht von einer Seite." },
    medical: { title: "Medizin", line: "Klinikflur in Unschärfe, gleichmäßiges Licht." },
    legal: { title: "Recht", line: "Bücherwand in Unschärfe, warmes Licht." },
    academic: { title: "Wissenschaft", line: "Bibliothek oder Steinhalle, weiches Seitenlicht." },
    "estate-sales": { title: "Immobilien und Verkauf", line: "Moderner Raum, Tageslicht." },
    "outdoor-park": { title: "Draußen, Park", line: "Bäume weit in der Unschärfe, offener Schatten." },
    "golden-hour": { title: "Goldene Stunde", line: "Straße oder Wasser, tiefe Sonne dahinter." },
    city: { title: "Stadt", line: "Fassade in Unschärfe, bedeckter Himmel." },
    actor: { title: "Schauspiel", line: "Neutraler Grund, enger Ausschnitt, Licht in den Augen." },
    speaker: { title: "Bühne", line: "Bühnenlicht in Unschärfe, warmer Rand." },
    "plain-white": { title: "Schlicht weiß", line: "Reines Weiß, keine Schatten." },
    "own-background": {
      title: "Eigener Hintergrund",
      line: "Dein Hintergrund bleibt; nur Licht und Ausschnitt.",
    },
    "team-lock": { title: "Team", line: "Ein Grund und ein Licht für das ganze Team." },
  },
  title: "Wähle deine Stile",
  chosen: (styles, pictures) =>
    `${plural(pictures, "Bild", "Bilder")} in ${plural(styles, "Stil", "Stilen")}.`,
  noneChosen: "Noch nichts gewählt. Tippe einen oder mehrere an, oder lass mich wählen.",
  howMany: "Wie viele Bilder insgesamt?",
  needsAiLine: "Braucht KI, die hier nicht eingerichtet ist.",
  closed: "Diese Stile gehören zu einem Auftrag, der begonnen hat oder vorbei ist.",
  list: "Diese Stile gibt es hier.",
};
