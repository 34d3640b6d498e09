import { clouds } from "../noise.ts";
import type { Rgb } from "../planes.ts";
import { between, type Random } from "../random.ts";
import { develop, fill, layer, SCENE_HEIGHT, type Light } from "./scene.ts";

/** Seamless paper or painted canvas, lit by one lamp behind the sitter. */
export interface Paper {
  /** Linear light at the brightest place. */
  readonly light: Light;
  /** Light in the far corners as a share of the brightest, 1 = even. */
  readonly corner: number;
  /** How far the lamp's glow reaches, in frame heights. */
  readonly reach: number;
  /** Unevenness of the surface as a share of its light. */
  readonly mottle: number;
}

/** Draws the paper; the glow sits behind head and shoulders, a little away from the key light. */
export function paper(random: Random, width: number, height: number, kind: Paper, keySide: number): Rgb {
  const across = Math.round((SCENE_HEIGHT * width) / height);
  const scene = layer(across, SCENE_HEIGHT);
  const glowX = 0.5 - keySide * between(random, 0.04, 0.12);
  const glowY = between(random, 0.4, 0.56);
  const squeeze = between(random, 0.8, 0.95);
  const large = clouds(random, across, SCENE_HEIGHT, SCENE_HEIGHT / between(random, 2.2, 3.5), 4);
  const ratio = width / height;
  fill(scene, (x, y) => {
    const dx = ((x - glowX) * ratio) / squeeze;
    const dy = y - glowY;
    const distance = (dx * dx + dy * dy) / (kind.reach * kind.reach);
    // The inverse-square law of a lamp in front of a wall, so that it fades like one.
    const glow = 1 / (1 + distance) ** 2;
    const texture = large.data[index(x, across) + index(y, SCENE_HEIGHT) * across]!;
    const light = (kind.corner + (1 - kind.corner) * glow) * (1 + kind.mottle * texture);
    return [kind.light[0] * light, kind.light[1] * light, kind.light[2] * light];
  });
  return develop(scene, width, height);
}

function index(share: number, size: number): number {
  return Math.min(size - 1, Math.floor(share * size));
}
