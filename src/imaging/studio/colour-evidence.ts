import { boxFilter } from "./box-filter.ts";
import { nearestMarked } from "./distance.ts";
import { clamp01, type Plane, type Rgb } from "./planes.ts";
import type { Trimap } from "./trimap.ts";

export interface Evidence {
  /** Alpha as the colours nearby explain the pixel best. */
  readonly expected: Float32Array;
  /** How much to believe it: high where a mixture of one near person colour and one near background colour fits. */
  readonly belief: Float32Array;
}

/** Squared colour distance at which two colours begin to tell person from background. */
const TELLING = 0.012;
/** Squared misfit at which a mixture stops being believable. */
const MISFIT = 0.0012;
/** Squared misfit that contradicting the mask costs: colours must speak clearly to overrule it. */
const DISSENT = 0.02;
/** A pixel this near to one sure colour needs no mixture. */
const PLAIN = 0.0015;
/** Rings of places to look for samples, in units of `reach`: the background varies more and is seen wider. */
const NEAR_PERSON = [
  { radius: 0.5, count: 4 },
  { radius: 1, count: 6 },
];
const NEAR_GROUND = [
  { radius: 0.5, count: 4 },
  { radius: 1.2, count: 8 },
  { radius: 2.4, count: 8 },
];
const BELIEF = { least: 0.02, most: 0.1 };

/**
 * For every unknown pixel tries pairs of sure person and sure background colours from around it and keeps the pair
 * whose mixture explains it best (after Wang and Cohen, "Optimized Color Sampling for Robust Matting", 2007). Where
 * the pair's colours are alike the answer leans to `prior`.
 */
export function colourEvidence(picture: Rgb, trimap: Trimap, prior: Plane, reach: number): Evidence {
  const { width, height } = picture;
  const size = width * height;
  const mark = (value: 0 | 1) => {
    const marked = new Uint8Array(size);
    for (let p = 0; p < size; p++) marked[p] = trimap.data[p] === value ? 1 : 0;
    return marked;
  };
  const person = nearestMarked(mark(1), width, height).index;
  const background = nearestMarked(mark(0), width, height).index;
  const smooth: Rgb = {
    width,
    height,
    r: boxFilter(picture.r, width, height, 1),
    g: boxFilter(picture.g, width, height, 1),
    b: boxFilter(picture.b, width, height, 1),
  };
  const nearPerson = rings(reach, NEAR_PERSON);
  const nearGround = rings(reach, NEAR_GROUND);
  const people = samples(nearPerson.length);
  const grounds = samples(nearGround.length);
  const expected = prior.data.slice();
  const belief = new Float32Array(size).fill(BELIEF.least);

  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      if (trimap.data[p] !== 0.5) continue;
      const likely = prior.data[p]!;
      const r = picture.r[p]!;
      const g = picture.g[p]!;
      const b = picture.b[p]!;
      gather(person, nearPerson, x, y, smooth, people);
      gather(background, nearGround, x, y, smooth, grounds);
      const asPerson = nearestColour(people, r, g, b) + DISSENT * (1 - likely) * (1 - likely);
      const asGround = nearestColour(grounds, r, g, b) + DISSENT * likely * likely;
      let least = Math.min(asPerson, asGround);
      let alpha = asPerson < asGround ? 1 : 0;
      if (least > PLAIN) {
        for (let i = 0; i < people.count; i++) {
          for (let j = 0; j < grounds.count; j++) {
            const br = grounds.r[j]!;
            const bg = grounds.g[j]!;
            const bb = grounds.b[j]!;
            const dr = people.r[i]! - br;
            const dg = people.g[i]! - bg;
            const db = people.b[i]! - bb;
            const apart = dr * dr + dg * dg + db * db;
            const along = (r - br) * dr + (g - bg) * dg + (b - bb) * db;
            const a = clamp01((along + TELLING * likely) / (apart + TELLING));
            const er = r - br - a * dr;
            const eg = g - bg - a * dg;
            const eb = b - bb - a * db;
            const misfit = er * er + eg * eg + eb * eb + DISSENT * (a - likely) * (a - likely);
            if (misfit < least) {
              least = misfit;
              alpha = a;
            }
          }
        }
      }
      expected[p] = alpha;
      belief[p] = BELIEF.least + (BELIEF.most - BELIEF.least) * Math.exp(-least / MISFIT);
    }
  }
  return { expected, belief };
}

/** Colours gathered for one pixel; filled anew for each, so that the loop makes no garbage. */
interface Samples {
  count: number;
  readonly at: Int32Array;
  readonly r: Float64Array;
  readonly g: Float64Array;
  readonly b: Float64Array;
}

function samples(most: number): Samples {
  return {
    count: 0,
    at: new Int32Array(most),
    r: new Float64Array(most),
    g: new Float64Array(most),
    b: new Float64Array(most),
  };
}

function nearestColour(among: Samples, r: number, g: number, b: number): number {
  let least = 3;
  for (let i = 0; i < among.count; i++) {
    const dr = r - among.r[i]!;
    const dg = g - among.g[i]!;
    const db = b - among.b[i]!;
    least = Math.min(least, dr * dr + dg * dg + db * db);
  }
  return least;
}

type Offset = readonly [dx: number, dy: number];

/** Where to look for samples: the pixel itself and rings round it. */
function rings(
  reach: number,
  kinds: readonly { readonly radius: number; readonly count: number }[],
): Offset[] {
  const out: Offset[] = [[0, 0]];
  for (const { radius, count } of kinds) {
    for (let i = 0; i < count; i++) {
      const angle = ((i + radius) * 2 * Math.PI) / count;
      out.push([Math.round(Math.cos(angle) * reach * radius), Math.round(Math.sin(angle) * reach * radius)]);
    }
  }
  return out;
}

/** Collects the distinct sure colours nearest to the places looked at. */
function gather(
  nearest: Int32Array,
  around: readonly Offset[],
  x: number,
  y: number,
  colours: Rgb,
  into: Samples,
): void {
  into.count = 0;
  for (const [dx, dy] of around) {
    const px = x + dx;
    const py = y + dy;
    if (px < 0 || py < 0 || px >= colours.width || py >= colours.height) continue;
    const found = nearest[py * colours.width + px]!;
    if (found < 0) continue;
    let known = false;
    for (let k = 0; k < into.count && !known; k++) known = into.at[k] === found;
    if (known) continue;
    into.at[into.count] = found;
    into.r[into.count] = colours.r[found]!;
    into.g[into.count] = colours.g[found]!;
    into.b[into.count] = colours.b[found]!;
    into.count++;
  }
}
