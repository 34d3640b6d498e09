/** Bilinear resize of one float plane, pixel centres aligned; made for enlarging, it does not average. */
export function enlarge(
  plane: Float32Array,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
): Float32Array {
  const out = new Float32Array(toWidth * toHeight);
  const columns = positions(width, toWidth);
  const rows = positions(height, toHeight);
  let index = 0;
  for (const row of rows) {
    const top = row.from * width;
    const bottom = row.to * width;
    for (const column of columns) {
      const a = plane[top + column.from] ?? 0;
      const b = plane[top + column.to] ?? 0;
      const c = plane[bottom + column.from] ?? 0;
      const d = plane[bottom + column.to] ?? 0;
      const upper = a + (b - a) * column.part;
      const lower = c + (d - c) * column.part;
      out[index++] = upper + (lower - upper) * row.part;
    }
  }
  return out;
}

function positions(size: number, toSize: number): { from: number; to: number; part: number }[] {
  return Array.from({ length: toSize }, (_, index) => {
    const at = Math.min(Math.max(((index + 0.5) * size) / toSize - 0.5, 0), size - 1);
    const from = Math.floor(at);
    return { from, to: Math.min(from + 1, size - 1), part: at - from };
  });
}
