/** What stands behind the drawn person, in a field of 160 by 200. */

const SOFT =
  '<filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="5"/></filter>';
const FAINT =
  '<filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="2.6"/></filter>';

function glow(inner: string, outer: string, at = "cx='.42' cy='.36' r='.8'"): string {
  return `<radialGradient id="bg" ${at}><stop offset="0" stop-color="${inner}"/><stop offset="1" stop-color="${outer}"/></radialGradient>`;
}

function fall(top: string, bottom: string, tilt = "x1='0' y1='0' x2='0' y2='1'"): string {
  return `<linearGradient id="bg" ${tilt}><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>`;
}

/** A plain backdrop, or one with shapes that are out of focus. */
function scene(paint: string, shapes = "", blur = SOFT): string {
  return `<defs>${paint}${shapes === "" ? "" : blur}</defs><rect width="160" height="200" fill="url(#bg)"/>${
    shapes === "" ? "" : `<g filter="url(#soft)">${shapes}</g>`
  }`;
}

const rect = (x: number, y: number, width: number, height: number, fill: string, opacity = 1): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" opacity="${opacity}"/>`;
const dot = (x: number, y: number, r: number, fill: string, opacity = 1): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" opacity="${opacity}"/>`;

function range(count: number, draw: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => draw(n)).join("");
}

const spines = ["#5a3323", "#7b4a2c", "#3e2a22", "#8a5b36", "#4b2f2b", "#6d3f28", "#2f2320", "#94683f"];
const leaves = ["#7fa65b", "#a8c97b", "#5d8748", "#c6dc9b", "#6f9a55", "#8fb86d"];

