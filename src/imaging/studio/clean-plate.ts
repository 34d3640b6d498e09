import { plane, rgb, type Plane, type Rgb } from "./planes.ts";
import { halve, resize } from "./resample.ts";

/** Sides shorter than this end the pyramid. */
const SMALLEST = 4;

/**
 * The background as if nobody stood before it: pixels are believed as far as alpha leaves them alone, gaps are
 * filled from ever smaller sizes (pull-push).
 */
export function cleanPlate(picture: Rgb, alpha: Plane): Rgb {
  const { width, height } = picture;
  const trust = plane(width, height);
  for (let i = 0; i < trust.data.length; i++) trust.data[i] = Math.max(0, 1 - alpha.data[i]! * 1.6) ** 2;
  const out = rgb(width, height);
  for (const key of ["r", "g", "b"] as const) {
    out[key].set(pullPush({ width, height, data: picture[key] }, trust).data);
  }
  return out;
}

function pullPush(values: Plane, trust: Plane): Plane {
  const weighted = plane(values.width, values.height);
  for (let i = 0; i < weighted.data.length; i++) weighted.data[i] = values.data[i]! * trust.data[i]!;
  return fillLevel(weighted, trust);
}

function fillLevel(weighted: Plane, trust: Plane): Plane {
  const { width, height } = weighted;
  const out = plane(width, height);
  const last = Math.min(width, height) <= SMALLEST;
  const below = last ? null : resize(fillLevel(halve(weighted), halve(trust)), width, height);
  const mean = last ? total(weighted) / Math.max(total(trust), 1e-6) : 0;
  for (let i = 0; i < out.data.length; i++) {
    const believed = Math.min(1, trust.data[i]!);
    const guess = below ? below.data[i]! : mean;
    // Weighted holds value times trust already, so what is not trusted is taken from below.
    out.data[i] = weighted.data[i]! + (1 - believed) * guess;
  }
  return out;
}

function total(of: Plane): number {
  let sum = 0;
  for (const value of of.data) sum += value;
  return sum;
}
