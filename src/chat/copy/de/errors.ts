import type { Copy } from "../en/index.ts";

export const errors: Copy["errors"] = {
  full: "Die Festplatte hier ist voll, ich konnte das nicht speichern. Was du vorher geschickt hast, ist da. Versuch es später wieder.",
  busy: "Ich konnte das gerade nicht speichern. Nichts ist verloren. Schick es gleich noch einmal.",
  failed:
    "Bei uns ging etwas schief. Nichts ist verloren und nichts wurde berechnet. Versuch es noch einmal.",
};
