import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxFilter, softBlur } from "../../src/imaging/studio/box-filter.ts";
import { cleanPlate } from "../../src/imaging/studio/clean-plate.ts";
import { componentAt } from "../../src/imaging/studio/component.ts";
import { planCrop } from "../../src/imaging/studio/crop-plan.ts";
import { nearestMarked } from "../../src/imaging/studio/distance.ts";
import { splitLayers } from "../../src/imaging/studio/foreground.ts";
import type { FaceGeometry } from "../../src/imaging/studio/geometry.ts";
import { opened } from "../../src/imaging/studio/morphology.ts";
import { plane, rgb, type Rgb } from "../../src/imaging/studio/planes.ts";
import { randomFrom } from "../../src/imaging/studio/random.ts";
import { resize } from "../../src/imaging/studio/resample.ts";
import { fromLab, toLab } from "../../src/imaging/studio/skin-tone.ts";
import type { Silhouette } from "../../src/imaging/studio/silhouette.ts";
import { solveAlpha } from "../../src/imaging/studio/solve-alpha.ts";
import { toDisplay, toLinear } from "../../src/imaging/studio/tone.ts";

const size = fc.record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }) });
const picture = size.chain(({ width, height }) =>
  fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: width * height,
      maxLength: width * height,
    })
    .map((values) => ({ width, height, data: Float32Array.from(values) })),
);
const unit = fc.double({ min: 0, max: 1, noNaN: true });

/** A dark disc (the person) on a light ground, its rim mixed over a few pixels. */
function disc(side: number, radius: number): { picture: Rgb; alpha: Float32Array } {
  const alpha = new Float32Array(side * side);
  const out = rgb(side, side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const p = y * side + x;
      const distance = Math.hypot(x - side / 2, y - side / 2);
      const a = Math.min(1, Math.max(0, (radius + 2 - distance) / 4));
      alpha[p] = a;
      out.r[p] = 0.15 * a + 0.8 * (1 - a);
      out.g[p] = 0.1 * a + 0.85 * (1 - a);
      out.b[p] = 0.08 * a + 0.9 * (1 - a);
    }
  }
  return { picture: out, alpha };
}

function meanError(a: Float32Array, b: Float32Array, where: (p: number) => boolean): number {
  let sum = 0;
  let count = 0;
  for (let p = 0; p < a.length; p++) {
    if (!where(p)) continue;
    sum += Math.abs(a[p]! - b[p]!);
    count++;
  }
  return sum / count;
}

