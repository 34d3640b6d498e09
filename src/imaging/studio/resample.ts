import { plane, rgb, type Plane, type Rgb } from "./planes.ts";

/** Half the size, each pixel the mean of two by two; an odd last row or column is repeated. */
export function halve(source: Plane): Plane {
  const width = (source.width + 1) >> 1;
  const height = (source.height + 1) >> 1;
  const out = plane(width, height);
  for (let y = 0; y < height; y++) {
    const upper = 2 * y * source.width;
    const lower = Math.min(2 * y + 1, source.height - 1) * source.width;
    for (let x = 0; x < width; x++) {
      const left = 2 * x;
      const right = Math.min(left + 1, source.width - 1);
      out.data[y * width + x] =
        (source.data[upper + left]! +
          source.data[upper + right]! +
          source.data[lower + left]! +
          source.data[lower + right]!) /
        4;
    }
  }
  return out;
}

export function halveRgb(source: Rgb): Rgb {
  const { width, height } = source;
  const [r, g, b] = [source.r, source.g, source.b].map((data) => halve({ width, height, data }));
  return { width: r!.width, height: r!.height, r: r!.data, g: g!.data, b: b!.data };
}

/** Bilinear read of `source` at any window of it, edges repeated: out pixel (x, y) looks at (left + x * step, ...). */
export function sample(
  source: Plane,
  window: { readonly left: number; readonly top: number; readonly stepX: number; readonly stepY: number },
  width: number,
  height: number,
): Plane {
  const out = plane(width, height);
  const from = new Int32Array(width);
  const to = new Int32Array(width);
  const part = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const at = Math.min(Math.max(window.left + (x + 0.5) * window.stepX - 0.5, 0), source.width - 1);
    from[x] = Math.floor(at);
    to[x] = Math.min(from[x]! + 1, source.width - 1);
    part[x] = at - from[x]!;
  }
  for (let y = 0; y < height; y++) {
    const at = Math.min(Math.max(window.top + (y + 0.5) * window.stepY - 0.5, 0), source.height - 1);
    const upper = Math.floor(at) * source.width;
    const lower = Math.min(Math.floor(at) + 1, source.height - 1) * source.width;
    const down = at - Math.floor(at);
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const a = source.data[upper + from[x]!]!;
      const b = source.data[upper + to[x]!]!;
      const c = source.data[lower + from[x]!]!;
      const d = source.data[lower + to[x]!]!;
      const top = a + (b - a) * part[x]!;
      out.data[row + x] = top + (c + (d - c) * part[x]! - top) * down;
    }
  }
  return out;
}

/** Bilinear resize of a whole plane. */
export function resize(source: Plane, width: number, height: number): Plane {
  return sample(
    source,
    { left: 0, top: 0, stepX: source.width / width, stepY: source.height / height },
    width,
    height,
  );
}

export function resizeRgb(source: Rgb, width: number, height: number): Rgb {
  const out = rgb(width, height);
  for (const key of ["r", "g", "b"] as const) {
    out[key].set(
      resize({ width: source.width, height: source.height, data: source[key] }, width, height).data,
    );
  }
  return out;
}
