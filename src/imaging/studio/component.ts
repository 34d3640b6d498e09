/** Marks the 4-connected pixels of `inside` reachable from the seed; empty when the seed is outside. */
export function componentAt(inside: Uint8Array, width: number, height: number, seed: number): Uint8Array {
  const out = new Uint8Array(inside.length);
  if (!inside[seed]) return out;
  // Each pixel is put on the stack once, when it is marked.
  const stack = new Int32Array(inside.length);
  let depth = 1;
  stack[0] = seed;
  out[seed] = 1;
  const lastRow = width * (height - 1);
  while (depth > 0) {
    const p = stack[--depth]!;
    const x = p % width;
    if (x > 0 && inside[p - 1] && !out[p - 1]) out[(stack[depth++] = p - 1)] = 1;
    if (x < width - 1 && inside[p + 1] && !out[p + 1]) out[(stack[depth++] = p + 1)] = 1;
    if (p >= width && inside[p - width] && !out[p - width]) out[(stack[depth++] = p - width)] = 1;
    if (p < lastRow && inside[p + width] && !out[p + width]) out[(stack[depth++] = p + width)] = 1;
  }
  return out;
}