describe("the box filter", () => {
  it("equals the plain mean of what lies in the window", () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 0, max: 30 }), ({ width, height, data }, radius) => {
        const out = boxFilter(data, width, height, radius);
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            let sum = 0;
            let count = 0;
            for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
              for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
                sum += data[v * width + u]!;
                count++;
              }
            }
            expect(out[y * width + x]).toBeCloseTo(sum / count, 4);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps an even plane even, however often it is blurred", () => {
    fc.assert(
      fc.property(
        size,
        unit,
        fc.double({ min: 0.5, max: 9, noNaN: true }),
        ({ width, height }, value, sigma) => {
          const out = softBlur(plane(width, height, value).data, width, height, sigma);
          for (const blurred of out) expect(blurred).toBeCloseTo(value, 4);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("resizing and opening", () => {
  it("never leaves the range of what it was given", () => {
    fc.assert(
      fc.property(picture, size, fc.integer({ min: 0, max: 4 }), (source, to, radius) => {
        const [low, high] = [Math.min(...source.data), Math.max(...source.data)];
        for (const value of resize(source, to.width, to.height).data) {
          expect(value).toBeGreaterThanOrEqual(low - 1e-6);
          expect(value).toBeLessThanOrEqual(high + 1e-6);
        }
        opened(source, radius).data.forEach((value, p) => expect(value).toBeLessThanOrEqual(source.data[p]!));
      }),
      { numRuns: 60 },
    );
  });

  it("opens away a strand and keeps a patch", () => {
    const source = plane(20, 20);
    for (let y = 0; y < 20; y++) source.data[y * 20 + 3] = 1;
    for (let y = 8; y < 16; y++) source.data.fill(1, y * 20 + 9, y * 20 + 17);
    const out = opened(source, 2);
    expect(out.data[10 * 20 + 3]).toBe(0);
    expect(out.data[12 * 20 + 12]).toBe(1);
  });
});

describe("the nearest marked pixel", () => {
  it("is marked, and about as far away as said", () => {
    const marks = size.chain(({ width, height }) =>
      fc
        .array(fc.boolean(), { minLength: width * height, maxLength: width * height })
        .map((on) => ({ width, height, on })),
    );
    fc.assert(
      fc.property(marks, ({ width, height, on }) => {
        const { distance, index } = nearestMarked(Uint8Array.from(on, Number), width, height);
        const marked = on.flatMap((is, p) => (is ? [p] : []));
        for (let p = 0; p < on.length; p++) {
          if (marked.length === 0) {
            expect(index[p]).toBe(-1);
            continue;
          }
          const apart = (q: number) =>
            Math.hypot((p % width) - (q % width), Math.floor(p / width) - Math.floor(q / width));
          expect(on[index[p]!]).toBe(true);
          const nearest = Math.min(...marked.map(apart));
          expect(distance[p]).toBeGreaterThanOrEqual(nearest * 0.93);
          expect(distance[p]).toBeLessThanOrEqual(nearest * 1.1 + 1e-6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("takes only what hangs together with the seed", () => {
    const inside = Uint8Array.from([1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1]);
    expect([...componentAt(inside, 4, 3, 0)]).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...componentAt(inside, 4, 3, 3)]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1]);
    expect(componentAt(inside, 4, 3, 2).every((value) => value === 0)).toBe(true);
  });
});

describe("the matte", () => {
  const side = 48;
  const { picture: seen, alpha } = disc(side, 15);
  const known = alpha.map((_, p) => {
    const distance = Math.hypot((p % side) - side / 2, Math.floor(p / side) - side / 2);
    return distance < 10 ? 1 : distance > 20 ? 0 : 0.5;
  });
  const unknown = Uint8Array.from(known, (value) => (value === 0.5 ? 1 : 0));
  const nothing = new Float32Array(side * side);
  const solved = solveAlpha({
    picture: seen,
    unknown,
    start: known,
    expected: nothing,
    belief: nothing,
    epsilon: 1e-6,
    iterations: 120,
  });

  it("finds a soft edge from the colours alone and leaves the known alone", () => {
    expect(meanError(solved, alpha, (p) => unknown[p] === 1)).toBeLessThan(0.03);
    for (let p = 0; p < solved.length; p++) if (!unknown[p]) expect(solved[p]).toBe(known[p]);
  });

  it("stays between 0 and 1 on any picture", () => {
    const noisy = fc.array(unit, { minLength: 3 * 144, maxLength: 3 * 144 });
    fc.assert(
      fc.property(noisy, (values) => {
        const any: Rgb = {
          width: 12,
          height: 12,
          r: Float32Array.from(values.slice(0, 144)),
          g: Float32Array.from(values.slice(144, 288)),
          b: Float32Array.from(values.slice(288)),
        };
        const middle = new Uint8Array(144);
        for (let y = 2; y < 10; y++) middle.fill(1, y * 12 + 2, y * 12 + 10);
        const start = plane(12, 12).data;
        start.fill(1, 72);
        const belief = plane(12, 12, 0.01).data;
        const out = solveAlpha({
          picture: any,
          unknown: middle,
          start,
          expected: start,
          belief,
          epsilon: 1e-6,
          iterations: 30,
        });
        for (const value of out) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("gives the edge back the person's colour, without the ground that shone through", () => {
    const { foreground } = splitLayers(seen, { width: side, height: side, data: alpha });
    const edge = (p: number) => alpha[p]! > 0.2 && alpha[p]! < 0.9;
    const person = plane(side, side, 0.15).data;
    expect(meanError(foreground.r, person, edge)).toBeLessThan(0.03);
    expect(meanError(seen.r, person, edge)).toBeGreaterThan(0.2);
  });

  it("fills the place of the person from what is around", () => {
    const plate = cleanPlate(seen, { width: side, height: side, data: alpha });
    expect(meanError(plate.r, plane(side, side, 0.8).data, () => true)).toBeLessThan(0.05);
  });
});

describe("colours", () => {
  it("go to linear light and to Lab and come back", () => {
    fc.assert(
      fc.property(unit, unit, unit, (r, g, b) => {
        expect(toDisplay(toLinear(r))).toBeCloseTo(r, 2);
        const [r2, g2, b2] = fromLab(toLab([r, g, b]));
        expect(r2).toBeCloseTo(r, 3);
        expect(g2).toBeCloseTo(g, 3);
        expect(b2).toBeCloseTo(b, 3);
      }),
    );
  });
});

describe("chance", () => {
  it("is the same for the same seed and purpose, and another for another", () => {
    const draw = (seed: number, purpose: string) => Array.from({ length: 8 }, randomFrom(seed, purpose));
    expect(draw(7, "city")).toEqual(draw(7, "city"));
    expect(draw(7, "city")).not.toEqual(draw(8, "city"));
    expect(draw(7, "city")).not.toEqual(draw(7, "park"));
    for (const value of draw(7, "city")) expect(value >= 0 && value < 1).toBe(true);
  });
});

describe("the crop", () => {
  const person = fc.record({
    width: fc.integer({ min: 300, max: 2000 }),
    height: fc.integer({ min: 300, max: 2000 }),
    x: fc.double({ min: 0.3, max: 0.7, noNaN: true }),
    y: fc.double({ min: 0.3, max: 0.6, noNaN: true }),
    face: fc.double({ min: 0.15, max: 0.35, noNaN: true }),
    leavesLeft: fc.double({ min: 0.4, max: 1, noNaN: true }),
    leavesRight: fc.double({ min: 0.4, max: 1, noNaN: true }),
    cutAtTop: fc.boolean(),
  });

  it("never shows what the photo does not have of the person", () => {
    fc.assert(
      fc.property(person, (p) => {
        const unitHeight = p.face * Math.min(p.width, p.height);
        const face: FaceGeometry = {
          mesh: [],
          centre: { x: p.x * p.width, y: p.y * p.height },
          eyes: { x: p.x * p.width, y: p.y * p.height },
          chin: p.y * p.height + unitHeight / 2,
          forehead: p.y * p.height - unitHeight / 2,
          faceHeight: unitHeight,
          faceWidth: unitHeight * 0.8,
          yaw: 0,
        };
        const outline: Silhouette = {
          crown: p.cutAtTop ? 0 : Math.max(0, face.forehead - 0.3 * unitHeight),
          cutAtTop: p.cutAtTop,
          leavesLeftAt: p.leavesLeft * p.height,
          leavesRightAt: p.leavesRight * p.height,
          headLeft: face.centre.x - 0.5 * unitHeight,
          headRight: face.centre.x + 0.5 * unitHeight,
          doubt: 0,
          faceHeld: 1,
        };
        const { frame, cost } = planCrop(p, face, outline);
        const bottom = frame.top + frame.height;
        expect(frame.width / frame.height).toBeCloseTo(0.8, 6);
        expect(bottom).toBeLessThanOrEqual(p.height + 1e-6);
        if (outline.cutAtTop) expect(frame.top).toBeGreaterThanOrEqual(-1e-6);
        if (bottom > outline.leavesLeftAt) expect(frame.left).toBeGreaterThanOrEqual(-1e-6);
        if (bottom > outline.leavesRightAt)
          expect(frame.left + frame.width).toBeLessThanOrEqual(p.width + 1e-6);
        expect(cost).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });
});
