import type { Copy } from "../en/index.ts";
import { plural } from "../plural.ts";

export const account: Copy["account"] = {
  welcome: {
    line: "Schick ein paar Selfies und bekomm professionelle Porträts zurück, hier in diesem Chat.",
    how: "Wie lange",
    howStudio: "Etwa zwei Minuten.",
    howAi: "Du siehst die Dauer, bevor du Los drückst.",
    cost: "Was es kostet",
    costStudio: "Nichts. Deine eigenen Fotos, auf dieser Maschine retuschiert, ohne KI.",
    costAi: "Du siehst, was es höchstens kostet, bevor du Los drückst. Die Bilder macht eine KI.",
    photos: "Deine Fotos",
    photosText: (days) => `Verschlüsselt, gelöscht ${days} Tage nach der Lieferung oder sobald du es sagst.`,
  },
  consent: {
    title: "Bevor du Fotos schickst",
    who: "Wessen Fotos",
    whoText: "Deine. Andere stimmen in einem eigenen Chat zu.",
    purpose: "Wofür",
    purposeStudio: "Um deine Fotos zu prüfen, die Porträts zu machen und ihre Ähnlichkeit zu messen.",
    purposeAi:
      "Um deine Fotos zu prüfen, ein Modell deines Gesichts zu trainieren, damit per KI Bilder zu machen und ihre Ähnlichkeit zu messen.",
    where: "Wo",
    whereStudio: "Auf dieser Maschine. Deine Fotos gehen sonst nirgendwohin.",
    whereAi: (providers) => `Auf dieser Maschine und bei ${providers}.`,
    kept: "Wie lange",
    keptText: (photoDays, pictureDays) =>
      `Fotos und Gesichtsmaße bis ${photoDays} Tage nach der Lieferung, Bilder ${pictureDays} Tage.`,
    keptModel: (days) => `Das Modell deines Gesichts: ${days} Tage.`,
    withdraw: "Wenn du es dir anders überlegst",
    withdrawText: "Jederzeit: delete löscht alles, hier und bei jedem Anbieter.",
    given: "Du hast zugestimmt. Danke. Mit delete nimmst du es zurück, jederzeit.",
  },
  home: {
    ready: "Gerade läuft nichts. Fang an, wann du magst.",
  },
  faces: {
    title: "Deine Gesichter",
    empty: "Von dir sind keine Fotos gespeichert.",
    line: (kept, day) => `${plural(kept, "gutes Foto", "gute Fotos")}, seit ${day}`,
    expires: (day) => `gelöscht am ${day}`,
    ask: (name, photos) =>
      `${name} mit ${plural(photos, "Foto", "Fotos")} löschen? Laufende Aufträge damit werden abgebrochen. Das lässt sich nicht zurücknehmen.`,
    gone: "Gelöscht.",
  },
  balance: {
    title: "Guthaben",
    credits: "Credits",
    left: "KI-Aufträge, die heute noch gehen",
    notSelling: "Hier wird nichts verkauft, also braucht es keine Credits. Das Studio kostet nie etwas.",
    selling: "Ein Credit ist ein KI-Auftrag mit Wiederholung. Das Studio kostet keinen.",
  },
  link: {
    title: (code) => `Dein Code: ${code}`,
    how: (time) =>
      `Gib in deinem anderen Chat vor ${time} link und diesen Code ein. Oder tippe hier den Code aus dem anderen Chat.`,
    effect:
      "Verbinden macht aus beiden Konten eines: Aufträge, Fotos und Credits. Tu das nur mit deinen eigenen Konten.",
    over: "Dieser Code gilt nicht mehr. Hol mit link einen neuen.",
  },
  export: {
    asked: "Ich sammle alles, was von dir gespeichert ist. Die Datei kommt hierher, spätestens in einem Tag.",
    ready: "Hier ist alles, was von dir gespeichert ist: Fotos, Bilder, Zustimmungen und Kontobuch.",
    download: "Herunterladen (ZIP)",
    unreachable:
      "Die Datei ist fertig, aber diese Anlage hat keine Adresse, die du erreichst. Frag, wer sie betreibt.",
  },
  erase: {
    ask: "Alles löschen?",
    counts: (photos, pictures, orders) =>
      `${plural(photos, "Foto", "Fotos")}, ${plural(pictures, "Bild", "Bilder")} und ${plural(orders, "Auftrag", "Aufträge")} verschwinden, dazu deine Konten hier. Laufende Arbeit hört auf. Das lässt sich nicht zurücknehmen.`,
    asked: "Ich lösche jetzt alles. Die Quittung kommt hierher, wenn es fertig ist.",
    done: (time) => `Gelöscht am ${time}.`,
    receipt: "Quittung",
    receiptId: "Nummer",
    count: {
      selfies: "Fotos",
      pictures: "Bilder",
      orders: "Aufträge angehalten",
      accounts: "Konten",
      files: "Dateien",
      reports: "Meldungen",
      messages: "Nachrichten",
    },
    rest: "Es bleiben das Kontobuch ohne deinen Namen und ein Hash deiner Zustimmung mit ihrem Datum.",
  },
  privacy: {
    title: "Datenschutz",
    operator: "Wer das betreibt",
    unnamed: "Wer diese Anlage betreibt; ein Name ist nicht eingetragen.",
    contact: "Kontakt",
    noContact: "Keine Adresse eingetragen. Nimm report.",
    kept: "Was gespeichert wird",
    keptText: (photoDays, pictureDays, modelDays) =>
      `Fotos bis ${photoDays} Tage nach der Lieferung, Bilder ${pictureDays} Tage, Modelle ${modelDays} Tage. Verschlüsselt mit einem eigenen Schlüssel. Aufträge und Kontobuch bleiben ohne Gesichter.`,
    where: "Wo",
    local: "Nur auf dieser Maschine. Kein Foto verlässt sie.",
    providers: (names) => `Auf dieser Maschine, und für KI-Aufträge bei ${names}.`,
    training: "Training",
    trainingText: "Mit deinen Fotos wird nie etwas trainiert, das andere nutzen.",
    rights: "Deine Rechte",
    rightsText:
      "export gibt dir eine Kopie, delete löscht alles, report erreicht binnen 48 Stunden einen Menschen.",
  },
  terms: {
    title: "Bedingungen",
    lines: [
      "Für Erwachsene, und nur für das eigene Gesicht.",
      "Die Bilder gehören dir. Sie tragen ein Zeichen, das sagt, wie sie entstanden.",
      "Kein amtlicher Ausweis: die Bilder sind keine Passfotos.",
      "Ein misslungener Auftrag kostet nichts. Eine Wiederholung ist kostenlos. Sehen davon weniger als drei Bilder aus wie du, geht der Credit zurück.",
    ],
    operator: (name) => `Betrieben von ${name}.`,
  },
  paysupport: {
    nothing: "Hier wird nichts verkauft, also gibt es nichts zurückzuzahlen.",
    selling:
      "Ein misslungener Auftrag gibt seinen Credit von selbst zurück. Alles andere schreib bitte mit report.",
    contact: (address) => `Oder schreib an ${address}.`,
  },
  report: {
    ask: "Was stimmt nicht? Schreib es in einer Nachricht. Ein Mensch liest sie und antwortet binnen 48 Stunden.",
  },
  help: {
    title: "Was du tun kannst",
    commands: {
      headshots: "einen Auftrag beginnen oder fortsetzen",
      status: "wie weit dein Auftrag ist",
      orders: "alle Aufträge, Wiederholung und Erstattung",
      faces: "deine Fotos, auch löschen",
      styles: "alle Stile",
      balance: "Guthaben und heutige Aufträge",
      link: "deine Konten verbinden",
      export: "eine Kopie von allem",
      delete: "alles löschen",
      privacy: "was gespeichert wird, wo, wie lange",
      report: "einem Menschen Bescheid geben",
      help: "diese Liste",
      language: "Englisch oder Deutsch",
    },
    type: "Tippe auf einen Knopf oder schreib ein Wort.",
  },
  language: {
    ask: "Welche Sprache?",
  },
  moved: "Weiter unten geht es weiter.",
  again: "Ich schicke das noch einmal, falls das erste nicht ankam.",
};
