import { boxFilter } from "./box-filter.ts";
import type { Plane, Rgb } from "./planes.ts";

/**
 * Guided filter with a colour guide (He, Sun, Tang, "Guided Image Filtering", 2010): the output is locally a
 * linear function of the guide, so edges of the guide become edges of the mask. `epsilon` is in squared 0..1 units.
 */
export function guidedFilter(guide: Rgb, mask: Plane, radius: number, epsilon: number): Plane {
  const { width, height } = guide;
  const size = width * height;
  const mean = (data: Float32Array) => boxFilter(data, width, height, radius);
  const product = new Float32Array(size);
  const meanOfProduct = (a: Float32Array, b: Float32Array) => {
    for (let i = 0; i < size; i++) product[i] = a[i]! * b[i]!;
    return mean(product);
  };
  const { r, g, b } = guide;
  const p = mask.data;
  const mr = mean(r);
  const mg = mean(g);
  const mb = mean(b);
  const mp = mean(p);
  const rr = meanOfProduct(r, r);
  const rg = meanOfProduct(r, g);
  const rb = meanOfProduct(r, b);
  const gg = meanOfProduct(g, g);
  const gb = meanOfProduct(g, b);
  const bb = meanOfProduct(b, b);
  const rp = meanOfProduct(r, p);
  const gp = meanOfProduct(g, p);
  const bp = meanOfProduct(b, p);
  for (let i = 0; i < size; i++) {
    const [ur, ug, ub, up] = [mr[i]!, mg[i]!, mb[i]!, mp[i]!];
    const s00 = rr[i]! - ur * ur + epsilon;
    const s01 = rg[i]! - ur * ug;
    const s02 = rb[i]! - ur * ub;
    const s11 = gg[i]! - ug * ug + epsilon;
    const s12 = gb[i]! - ug * ub;
    const s22 = bb[i]! - ub * ub + epsilon;
    const c0 = rp[i]! - ur * up;
    const c1 = gp[i]! - ug * up;
    const c2 = bp[i]! - ub * up;
    const i00 = s11 * s22 - s12 * s12;
    const i01 = s02 * s12 - s01 * s22;
    const i02 = s01 * s12 - s02 * s11;
    const i11 = s00 * s22 - s02 * s02;
    const i12 = s01 * s02 - s00 * s12;
    const i22 = s00 * s11 - s01 * s01;
    const inverse = 1 / (s00 * i00 + s01 * i01 + s02 * i02);
    const ar = (i00 * c0 + i01 * c1 + i02 * c2) * inverse;
    const ag = (i01 * c0 + i11 * c1 + i12 * c2) * inverse;
    const ab = (i02 * c0 + i12 * c1 + i22 * c2) * inverse;
    rp[i] = ar;
    gp[i] = ag;
    bp[i] = ab;
    mp[i] = up - ar * ur - ag * ug - ab * ub;
  }
  const ar = mean(rp);
  const ag = mean(gp);
  const ab = mean(bp);
  const offset = mean(mp);
  const data = product;
  for (let i = 0; i < size; i++) {
    const value = ar[i]! * r[i]! + ag[i]! * g[i]! + ab[i]! * b[i]! + offset[i]!;
    data[i] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
  return { width, height, data };
}
