export interface NearestMarked {
  /** Distance in pixels to the nearest marked pixel (chamfer 3-4, within 6 % of the true distance). */
  readonly distance: Float32Array;
  /** Index of a marked pixel at about that distance; -1 where none is marked at all. */
  readonly index: Int32Array;
}

/** Nearest marked pixel for every pixel, in two sweeps. */
export function nearestMarked(marked: Uint8Array, width: number, height: number): NearestMarked {
  const distance = new Float32Array(marked.length);
  const index = new Int32Array(marked.length);
  for (let i = 0; i < distance.length; i++) {
    distance[i] = marked[i] ? 0 : width + height;
    index[i] = marked[i] ? i : -1;
  }
  const diagonal = 4 / 3;
  const relax = (p: number, q: number, step: number) => {
    const through = distance[q]! + step;
    if (through >= distance[p]!) return;
    distance[p] = through;
    index[p] = index[q]!;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      if (x > 0) relax(p, p - 1, 1);
      if (y === 0) continue;
      relax(p, p - width, 1);
      if (x > 0) relax(p, p - width - 1, diagonal);
      if (x < width - 1) relax(p, p - width + 1, diagonal);
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const p = y * width + x;
      if (x < width - 1) relax(p, p + 1, 1);
      if (y === height - 1) continue;
      relax(p, p + width, 1);
      if (x < width - 1) relax(p, p + width + 1, diagonal);
      if (x > 0) relax(p, p + width - 1, diagonal);
    }
  }
  return { distance, index };
}
