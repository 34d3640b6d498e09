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

/** A bright office with daylight from the key side: windows, glass walls, desks, a plant, pendant lamps. */
export function office(random: Random, width: number, height: number, keySide: number): Rgb {
  const across = Math.round((SCENE_HEIGHT * width) / height);
  const wide = across / SCENE_HEIGHT;
  // Drawn with the windows on the left, mirrored at the end when the light comes from the right.
  const scene = outOfFocus(room(random, across, wide), 0.036);
  over(scene, outOfFocus(furniture(random, across, wide), 0.029));
  over(scene, outOfFocus(plants(random, across, wide), 0.03));
  return develop(keySide > 0 ? mirrored(scene) : scene, width, height, between(random, 0.9, 1.02));
}

function room(random: Random, across: number, wide: number): Layer {
  const scene = layer(across, SCENE_HEIGHT);
  const wall = pick<Light>(random, [
    [0.5, 0.48, 0.45],
    [0.45, 0.47, 0.48],
    [0.52, 0.47, 0.4],
  ]);
  fill(scene, (x, y) => {
    const light = 1.12 - 0.55 * x - 0.18 * y;
    return [wall[0] * light, wall[1] * light, wall[2] * light];
  });
  // Ceiling with its light panels.
  rectangle(scene, 0, 0, wide, between(random, 0.07, 0.12), [0.55, 0.55, 0.55], 0.8);
  for (let i = 0; i < 3; i++) {
    rectangle(scene, between(random, 0.1, wide), between(random, 0.01, 0.07), 0.12, 0.012, [2.2, 2.1, 1.95]);
  }
  const panes = 2 + Math.floor(random() * 2);
  const paneWidth = between(random, 0.13, 0.19);
  const top = between(random, 0.1, 0.16);
  const sill = between(random, 0.6, 0.7);
  for (let i = 0; i < panes; i++) {
    const left = -0.04 + i * (paneWidth + 0.02);
    rectangle(scene, left, top, paneWidth, sill - top, [1.25, 1.32, 1.4]);
    for (let k = 0; k < 9; k++) {
      const skyline = between(random, 0.05, 0.22);
      const light: Light = random() < 0.5 ? [0.62, 0.72, 0.55] : [0.75, 0.76, 0.78];
      const w = between(random, 0.03, 0.07);
      rectangle(scene, left + between(random, 0, paneWidth - w), sill - skyline, w, skyline, light, 0.7);
    }
    rectangle(scene, left + paneWidth, top, 0.018, sill - top, [0.2, 0.2, 0.2]);
  }
  // Far shelves on the shaded side.
  const shelfLeft = wide * between(random, 0.68, 0.8);
  for (let y = 0.26; y < 0.64; y += 0.085) {
    rectangle(scene, shelfLeft, y, 0.4, 0.072, [0.24, 0.19, 0.14], 0.85);
    for (let x = shelfLeft; x < wide; x += between(random, 0.012, 0.03)) {
      const tall = between(random, 0.03, 0.06);
      const back = pick<Light>(random, [
        [0.5, 0.46, 0.4],
        [0.12, 0.2, 0.28],
        [0.4, 0.18, 0.12],
        [0.6, 0.58, 0.55],
        [0.14, 0.22, 0.16],
      ]);
      rectangle(scene, x, y + 0.07 - tall, 0.014, tall, back, 0.9);
    }
  }
  return scene;
}

function furniture(random: Random, across: number, wide: number): Layer {
  const scene = layer(across, SCENE_HEIGHT);
  const floor = between(random, 0.86, 0.92);
  rectangle(scene, 0, floor, wide, 0.2, [0.26, 0.23, 0.2], 0.9);
  const desk = between(random, 0.72, 0.78);
  const wood = pick<Light>(random, [
    [0.38, 0.27, 0.17],
    [0.5, 0.45, 0.39],
    [0.24, 0.17, 0.11],
  ]);
  rectangle(scene, between(random, -0.1, 0.1), desk, between(random, 0.4, 0.9), 0.028, wood);
  rectangle(scene, between(random, 0.3, 0.5), desk + 0.05, 0.5, 0.03, wood);
  for (let i = 0; i < 3; i++) {
    const left = between(random, 0, wide - 0.1);
    rectangle(scene, left, desk - 0.085, 0.11, 0.07, [0.05, 0.055, 0.065], 0.92);
    rectangle(scene, left + 0.048, desk - 0.02, 0.012, 0.022, [0.08, 0.08, 0.08]);
  }
  for (let i = 0; i < 3; i++) {
    const chair = between(random, 0, wide);
    ellipse(scene, chair, desk + 0.04, 0.04, 0.06, [0.09, 0.1, 0.12], 0.9);
  }
  // A glass wall's frame.
  if (random() < 0.7) {
    const frame = between(random, 0.55, 0.75) * wide;
    rectangle(scene, frame, 0.05, 0.012, 0.85, [0.1, 0.1, 0.11], 0.9);
    rectangle(scene, frame - 0.3, 0.16, 0.3, 0.01, [0.1, 0.1, 0.11], 0.9);
  }
  const lamps = 2 + Math.floor(random() * 3);
  for (let i = 0; i < lamps; i++) {
    const x = between(random, 0.3, 1) * wide;
    const y = between(random, 0.16, 0.3);
    ellipse(scene, x, y, 0.008, 0.008, [9, 6.4, 3.6]);
  }
  return scene;
}

function plants(random: Random, across: number, wide: number): Layer {
  const scene = layer(across, SCENE_HEIGHT);
  const spots = 1 + Math.floor(random() * 2);
  for (let s = 0; s < spots; s++) {
    const x = s === 0 ? between(random, 0.02, 0.16) : wide - between(random, 0.02, 0.16);
    const y = between(random, 0.56, 0.7);
    for (let i = 0; i < 34; i++) {
      const angle = between(random, -2.8, -0.3);
      const reach = between(random, 0.03, 0.14);
      const light: Light = random() < 0.35 ? [0.3, 0.4, 0.16] : [0.07, 0.13, 0.05];
      ellipse(
        scene,
        x + Math.cos(angle) * reach,
        y + Math.sin(angle) * reach,
        0.032,
        0.011,
        light,
        0.92,
        angle + between(random, -0.4, 0.4),
      );
    }
    rectangle(scene, x - 0.035, y, 0.07, 0.09, [0.42, 0.4, 0.37]);
  }
  return scene;
}

function mirrored(scene: Layer): Layer {
  const flip = (data: Float32Array) => {
    const out = new Float32Array(data.length);
    for (let y = 0; y < scene.height; y++) {
      const row = y * scene.width;
      for (let x = 0; x < scene.width; x++) out[row + x] = data[row + scene.width - 1 - x]!;
    }
    return out;
  };
  return { ...scene, r: flip(scene.r), g: flip(scene.g), b: flip(scene.b), a: flip(scene.a) };
}
