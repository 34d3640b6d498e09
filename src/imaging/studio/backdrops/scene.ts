import { rgb, type Rgb } from "../planes.ts";
import { resizeRgb } from "../resample.ts";
import { toDisplay } from "../tone.ts";

/** Linear light, may exceed 1: lamps and sky keep their power until the lens has spread them. */
export type Light = readonly [number, number, number];

/** One depth of a scene: premultiplied linear light and cover. Coordinates of shapes are shares of the height. */
export interface Layer {
  readonly width: number;
  readonly height: number;
  readonly r: Float32Array;
  readonly g: Float32Array;
  readonly b: Float32Array;
  readonly a: Float32Array;
}

/** Scenes are drawn small: behind a portrait lens nothing finer than this survives. */
export const SCENE_HEIGHT = 400;

export function layer(width: number, height: number): Layer {
  const size = width * height;
  return {
    width,
    height,
    r: new Float32Array(size),
    g: new Float32Array(size),
    b: new Float32Array(size),
    a: new Float32Array(size),
  };
}

/** Covers every pixel with a colour chosen by position (0..1 across, 0..1 down). */
export function fill(target: Layer, colour: (x: number, y: number) => Light): void {
  for (let y = 0; y < target.height; y++) {
    for (let x = 0; x < target.width; x++) {
      set(target, y * target.width + x, colour((x + 0.5) / target.width, (y + 0.5) / target.height), 1);
    }
  }
}

/** A filled rectangle; all four numbers in shares of the scene's height. */
export function rectangle(
  target: Layer,
  left: number,
  top: number,
  width: number,
  height: number,
  light: Light,
  cover = 1,
): void {
  const unit = target.height;
  const x1 = Math.min(target.width, Math.round((left + width) * unit));
  const y1 = Math.min(target.height, Math.round((top + height) * unit));
  for (let y = Math.max(0, Math.round(top * unit)); y < y1; y++) {
    for (let x = Math.max(0, Math.round(left * unit)); x < x1; x++) {
      set(target, y * target.width + x, light, cover);
    }
  }
}

/** A filled ellipse, turned by `angle` radians; sizes in shares of the scene's height. */
export function ellipse(
  target: Layer,
  x: number,
  y: number,
  radiusX: number,
  radiusY: number,
  light: Light,
  cover = 1,
  angle = 0,
): void {
  const unit = target.height;
  const reach = Math.max(radiusX, radiusY) * unit + 1;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const centreX = x * unit;
  const centreY = y * unit;
  const bottom = Math.min(target.height - 1, Math.ceil(centreY + reach));
  const right = Math.min(target.width - 1, Math.ceil(centreX + reach));
  for (let py = Math.max(0, Math.floor(centreY - reach)); py <= bottom; py++) {
    for (let px = Math.max(0, Math.floor(centreX - reach)); px <= right; px++) {
      const dx = (px + 0.5 - centreX) / unit;
      const dy = (py + 0.5 - centreY) / unit;
      const u = (dx * cos + dy * sin) / radiusX;
      const v = (dy * cos - dx * sin) / radiusY;
      if (u * u + v * v <= 1) set(target, py * target.width + px, light, cover);
    }
  }
}

function set(target: Layer, p: number, light: Light, cover: number): void {
  const keep = 1 - cover;
  target.r[p] = target.r[p]! * keep + light[0] * cover;
  target.g[p] = target.g[p]! * keep + light[1] * cover;
  target.b[p] = target.b[p]! * keep + light[2] * cover;
  target.a[p] = target.a[p]! * keep + cover;
}

/** What a wide-open lens makes of an out-of-focus layer: every point becomes a disc. Radius in shares of the height. */
export function outOfFocus(source: Layer, radius: number): Layer {
  const r = radius * source.height;
  const through = (data: Float32Array) => discBlur(data, source.width, source.height, r);
  return {
    width: source.width,
    height: source.height,
    r: through(source.r),
    g: through(source.g),
    b: through(source.b),
    a: through(source.a),
  };
}

/** Mean over a disc, cut at the picture's edge. */
export function discBlur(source: Float32Array, width: number, height: number, radius: number): Float32Array {
  const r = Math.floor(radius);
  if (r < 1) return source.slice();
  const half = Array.from({ length: 2 * r + 1 }, (_, i) =>
    Math.floor(Math.sqrt(Math.max(0, radius * radius - (i - r) * (i - r)))),
  );
  const stride = width + 1;
  const running = new Float64Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      running[y * stride + x + 1] = running[y * stride + x]! + source[y * width + x]!;
    }
  }
  const out = new Float32Array(source.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let count = 0;
      for (let dy = -r; dy <= r; dy++) {
        const row = y + dy;
        if (row < 0 || row >= height) continue;
        const reach = half[dy + r]!;
        const from = x - reach < 0 ? 0 : x - reach;
        const to = x + reach + 1 > width ? width : x + reach + 1;
        sum += running[row * stride + to]! - running[row * stride + from]!;
        count += to - from;
      }
      out[y * width + x] = sum / count;
    }
  }
  return out;
}

/** Puts `front` over `back`, in place. */
export function over(back: Layer, front: Layer): void {
  for (let p = 0; p < back.a.length; p++) {
    const through = 1 - front.a[p]!;
    back.r[p] = front.r[p]! + back.r[p]! * through;
    back.g[p] = front.g[p]! + back.g[p]! * through;
    back.b[p] = front.b[p]! + back.b[p]! * through;
    back.a[p] = front.a[p]! + back.a[p]! * through;
  }
}

/** Exposes a scene to display values at the wanted size, highlights rolled off as film does. */
export function develop(scene: Layer, width: number, height: number, exposure = 1): Rgb {
  const small = rgb(scene.width, scene.height);
  for (let p = 0; p < scene.a.length; p++) {
    small.r[p] = expose(scene.r[p]! * exposure);
    small.g[p] = expose(scene.g[p]! * exposure);
    small.b[p] = expose(scene.b[p]! * exposure);
  }
  return resizeRgb(small, width, height);
}

/** Straight up to half the range, then bending towards white. */
function expose(light: number): number {
  const knee = 0.5;
  const held = light <= knee ? light : knee + (1 - knee) * (1 - Math.exp(-(light - knee) / (1 - knee)));
  return toDisplay(held);
}
