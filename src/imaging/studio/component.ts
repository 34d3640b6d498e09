/** Marks the 4-connected pixels of `inside` reachable from the seed; empty when the seed is outside. */
export function componentAt(inside: Uint8Array, width: number, height: number, seed: number): Uint8Array {
  const out = new Uint8Array(inside.length);
  if (!inside[seed]) return out;
  const stack = [seed];
  out[seed] = 1;
  const visit = (p: number) => {
    if (inside[p] && !out[p]) {
      out[p] = 1;
      stack.push(p);
    }
  };
  while (stack.length > 0) {
    const p = stack.pop()!;
    const x = p % width;
    if (x > 0) visit(p - 1);
    if (x < width - 1) visit(p + 1);
    if (p >= width) visit(p - width);
    if (p < width * (height - 1)) visit(p + width);
  }
  return out;
}
