import { softBlur } from "./box-filter.ts";
import { channels, clamp01, plane, rgb, type Plane, type Rgb } from "./planes.ts";
import { halve, resize } from "./resample.ts";

/** How the person is set into a backdrop. */
export interface Blend {
  /** Light of the backdrop that creeps round the outline, 0 to 1. */
  readonly wrap: number;
}

/** Person over backdrop; the backdrop's light wraps round the rim as it does before a bright wall. */
export function compose(person: Rgb, alpha: Plane, backdrop: Rgb, blend: Blend): Rgb {
  const { width, height } = person;
  const out = rgb(width, height);
  const rim = rimOf(alpha);
  const glow = channels(backdrop).map((data) => broad({ width, height, data }));
  const targets = channels(out);
  const people = channels(person);
  const backs = channels(backdrop);
  for (let c = 0; c < 3; c++) {
    const [o, f, b, g] = [targets[c]!, people[c]!, backs[c]!, glow[c]!];
    for (let p = 0; p < o.length; p++) {
      const a = alpha.data[p]!;
      if (a === 0) {
        o[p] = b[p]!;
        continue;
      }
      const own = clamp01(f[p]!);
      // Screen: light adds, it never darkens.
      const wrapped = own + blend.wrap * rim[p]! * g[p]! * (1 - own);
      o[p] = a * wrapped + (1 - a) * b[p]!;
    }
  }
  return out;
}

/** High just inside the outline, 0 deep inside. */
function rimOf(alpha: Plane): Float32Array {
  const blurred = broad(alpha);
  const out = plane(alpha.width, alpha.height).data;
  for (let p = 0; p < out.length; p++) out[p] = Math.max(0, 1 - blurred[p]!) * alpha.data[p]!;
  return out;
}

function broad(source: Plane): Float32Array {
  const small = halve(halve(source));
  const data = softBlur(small.data, small.width, small.height, source.height * 0.0035);
  return resize({ width: small.width, height: small.height, data }, source.width, source.height).data;
}
