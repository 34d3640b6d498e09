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

/** Where a sampled picture begins in its source and how far apart its pixels lie there. */
export interface SampleWindow {
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** Bilinear read of any window of `source`, edges repeated. Made for enlarging: it does not average. */
export function sample(source: Plane, window: SampleWindow, width: number, height: number): Plane {
  const out = plane(width, height);
  const columns = positions(window.left, window.stepX, width, source.width);
  const rows = positions(window.top, window.stepY, height, source.height);
  // Source rows already stretched to the new width; going down, each is needed many times.
  let upperRow = -1;
  let lowerRow = -1;
  let upper = new Float32Array(width);
  let lower = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    const from = rows.from[y]!;
    const to = Math.min(from + 1, source.height - 1);
    if (from !== upperRow) {
      if (from === lowerRow) [upper, lower] = [lower, upper];
      else stretch(source, from, columns, upper);
      lowerRow = -1;
      upperRow = from;
    }
    if (to !== lowerRow) {
      stretch(source, to, columns, lower);
      lowerRow = to;
    }
    const down = rows.part[y]!;
    const row = y * width;
    for (let x = 0; x < width; x++) out.data[row + x] = upper[x]! + (lower[x]! - upper[x]!) * down;
  }
  return out;
}

interface Positions {
  readonly from: Int32Array;
  readonly part: Float32Array;
}

function positions(start: number, step: number, count: number, size: number): Positions {
  const from = new Int32Array(count);
  const part = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const at = Math.min(Math.max(start + (i + 0.5) * step - 0.5, 0), size - 1);
    from[i] = Math.floor(at);
    part[i] = at - from[i]!;
  }
  return { from, part };
}

function stretch(source: Plane, row: number, columns: Positions, into: Float32Array): void {
  const start = row * source.width;
  const last = source.width - 1;
  for (let x = 0; x < into.length; x++) {
    const from = columns.from[x]!;
    const a = source.data[start + from]!;
    const b = source.data[start + (from < last ? from + 1 : last)]!;
    into[x] = a + (b - a) * columns.part[x]!;
  }
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
