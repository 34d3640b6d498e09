import { svg } from "./element.ts";

/** Outlines after Lucide (ISC licence). */
const PATHS = {
  check: ["M20 6 9 17l-5-5"],
  cross: ["M18 6 6 18M6 6l12 12"],
  alert: ["M12 4 2.5 20h19ZM12 10v4M12 17v.01"],
  stop: ["M8 3h8l5 5v8l-5 5H8l-5-5V8ZM12 8v4M12 16v.01"],
  info: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v5M12 8v.01"],
  dots: ["M6 12h.01M12 12h.01M18 12h.01"],
  plus: ["M12 5v14M5 12h14"],
  download: ["M12 4v11M7 11l5 5 5-5M5 20h14"],
  left: ["M15 5l-7 7 7 7"],
  right: ["M9 5l7 7-7 7"],
  retry: ["M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5"],
  crop: ["M6 2v14a2 2 0 0 0 2 2h14M18 22V8a2 2 0 0 0-2-2H2"],
  swap: ["M7 4 3 8l4 4M3 8h13M17 20l4-4-4-4M21 16H8"],
  image: [
    "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2ZM9 7a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM21 15l-3-3a2 2 0 0 0-3 0l-9 9",
  ],
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName, size = 20): SVGSVGElement {
  return svg({ class: "icon", width: size, height: size }, ...PATHS[name]);
}

/** Little outlines of the views that are still wanted of a person. */
const OUTLINES: Readonly<Record<string, readonly string[]>> = {
  front: ["M12 4a5 6 0 0 1 0 12 5 6 0 0 1 0-12ZM4 22c1-4 4-5 8-5s7 1 8 5M10 9.5v.01M14 9.5v.01"],
  left: [
    "M13 4c-3.5 0-5.5 2.300-5.500 5.200L6 12l1.600.800C7.800 15 9.500 16 11 16c4 0 6.500-3 6.500-6.500S15.500 4 13 4ZM5 22c1-4 4-5 7.500-5s6.500 1 7.500 5M9.500 9.500v.01",
  ],
  right: [
    "M11 4c3.500 0 5.500 2.300 5.500 5.200L18 12l-1.600.800C16.200 15 14.500 16 13 16c-4 0-6.500-3-6.500-6.500S8.500 4 11 4ZM4 22c1-4 4-5 7.500-5s6.500 1 7.500 5M14.500 9.500v.01",
  ],
  smile: [
    "M12 4a5 6 0 0 1 0 12 5 6 0 0 1 0-12ZM4 22c1-4 4-5 8-5s7 1 8 5M10 9v.01M14 9v.01M10 11.800c1 1.200 3 1.200 4 0",
  ],
  other_day: ["M5 6h14v14H5ZM5 10h14M9 3v4M15 3v4M9 14h.01M12 14h.01M15 14h.01M9 17h.01M12 17h.01"],
};

export function outline(view: string): SVGSVGElement {
  return svg(
    { class: "icon outline", width: 28, height: 28 },
    ...(OUTLINES[view] ?? OUTLINES["front"] ?? []),
  );
}
