import type { Copy } from "../en/index.ts";
import { plural } from "../plural.ts";

export const orders: Copy["orders"] = {
  products: {
    studio: "Studio-Retusche",
    best: "KI-Porträts, beste",
    fast: "KI-Porträts, schnell",
    classic: "KI-Porträts, klassisch",
    preview: "KI-Vorschau",
  },
  states: {
    draft: "Begonnen",
    consented: "Wartet auf Fotos",
    collecting: "Sammelt Fotos",
    ready: "Bereit",
    quoted: "Wartet auf dein Los",
    queued: "Wartet auf seine Reihe",
    training: "Lernt dein Gesicht",
    proving: "Prüft die Ähnlichkeit",
    shooting: "Macht deine Bilder",
    sorting: "Wählt die besten aus",
    delivered: "Geliefert",
    closed: "Geliefert",
    needs_photos: "Braucht mehr Fotos",
    review: "Ein Mensch schaut es an",
    paused_budget: "Angehalten: die Ausgabengrenze ist erreicht",
    failed: "Hat nicht geklappt",
    cancelled: "Abgebrochen",
    expired: "Abgelaufen",
    deleted: "Gelöscht",
  },
  bands: { very_close: "Sehr ähnlich", close: "Ähnlich", loose: "Etwas ähnlich", beyond: "Nicht ähnlich" },
  notCompared: "Ähnlichkeit nicht geprüft",
  about: (duration) => `etwa ${duration}`,
  quote: {
    title: "Dein Auftrag",
    pictures: "Bilder",
    picturesIn: (pictures, styles) => `${pictures} in ${plural(styles, "Stil", "Stilen")}`,
    styles: "Stile",
    product: "Machart",
    cost: "Kosten",
    nothing: "Nichts",
    expected: (expected, most) => `etwa ${expected}, höchstens ${most}`,
    credits: "Credits",
    creditCount: (count) => plural(count, "Credit", "Credits"),
    time: "Dauer",
    retake: "Wiederholung",
    retakeFree: "Kostenlos, einmal",
    model: "Modell",
    reusesModel: "Nutzt das vorhandene Modell deines Gesichts",
    valid: (time) => `Gilt bis ${time}. Nichts beginnt, bevor du Los drückst.`,
    started: "Läuft. Hier gibt es nichts mehr zu drücken.",
    over: "Dieser Auftrag ist vorbei. Hier gibt es nichts mehr zu drücken.",
    none: "Dieser Preis gilt nicht mehr. Frag noch einmal danach.",
  },
  square: {
    waiting: "wartet",
    working: "entsteht",
    done: "fertig",
    failed: "nicht gelungen",
    cancelled: "abgebrochen",
  },
  squareWord: (ordinal, word) => `Bild ${ordinal}: ${word}`,
  status: {
    made: (done, all) => `${done} von ${all} Bildern fertig.`,
    failed: (count) => `${count} nicht gelungen; die anderen gehen weiter.`,
    next: "Du bist als Nächstes dran.",
    ahead: (count) =>
      count === 1 ? "Du bist als Nächstes dran, 1 Auftrag vor dir." : `${count} Aufträge vor deinem.`,
    left: (duration) => `Noch etwa ${duration}.`,
    anyMoment: "Jeden Moment.",
    unknown: "Wie lange, kann ich noch nicht sagen.",
    lateQueue: "Das dauert länger als sonst: andere Aufträge sind vor deinem.",
    lateMachine: "Das dauert länger als sonst: die Maschine ist ausgelastet. Nichts geht verloren.",
    close: "Du kannst den Chat schließen; die Bilder kommen hierher.",
    paused:
      "Angehalten, und inzwischen wird nichts berechnet. Es geht von selbst weiter, sobald es wieder darf.",
    review: "Zuerst schaut ein Mensch diesen Auftrag an. Bis dahin wird nichts gemacht.",
    done: "Fertig. Die Bilder sind in diesem Chat.",
  },
  results: {
    here: (count) => (count === 1 ? "Hier ist 1 Bild." : `Hier sind ${count}, das ähnlichste zuerst.`),
    tap: "Tippe die an, die aussehen wie du.",
    votes: (yes, no) => `${yes} wie du, ${no} nicht.`,
    hidden: (count) =>
      count === 1
        ? "1 weiteres habe ich weggelassen: es sah dir nicht ähnlich genug."
        : `${count} weitere habe ich weggelassen: sie sahen dir nicht ähnlich genug.`,
    onlyFew: (count) =>
      count === 0
        ? "Keines sah aus wie du. Die Wiederholung ist kostenlos."
        : `Nur ${count} ${count === 1 ? "sah" : "sahen"} aus wie du. Die Wiederholung ist kostenlos.`,
    creditBack: (count) =>
      count === 0
        ? "Wieder sah keines aus wie du. Dein Credit geht zurück, wenn du willst."
        : `Wieder ${count === 1 ? "sah" : "sahen"} nur ${count} aus wie du. Dein Credit geht zurück, wenn du willst.`,
    retakeWord: (round) => (round === 0 ? "" : "Die Wiederholung ist fertig."),
    gone: "Diese Bilder sind gelöscht.",
    alt: (style, ordinal, all) => `Porträt von dir, ${style}, Bild ${ordinal} von ${all}`,
    studioCaption: "Studio-Retusche deines eigenen Fotos, auf dieser Maschine gemacht. Keine generative KI.",
    aiCaption: "Von KI erzeugt, aus einem Modell deiner Fotos.",
  },
  crops: {
    title: "Welcher Zuschnitt?",
    names: {
      original: "Volle Größe",
      "linkedin-square": "Quadrat für LinkedIn",
      "circle-safe": "Kreis",
      "portrait-4x5": "Hochformat 4:5",
    },
    file: (name, style) => `${name}, ${style}`,
  },
  failures: {
    needs_photos: "Die Bilder wurden nicht ähnlich genug. Ein paar andere Fotos würden helfen.",
    nothing_made: "Kein Bild ließ sich machen. Das lag an uns.",
    nothing_looks_like_you: "Es entstanden Bilder, aber keines sah dir ähnlich genug, um es zu zeigen.",
    styles_not_possible: "Keines deiner Fotos passt zu den gewählten Stilen.",
    over_budget: "Die Ausgabengrenze dieser Anlage ist erreicht.",
    other: "Das hat nicht geklappt. Es lag an uns.",
  },
  nextSteps: {
    needs_photos:
      "Weiter: scharfe, frontale Fotos von anderen Tagen schicken, dann wieder nach dem Preis fragen.",
    nothing_made: "Weiter: noch einmal anfangen. Deine Fotos sind noch da.",
    nothing_looks_like_you:
      "Weiter: scharfe, frontale Fotos bei Tageslicht schicken, dann noch einmal anfangen.",
    styles_not_possible:
      "Weiter: eigener Hintergrund oder Schwarzweiß, oder ein Foto vor ruhigem Hintergrund dazu.",
    over_budget: "Weiter: morgen noch einmal, oder frag, wer diese Anlage betreibt.",
    other: "Weiter: noch einmal anfangen. Wenn es wieder nicht klappt, schreib uns mit report.",
  },
  costNothing: "Es hat dich nichts gekostet.",
  creditIsBack: "Dein Credit ist zurück.",
  cancelled: "Abgebrochen. Es wird nichts mehr gemacht.",
  cancelledCost: (amount) => `Arbeit für ${amount} war beim Anbieter schon getan; du zahlst nichts.`,
  refunded: (credits) =>
    credits === 1 ? "Dein Credit ist zurück." : `Deine ${credits} Credits sind zurück.`,
  refundDone: "Erstattet.",
  rating: {
    ask: "Eine Frage: wie gefallen dir die Bilder, 1 bis 5?",
    thanks: (stars) => `Danke: ${stars} von 5.`,
    skipped: "Übersprungen. Trotzdem danke.",
  },
  list: {
    title: "Deine Aufträge",
    empty: "Noch keine Aufträge.",
    line: (product, pictures) => `${product}, ${plural(pictures, "Bild", "Bilder")}`,
    open: (ordinal) => `${ordinal} öffnen`,
  },
};
