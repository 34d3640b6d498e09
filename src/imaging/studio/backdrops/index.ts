import { unreachable } from "../../../ports/errors.ts";
import type { StudioStyle } from "../../../ports/imaging.ts";
import type { Rgb } from "../planes.ts";
import { between, pick, type Random } from "../random.ts";
import { city } from "./city.ts";
import { office } from "./office.ts";
import { paper, type Paper } from "./paper.ts";
import { park } from "./park.ts";
import type { Light } from "./scene.ts";

export type BackdropStyle = Exclude<StudioStyle, "own-background">;

/** Colours of painted paper for creative work. */
const COLOURS: readonly [Light, ...Light[]] = [
  [0.03, 0.19, 0.2],
  [0.46, 0.24, 0.05],
  [0.33, 0.11, 0.06],
  [0.07, 0.12, 0.27],
];

/** Draws the backdrop of a style; `keySide` is -1 where the face is lit from the left of the picture, 1 from the right. */
export function drawBackdrop(
  style: BackdropStyle,
  random: Random,
  width: number,
  height: number,
  keySide: number,
): Rgb {
  const onPaper = (kind: Paper) => paper(random, width, height, kind, keySide);
  switch (style) {
    case "corporate-grey": {
      const level = between(random, 0.34, 0.44);
      const cool = between(random, 0.98, 1.07);
      return onPaper({
        light: [level, (level * (1 + cool)) / 2, level * cool],
        corner: 0.34,
        reach: 0.75,
        mottle: 0.06,
      });
    }
    case "corporate-white":
      return onPaper({
        light: [1.5, 1.51, 1.53],
        corner: between(random, 0.52, 0.62),
        reach: 1.1,
        mottle: 0.01,
      });
    case "plain-white":
      return onPaper({ light: [1.6, 1.6, 1.6], corner: 1, reach: 1, mottle: 0 });
    case "creative-colour":
      return onPaper({ light: pick(random, COLOURS), corner: 0.3, reach: 0.7, mottle: 0.09 });
    case "black-white": {
      const level = between(random, 0.06, 0.1);
      return onPaper({ light: [level, level, level], corner: 0.2, reach: 0.6, mottle: 0.12 });
    }
    case "business-casual":
      return office(random, width, height, keySide);
    case "outdoor-park":
      return park(random, width, height, keySide);
    case "city":
      return city(random, width, height);
    default:
      return unreachable(style);
  }
}