export const BACKDROPS: Readonly<Record<string, string>> = {
  "corporate-grey": scene(glow("#c9ccd1", "#82878f")),
  "corporate-white": scene(glow("#ffffff", "#dfe2e6", "cx='.5' cy='.4' r='.9'")),
  boardroom: scene(
    fall("#aebccb", "#6d7d8f"),
    range(6, (n) => rect(n * 30 - 8, 0, 20, 150, n % 2 === 0 ? "#d3dde7" : "#8fa1b4", 0.8)) +
      rect(0, 146, 160, 60, "#57616d") +
      dot(132, 26, 9, "#ffe9bd") +
      dot(30, 20, 7, "#ffe9bd", 0.8),
  ),
  "business-casual": scene(
    fall("#f2f4f2", "#d9ddd8"),
    rect(6, 10, 64, 110, "#ffffff") +
      rect(86, 10, 66, 110, "#fbfdff") +
      rect(74, 0, 8, 140, "#c3c9c6") +
      dot(14, 130, 26, "#7ea06a") +
      dot(30, 108, 16, "#9cba83") +
      dot(150, 142, 24, "#88a873") +
      rect(0, 156, 160, 44, "#cdb79b"),
  ),
  startup: scene(
    fall("#9a5f48", "#6f4434"),
    range(9, (n) =>
      range(5, (m) =>
        rect(m * 36 - (n % 2) * 18 - 8, n * 20, 33, 17, n % 3 === 0 ? "#a86a50" : "#8d5541", 0.9),
      ),
    ) +
      dot(30, 34, 14, "#ffd79a") +
      dot(128, 24, 11, "#ffcf8a") +
      dot(142, 78, 8, "#ffdca8"),
    FAINT,
  ),
  "creative-colour": scene(
    fall("#2b9c94", "#0d5a57", "x1='0' y1='0' x2='1' y2='1'"),
    '<path d="M-20 40 90-20h60L-20 120Z" fill="#5cc4ba" opacity=".5"/>',
  ),
  "black-white": scene(glow("#5b5c5f", "#17181a", "cx='.3' cy='.34' r='.85'")),
  actor: scene(glow("#9c8f86", "#4f4741")),
  speaker: scene(
    fall("#141a2e", "#0b0e18"),
    '<path d="M20-10 0 150h70Z" fill="#5f7bd6" opacity=".5"/><path d="M128-10 100 150h70Z" fill="#b967d8" opacity=".42"/>' +
      dot(24, 30, 9, "#bcd0ff") +
      dot(132, 22, 10, "#f0c4ff") +
      dot(104, 44, 5, "#ffe1a8") +
      dot(56, 20, 5, "#ffe1a8"),
  ),
  medical: scene(
    fall("#e9f2f3", "#c4d6d9"),
    '<path d="M0 0h48l18 90-66 60ZM160 0h-48L94 90l66 60Z" fill="#d3e4e6"/>' +
      rect(64, 30, 32, 62, "#ffffff") +
      rect(0, 70, 40, 8, "#8fc0c4", 0.8) +
      rect(120, 70, 40, 8, "#8fc0c4", 0.8) +
      '<path d="M0 160 66 96h28l66 64v40H0Z" fill="#b3c7ca"/>',
  ),
  legal: scene(
    fall("#3b2720", "#241713"),
    range(3, (row) =>
      range(14, (n) =>
        rect(
          n * 12 - 4,
          row * 64 + 6 + ((n * 7 + row * 5) % 5) * 2,
          10,
          52,
          spines[(n * 3 + row) % 8] ?? "",
          0.95,
        ),
      ),
    ) + dot(26, 40, 22, "#ffca80", 0.28),
    FAINT,
  ),
  academic: scene(
    fall("#d8cbb4", "#a9987c"),
    '<path d="M8 160V70c0-30 46-30 46 0v90ZM106 160V70c0-30 46-30 46 0v90Z" fill="#f1e7d2"/>' +
      '<path d="M0 158h160v42H0Z" fill="#8d7c61"/>' +
      rect(62, 40, 36, 118, "#bcab8d"),
  ),
  "estate-sales": scene(
    fall("#f5f1ea", "#ddd5c8"),
    rect(84, 14, 70, 84, "#d7ebf6") +
      rect(116, 14, 4, 84, "#ffffff") +
      rect(8, 24, 40, 52, "#c9b79c") +
      rect(-6, 116, 84, 40, "#8fa3ad") +
      rect(0, 156, 160, 44, "#c8ab85"),
  ),
  "outdoor-park": scene(
    fall("#cfe3b4", "#6f9455"),
    range(22, (n) =>
      dot((n * 53) % 170, (n * 37) % 150, 10 + ((n * 7) % 12), leaves[n % 6] ?? "", 0.55 + (n % 3) * 0.12),
    ) + rect(0, 160, 160, 40, "#5f8a48"),
  ),
  "golden-hour": scene(
    fall("#ffd9a0", "#c46a4a"),
    dot(118, 64, 30, "#fff2cf") +
      dot(118, 64, 54, "#ffe0a3", 0.5) +
      rect(0, 120, 160, 14, "#a85f55") +
      range(6, (n) => rect(20 + n * 22, 140 + (n % 3) * 14, 30, 3, "#ffe6b8", 0.7)),
  ),
  city: scene(
    fall("#c3ccd6", "#8391a0"),
    rect(0, 20, 60, 180, "#a4b1bf") +
      rect(70, 0, 100, 200, "#95a3b2") +
      range(5, (row) =>
        range(6, (n) => rect(6 + n * 26, 24 + row * 32, 15, 20, n % 3 === 1 ? "#dfe7ee" : "#6f7e8e", 0.85)),
      ),
    FAINT,
  ),
  "plain-white": scene(fall("#ffffff", "#ffffff")),
  "own-background": scene(
    fall("#e9dfd2", "#cdbfae"),
    rect(6, 18, 44, 58, "#b9d3e2") +
      rect(26, 18, 3, 58, "#f6f2ec") +
      '<path d="M112 66h40l-10-30h-20Z" fill="#f6dc9f"/>' +
      rect(130, 66, 4, 60, "#7b6a58") +
      '<rect x="-10" y="118" width="120" height="70" rx="14" fill="#7f9089"/>',
    FAINT,
  ),
  "team-lock": scene(fall("#12857b", "#085049", "x1='0' y1='0' x2='1' y2='1'")),
};

export const PLAIN_BACKDROP = scene(glow("#b9bcc2", "#8d9199"));
