import type { Copy } from "../en/index.ts";

export const selfies: Copy["selfies"] = {
  reasons: {
    not_an_image: { word: "Kein Foto", advice: "Schick ein Foto als JPG, PNG, WebP oder HEIC." },
    unsupported_type: {
      word: "Dateityp",
      advice: "Diese Art Datei kann ich nicht lesen. Schick JPG, PNG, WebP oder HEIC.",
    },
    animated: { word: "Bewegt", advice: "Dieses Bild bewegt sich. Schick ein stehendes Foto." },
    unreadable: {
      word: "Datei beschädigt",
      advice: "Die Datei endet mittendrin oder ist beschädigt. Schick das Original noch einmal.",
    },
    file_too_large: { word: "Zu groß", advice: "Die Datei ist über der Grenze. Schick eine kleinere Kopie." },
    dimensions_too_large: {
      word: "Zu viele Pixel",
      advice: "Mehr als 50 Megapixel. Schick eine kleinere Kopie.",
    },
    too_many: {
      word: "Über 40",
      advice: "Mehr als 40 Fotos nehme ich nicht. Lass eines weg, dann passt ein neues.",
    },
    no_face: {
      word: "Kein Gesicht",
      advice: "Ich finde hier kein Gesicht. Schau in die Kamera, mit Licht im Gesicht.",
    },
    multiple_faces: {
      word: "Mehr als ein Gesicht",
      advice: "Es ist noch jemand im Bild. Schneide zu oder nimm ein anderes.",
    },
    face_too_small: { word: "Gesicht zu klein", advice: "Geh näher heran oder schick die Originaldatei." },
    face_cut_off: {
      word: "Gesicht abgeschnitten",
      advice: "Ein Teil des Gesichts ist außerhalb. Lass etwas Platz darum.",
    },
    face_turned_away: { word: "Abgewandt", advice: "Dreh das Gesicht etwas mehr zur Kamera." },
    sunglasses: {
      word: "Sonnenbrille",
      advice: "Ich muss deine Augen sehen. Klare Brillen sind in Ordnung.",
    },
    face_covered: { word: "Gesicht verdeckt", advice: "Ich muss dein ganzes Gesicht sehen." },
    blurry: { word: "Unscharf", advice: "Nicht scharf. Halt still und wisch die Linse ab." },
    too_dark: { word: "Zu dunkel", advice: "Zu dunkel. Stell dich vor ein Fenster." },
    too_bright: { word: "Zu hell", advice: "Zu hell. Geh aus dem direkten Licht." },
    duplicate: {
      word: "Fast gleich",
      advice: "Fast gleich wie ein anderes, das ich behalten habe. Wechsle Ort oder Winkel.",
    },
    low_resolution: {
      word: "Kleines Foto",
      advice: "Dieses ist klein. Schick das Original als Datei, wenn du es hast.",
    },
    soft: { word: "Etwas weich", advice: "Etwas weich. Es geht; ein schärferes geht besser." },
    eyes_closed: { word: "Augen zu", advice: "Die Augen wirken geschlossen. Schau entspannt in die Kamera." },
    black_and_white: { word: "Schwarzweiß", advice: "Ohne Farbe. Ein farbiges Foto gibt bessere Bilder." },
    different_person: {
      word: "Sieht anders aus",
      advice: "Dieses sieht anders aus als die übrigen. Bist du das?",
    },
    same_day: {
      word: "Alles ein Tag",
      advice: "Nimm Fotos von anderen Tagen dazu, sonst wird dieses Hemd ein Teil von dir.",
    },
    not_checked: {
      word: "Nicht geprüft",
      advice: "Nicht auf Gesichter geprüft. Achte darauf, dass nur deines zu sehen ist.",
    },
  },
  verdicts: {
    checking: "Wird geprüft",
    keep: "Gut",
    warn: "Brauchbar",
    refuse: "Weggelassen",
    stop: "Angehalten",
  },
  question: "Frage",
  confirmed: "Behalten",
  keepAdvice: "Gutes Foto.",
  checkingAdvice: "Ich schaue es gerade an.",
  stopAdvice: "Dieses muss zuerst ein Mensch ansehen.",
  wanted: {
    front: "gerade in die Kamera",
    left: "Blick nach links",
    right: "Blick nach rechts",
    smile: "lächeln",
    other_day: "anderer Tag oder Ort",
    more: "noch ein paar",
  },
  empty: "Schick deine Selfies hierher: eines genügt, drei oder mehr geben mir die Wahl.",
  emptyFor: (need, advised) =>
    `Schick deine Selfies hierher: mindestens ${need}, ${advised} oder mehr sind besser.`,
  good: (count) => `${count} gut`,
  checking: (count) => `${count} in Prüfung`,
  needed: (count) => (count === 1 ? "1 fehlt noch" : `${count} fehlen noch`),
  wouldHelp: (count) => (count === 1 ? "1 mehr würde helfen" : `${count} mehr würden helfen`),
  enough: "das genügt",
  questions: (count) =>
    count === 1 ? "Zu 1 Foto habe ich eine Frage." : `Zu ${count} Fotos habe ich eine Frage.`,
  weakSet: "Das reicht knapp. Mehr Abwechslung macht die Bilder ähnlicher.",
  next: "Wenn du fertig bist, wähle die Stile.",
  tips: [
    "Tageslicht vom Fenster, das Gesicht dorthin gedreht.",
    "Kamera auf Augenhöhe, Kopf und Schultern im Bild.",
    "Nur du, keine Sonnenbrille, nichts vor dem Gesicht.",
    "Verschiedene Tage, Orte und Kleider; einmal gerade, einmal links, einmal rechts, einmal lächelnd.",
    "Die Originaldatei ist besser als ein Bild, das durch einen Messenger ging.",
  ],
  tipsTitle: "Was ein gutes Selfie ausmacht",
};
