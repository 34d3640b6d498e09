import type { Copy } from "../en/index.ts";
import { plural } from "../plural.ts";

export const notices: Copy["notices"] = {
  tap_a_button: "Am besten verstehe ich Knöpfe. Tippe auf einen von diesen.",
  unknown_button: "Diesen Knopf gibt es nicht mehr. So steht es gerade.",
  unknown_command: "Dieses Wort kenne ich nicht. Diese kenne ich.",
  admins_only: "Das ist nur für die, die diese Anlage betreiben.",
  already_running: "Dieser Auftrag läuft schon. Nichts wurde doppelt gestartet.",
  quote_expired: "Der Preis war älter als 30 Minuten. Hier ist der jetzige.",
  changed_since: "Der Auftrag hat sich seit diesem Preis geändert. Hier ist der jetzige.",
  over_budget:
    "Die Ausgabengrenze dieser Anlage ist erreicht, darum wurde nichts gestartet. Versuch es morgen wieder.",
  quota: (perDay) =>
    `Mehr als ${plural(perDay, "bezahlter Auftrag", "bezahlte Aufträge")} am Tag geht nicht. Nichts wurde gestartet.`,
  no_credit: "Für diesen Auftrag ist kein Credit da. Nichts wurde gestartet.",
  link_first:
    "Für KI-Aufträge aus dem Browser braucht es ein verbundenes Konto. Verbinde zuerst dein Discord- oder Telegram-Konto.",
  no_such_order: "Diesen Auftrag gibt es hier nicht mehr.",
  no_such_picture: "Dieses Bild ist nicht mehr da.",
  no_such_photo: "Dieses Foto ist nicht mehr da.",
  no_such_face: "Diese Fotos sind nicht mehr da.",
  too_late: "Der Auftrag hat begonnen, das lässt sich jetzt nicht mehr ändern.",
  needs_ai: (style, available) =>
    `${style} braucht KI, die hier nicht eingerichtet ist. Zur Wahl stehen: ${available}.`,
  unknown_style: (available) => `Diesen Stil kenne ich nicht. Zur Wahl stehen: ${available}.`,
  too_many: (most) => `Mehr als ${most} geht nicht.`,
  too_few_photos: (have, need) =>
    `Bisher ${have} gut, ${need} braucht es. Schick noch ${need - have} und wähle dann die Stile.`,
  still_checking: "Ich schaue deine Fotos noch an. Ein paar Sekunden noch.",
  no_provider: "Das kann hier gerade nichts machen. Deine Fotos sind sicher; versuch es später wieder.",
  photos_held: (count) =>
    `${plural(count, "Foto wartet", "Fotos warten")}. Ich hole nichts, bevor du zustimmst; nach einer Stunde vergesse ich sie.`,
  photos_wait: "Deine Fotos bleiben bei dir, bis du zustimmst.",
  photos_already_here: (count) => `${plural(count, "Foto war", "Fotos waren")} schon da.`,
  photos_not_looked_at: (count) =>
    `Bei 40 Fotos ist Schluss: ${plural(count, "Foto wurde", "Fotos wurden")} nicht angesehen`,
  no_photos: "In dieser Nachricht war kein Foto. Schick JPG, PNG, WebP oder HEIC.",
  busy: "Dein Auftrag läuft gerade, Fotos müssen warten. Schick sie danach noch einmal.",
  already_over: "Dieser Auftrag ist schon vorbei. Dafür wurde nichts berechnet.",
  nothing_running: "Es läuft kein Auftrag.",
  nothing_to_cancel: "Es gibt nichts abzubrechen.",
  retake_used: "Die kostenlose Wiederholung dieses Auftrags ist verbraucht.",
  retake_not_now: "Eine Wiederholung geht, sobald die Bilder da sind.",
  refund_already: "Dieser Credit ist schon zurück.",
  refund_nothing: "Dieser Auftrag hat keinen Credit gekostet, also gibt es nichts zurückzugeben.",
  refund_not_entitled:
    "Zuerst bewerten, dann die kostenlose Wiederholung. Sehen danach weniger als drei aus wie du, geht der Credit zurück.",
  linked: "Verbunden. Aufträge, Fotos und Credits sind jetzt eins.",
  wrong_code: (triesLeft) =>
    `Dieser Code ist falsch oder abgelaufen. Noch ${plural(triesLeft, "Versuch", "Versuche")}.`,
  too_many_tries: "Zu viele falsche Codes. Warte zehn Minuten und hol dann einen neuen.",
  same_person: "Beide Chats sind schon ein Konto.",
  report_received: (reportId) => `Angekommen, Nummer ${reportId}. Ein Mensch antwortet binnen 48 Stunden.`,
  face_deleted: (photos, pictures) =>
    `Gelöscht: ${plural(photos, "Foto", "Fotos")}, ${plural(pictures, "Bild", "Bilder")}.`,
};
