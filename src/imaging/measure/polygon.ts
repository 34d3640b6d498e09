import type { Point } from "../models/faces.ts";

type Corner = Pick<Point, "x" | "y">;

/** Calls `visit` with the index (row * width + column) of each pixel whose centre lies inside, every `step`th each way. */
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

function crossings(corners: readonly Corner[], y: number): number[] {
  const cuts: number[] = [];
  corners.forEach((a, index) => {
    const b = corners[(index + 1) % corners.length] ?? a;
    if (a.y <= y !== b.y <= y) cuts.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
  });
  return cuts.toSorted((a, b) => a - b);
}
