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

interface Hour {
  readonly sky: readonly [Light, Light];
  readonly walls: readonly [Light, ...Light[]];
  readonly glass: Light;
  readonly lamp: Light;
  /** Share of windows with a lamp on. */
  readonly lit: number;
  readonly street: Light;
  readonly exposure: number;
}

const HOURS: readonly [Hour, ...Hour[]] = [
  {
    sky: [
      [0.95, 1.02, 1.1],
      [0.85, 0.88, 0.9],
    ],
    walls: [
      [0.33, 0.31, 0.29],
      [0.24, 0.25, 0.27],
      [0.4, 0.34, 0.27],
      [0.17, 0.19, 0.22],
    ],
    glass: [0.16, 0.2, 0.25],
    lamp: [1.6, 1.15, 0.65],
    lit: 0.03,
    street: [0.2, 0.2, 0.21],
    exposure: 0.95,
  },
  {
    sky: [
      [0.16, 0.24, 0.42],
      [0.5, 0.42, 0.4],
    ],
    walls: [
      [0.06, 0.07, 0.1],
      [0.09, 0.09, 0.12],
      [0.11, 0.09, 0.09],
    ],
    glass: [0.08, 0.11, 0.18],
    lamp: [2.4, 1.5, 0.7],
    lit: 0.16,
    street: [0.07, 0.07, 0.09],
    exposure: 1.15,
  },
];

/** A street between facades, far out of focus: overcast day or blue hour. */
export function city(random: Random, width: number, height: number): Rgb {
  const hour = pick(random, HOURS);
  const across = Math.round((SCENE_HEIGHT * width) / height);
  const wide = across / SCENE_HEIGHT;
  const gap = between(random, 0.35, 0.65) * wide;

  const scene = outOfFocus(farEnd(random, across, wide, hour, gap), 0.036);
  over(scene, outOfFocus(facades(random, across, wide, hour, gap), 0.031));
  over(scene, outOfFocus(streetLevel(random, across, wide, hour), 0.028));
  return develop(scene, width, height, hour.exposure);
}

function farEnd(random: Random, across: number, wide: number, hour: Hour, gap: number): Layer {
  const scene = layer(across, SCENE_HEIGHT);
  fill(scene, (_x, y) => mix(hour.sky[0], hour.sky[1], Math.min(1, y / 0.65)));
  for (let i = 0; i < 5; i++) {
    const w = between(random, 0.06, 0.14);
    const top = between(random, 0.2, 0.5);
    const haze = mix(pick(random, hour.walls), hour.sky[1], 0.45);
    building(random, scene, gap + between(random, -0.2, 0.16), top, w, 0.9 - top, haze, hour, 0.011);
  }
  rectangle(scene, 0, 0.8, wide, 0.3, hour.street);
  return scene;
}

function facades(random: Random, across: number, wide: number, hour: Hour, gap: number): Layer {
  const scene = layer(across, SCENE_HEIGHT);
  const opening = between(random, 0.1, 0.16);
  for (const side of [-1, 1]) {
    let edge = gap + side * opening;
    let top = between(random, 0.05, 0.25);
    while (edge > -0.3 && edge < wide + 0.3) {
      const w = between(random, 0.14, 0.3);
      const left = side < 0 ? edge - w : edge;
      building(
        random,
        scene,
        left,
        top,
        w,
        1.1 - top,
        pick(random, hour.walls),
        hour,
        between(random, 0.015, 0.024),
      );
      edge += side * w;
      top -= between(random, 0.1, 0.3);
    }
  }
  return scene;
}

function building(
  random: Random,
  scene: Layer,
  left: number,
  top: number,
  width: number,
  height: number,
  wall: Light,
  hour: Hour,
  pane: number,
): void {
  rectangle(scene, left, top, width, height, wall);
  const across = Math.max(2, Math.round(width / (pane * 1.9)));
  const stepX = width / across;
  const stepY = pane * between(random, 2.1, 2.6);
  for (let y = top + stepY * 0.4; y < top + height; y += stepY) {
    for (let i = 0; i < across; i++) {
      const lit = random() < hour.lit;
      const light = lit
        ? scale(hour.lamp, between(random, 0.4, 1.2))
        : scale(hour.glass, between(random, 0.6, 1.7));
      rectangle(scene, left + stepX * (i + 0.22), y, stepX * 0.56, stepY * 0.6, light, lit ? 1 : 0.85);
    }
  }
}

/** Shop windows, passers-by and lamps in the lower third. */
function streetLevel(random: Random, across: number, wide: number, hour: Hour): Layer {
  const scene = layer(across, SCENE_HEIGHT);
  for (let x = 0; x < wide; x += between(random, 0.07, 0.16)) {
    const shop = scale(hour.lamp, between(random, 0.15, 0.55));
    if (random() < 0.55)
      rectangle(scene, x, between(random, 0.66, 0.72), between(random, 0.05, 0.1), 0.1, shop, 0.8);
  }
  for (let i = 0; i < 9; i++) {
    const tall = between(random, 0.1, 0.18);
    const coat = scale(pick(random, hour.walls), between(random, 0.25, 0.8));
    ellipse(scene, between(random, 0, wide), 0.84 - tall / 2, tall * 0.17, tall / 2, coat, 0.85);
  }
  const lamps = 8 + Math.floor(random() * 10);
  for (let i = 0; i < lamps; i++) {
    const red = random() < 0.25;
    const light: Light = red ? [2.2, 0.35, 0.2] : scale(hour.lamp, 1.6);
    const size = between(random, 0.004, 0.008);
    ellipse(
      scene,
      between(random, 0, wide),
      between(random, 0.5, 0.84),
      size,
      size,
      scale(light, between(random, 1, 3)),
      1,
    );
  }
  return scene;
}

function mix(a: Light, b: Light, t: number): Light {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

function scale(light: Light, by: number): Light {
  return [light[0] * by, light[1] * by, light[2] * by];
}
