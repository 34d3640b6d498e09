/** sRGB transfer curves (IEC 61966-2-1) as tables: display value 0..1 to linear light and back. */
const STEPS = 4096;
const toLinearTable = Float32Array.from({ length: STEPS + 1 }, (_, i) => exactToLinear(i / STEPS));
const toDisplayTable = Float32Array.from({ length: STEPS + 1 }, (_, i) => exactToDisplay((i / STEPS) ** 2));

export function toLinear(display: number): number {
  return read(toLinearTable, display);
}

/** The table is spaced by square roots, so that shadows keep their precision. */
export function toDisplay(linear: number): number {
  return read(toDisplayTable, Math.sqrt(linear < 0 ? 0 : linear));
}

/** Rec. 709 luma of display values: close enough to lightness for masks and exposure. */
export function luma(r: number, g: number, b: number): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function read(table: Float32Array, value: number): number {
  const at = (value < 0 ? 0 : value > 1 ? 1 : value) * STEPS;
  const from = at | 0;
  if (from >= STEPS) return table[STEPS]!;
  const a = table[from]!;
  return a + (table[from + 1]! - a) * (at - from);
}

function exactToLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function exactToDisplay(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}
