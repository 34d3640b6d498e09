type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type Child = Node | string | null | undefined | false;

/** An element with attributes (true = present, false and null = absent) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(attributes: Attributes, ...paths: readonly string[]): SVGSVGElement {
  const element = document.createElementNS(SVG, "svg");
  setAttributes(element, { "aria-hidden": "true", viewBox: "0 0 24 24", ...attributes });
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    element.append(path);
  }
  return element;
}

/** Styles go through the object model: the page's policy forbids style attributes. */
export function withVar<E extends HTMLElement>(element: E, name: `--${string}`, value: string): E {
  element.style.setProperty(name, value);
  return element;
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, String(value));
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children)
    if (child !== null && child !== undefined && child !== false) element.append(child);
}
