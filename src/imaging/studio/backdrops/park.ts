import { clouds } from "../noise.ts";
import type { Rgb } from "../planes.ts";
import { between, pick, type Random } from "../random.ts";
import {
  develop,
  ellipse,
  fill,
  layer,
  outOfFocus,
  over,
  rectangle,
  SCENE_HEIGHT,
  type Layer,
  type Light,
} from "./scene.ts";

interface Season {
  readonly leaf: Light;
  readonly sunlit: Light;
  readonly grass: Light;
  readonly sky: Light;
}

const SEASONS: readonly [Season, ...Season[]] = [
  { leaf: [0.075, 0.12, 0.035], sunlit: [0.36, 0.42, 0.12], grass: [0.2, 0.26, 0.09], sky: [1.5, 1.6, 1.5] },
  { leaf: [0.06, 0.1, 0.05], sunlit: [0.24, 0.33, 0.14], grass: [0.15, 0.21, 0.09], sky: [1.3, 1.5, 1.6] },
  { leaf: [0.11, 0.12, 0.04], sunlit: [0.5, 0.42, 0.13], grass: [0.25, 0.26, 0.1], sky: [1.7, 1.6, 1.3] },
];

/** Trees far out of focus in open shade: sunlit leaves and gaps of sky behind, lawn below. */
export function park(random: Random, width: number, height: number, keySide: number): Rgb {
  const season = pick(random, SEASONS);
  const across = Math.round((SCENE_HEIGHT * width) / height);
  const wide = across / SCENE_HEIGHT;
  const horizon = between(random, 0.68, 0.78);

  const scene = outOfFocus(distance(random, across, wide, season, horizon, keySide), 0.032);
  over(scene, outOfFocus(trunks(random, across, wide, season, horizon), between(random, 0.02, 0.028)));
  over(scene, outOfFocus(canopy(random, across, wide, season), 0.042));
  return develop(scene, width, height, between(random, 0.92, 1.05));
}

function distance(
  random: Random,
  across: number,
  wide: number,
  season: Season,
  horizon: number,
  keySide: number,
): Layer {
  const scene = layer(across, SCENE_HEIGHT);
  const density = clouds(random, across, SCENE_HEIGHT, 150, 4);
  fill(scene, (x, y) => {
    const lit = 0.5 + 0.5 * (x - 0.5) * 2 * keySide;
    if (y > horizon) {
      const near = (y - horizon) / (1 - horizon);
      return scale(season.grass, 1.15 - 0.5 * near);
    }
    return mix(season.leaf, season.sunlit, 0.25 + 0.35 * lit * (1 - y));
  });
  const at = (x: number, y: number) => {
    const column = Math.min(across - 1, Math.max(0, Math.round(x * SCENE_HEIGHT)));
    const row = Math.min(SCENE_HEIGHT - 1, Math.max(0, Math.round(y * SCENE_HEIGHT)));
    return density.data[row * across + column]!;
  };
  for (let i = 0; i < 900; i++) {
    const x = between(random, -0.05, wide + 0.05);
    const y = between(random, -0.05, horizon + 0.02);
    const sunny = at(x, y) + between(random, -0.3, 0.3) + 0.25 * keySide * (x / wide - 0.5);
    const light =
      sunny > 0.1
        ? mix(season.leaf, season.sunlit, Math.min(1, 0.5 + sunny))
        : scale(season.leaf, 0.6 + sunny);
    const size = between(random, 0.008, 0.035);
    ellipse(scene, x, y, size, size * between(random, 0.5, 1), light, 0.8, between(random, 0, 3));
  }
  // Gaps of sky where the leaves are thin: these become the bright discs.
  for (let i = 0; i < 260; i++) {
    const x = between(random, 0, wide);
    const y = between(random, 0, horizon * 0.75);
    if (at(x, y) < 0.12 + y * 0.5) continue;
    const size = between(random, 0.003, 0.011);
    ellipse(scene, x, y, size, size, scale(season.sky, between(random, 0.8, 2.4)), 0.95);
  }
  // Sun patches on the lawn.
  for (let i = 0; i < 26; i++) {
    const y = between(random, horizon, 1);
    const reach = between(random, 0.03, 0.16);
    ellipse(
      scene,
      between(random, 0, wide),
      y,
      reach,
      reach * 0.16,
      scale(season.sunlit, between(random, 0.6, 1.1)),
      0.6,
    );
  }
  return scene;
}

function trunks(random: Random, across: number, wide: number, season: Season, horizon: number): Layer {
  const scene = layer(across, SCENE_HEIGHT);
  const count = 2 + Math.floor(random() * 3);
  for (let i = 0; i < count; i++) {
    const thick = between(random, 0.012, 0.05);
    const x = between(random, 0, wide);
    const foot = horizon + between(random, -0.02, 0.08);
    const bark: Light = mix([0.06, 0.05, 0.04], season.leaf, 0.35);
    let lean = x;
    for (let y = foot; y > -0.05; y -= 0.01) {
      lean += between(random, -0.002, 0.002);
      rectangle(scene, lean - thick / 2, y, thick * 0.55, 0.012, bark, 0.85);
      rectangle(scene, lean + thick * 0.05, y, thick * 0.45, 0.012, scale(bark, 1.9), 0.85);
    }
  }
  return scene;
}

/** A few branches hanging into the frame from above, nearer than the rest. */
function canopy(random: Random, across: number, wide: number, season: Season): Layer {
  const scene = layer(across, SCENE_HEIGHT);
  const side = random() < 0.5 ? 0 : wide;
  for (let i = 0; i < 60; i++) {
    const along = random() ** 1.5;
    const x = side + (side === 0 ? 1 : -1) * along * wide * 0.7;
    const y = between(random, -0.06, 0.2) * (1 - along);
    const size = between(random, 0.02, 0.05);
    const light = random() < 0.4 ? scale(season.sunlit, 0.8) : scale(season.leaf, 1.2);
    ellipse(scene, x, y, size, size * 0.6, light, 0.9, between(random, 0, 3));
  }
  return scene;
}

function mix(a: Light, b: Light, t: number): Light {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

function scale(light: Light, by: number): Light {
  return [light[0] * by, light[1] * by, light[2] * by];
}
