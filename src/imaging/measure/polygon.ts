import type { Point } from "../models/faces.ts";

type Corner = Pick<Point, "x" | "y">;

/** Calls `visit` with the byte-free index (row * width + column) of every pixel whose centre lies inside, every `step`th each way. */
export function eachPixelInside(
  corners: readonly Corner[],
  width: number,
  height: number,
  step: number,
  visit: (index: number) => void,
): void {
  const ys = corners.map((corner) => corner.y);
  const first = Math.max(0, Math.floor(Math.min(...ys)));
  const last = Math.min(height - 1, Math.ceil(Math.max(...ys)));
  for (let row = first; row <= last; row += step) {
    const cuts = crossings(corners, row + 0.5);
    for (let pair = 0; pair + 1 < cuts.length; pair += 2) {
      const from = Math.max(0, Math.ceil((cuts[pair] ?? 0) - 0.5));
      const to = Math.min(width - 1, Math.floor((cuts[pair + 1] ?? 0) - 0.5));
      for (let column = from; column <= to; column += step) visit(row * width + column);
    }
  }
}

/** Share of the polygon's area that lies outside the picture, 0 to 1. */
export function outsideShare(corners: readonly Corner[], width: number, height: number): number {
  const whole = area(corners);
  if (whole === 0) return 0;
  const sides: readonly ((corner: Corner) => number)[] = [
    (corner) => corner.x,
    (corner) => width - corner.x,
    (corner) => corner.y,
    (corner) => height - corner.y,
  ];
  const inside = sides.reduce(clip, corners);
  return Math.max(0, 1 - area(inside) / whole);
}

function crossings(corners: readonly Corner[], y: number): number[] {
  const cuts: number[] = [];
  corners.forEach((a, index) => {
    const b = corners[(index + 1) % corners.length] ?? a;
    if (a.y <= y !== b.y <= y) cuts.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
  });
  return cuts.toSorted((a, b) => a - b);
}

/** One step of Sutherland and Hodgman's clipping: keeps the part where `depth` is positive. */
function clip(corners: readonly Corner[], depth: (corner: Corner) => number): readonly Corner[] {
  return corners.flatMap((a, index) => {
    const b = corners[(index + 1) % corners.length] ?? a;
    const [from, to] = [depth(a), depth(b)];
    const kept = from >= 0 ? [a] : [];
    if (from >= 0 === to >= 0) return kept;
    const part = from / (from - to);
    return [...kept, { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }];
  });
}

function area(corners: readonly Corner[]): number {
  const doubled = corners.reduce((sum, a, index) => {
    const b = corners[(index + 1) % corners.length] ?? a;
    return sum + a.x * b.y - b.x * a.y;
  }, 0);
  return Math.abs(doubled) / 2;
}
