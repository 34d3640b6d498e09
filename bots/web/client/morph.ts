/**
 * Makes `from` look like `to` and keeps every node that can be kept, so that focus, pictures that are loaded and open
 * details survive an update. Children with the same `data-key` are the same.
 */
export function morph(from: Element, to: Element): void {
  morphAttributes(from, to);
  if (from instanceof HTMLCanvasElement) return;
  const keyed = new Map<string, Element>();
  for (const child of from.children) {
    const key = child.getAttribute("data-key");
    if (key !== null) keyed.set(key, child);
  }
  let place: ChildNode | null = from.firstChild;
  for (const wanted of Array.from(to.childNodes)) {
    const kept = findKept(place, wanted, keyed);
    if (kept === null) {
      from.insertBefore(wanted, place);
      continue;
    }
    if (kept === place) place = kept.nextSibling;
    else from.insertBefore(kept, place);
    if (kept instanceof Element && wanted instanceof Element) morph(kept, wanted);
    else if (kept.nodeValue !== wanted.nodeValue) kept.nodeValue = wanted.nodeValue;
  }
  while (place !== null) {
    const next: ChildNode | null = place.nextSibling;
    place.remove();
    place = next;
  }
}

function findKept(place: ChildNode | null, wanted: ChildNode, keyed: Map<string, Element>): ChildNode | null {
  if (!(wanted instanceof Element)) return place?.nodeType === wanted.nodeType ? place : null;
  const key = wanted.getAttribute("data-key");
  if (key !== null) {
    const same = keyed.get(key);
    return same?.tagName === wanted.tagName ? same : null;
  }
  const fits =
    place instanceof Element && place.tagName === wanted.tagName && !place.hasAttribute("data-key");
  return fits && place.classList[0] === wanted.classList[0] ? place : null;
}

/** Not drawn but come by living: what a person opened stays open, a picture that is not there stays hidden. */
const LIVED = new Set(["style", "open", "hidden"]);

function morphAttributes(from: Element, to: Element): void {
  for (const { name, value } of to.attributes) {
    if (name === "style" || from.getAttribute(name) === value) continue;
    from.setAttribute(name, value);
    if (name === "src") from.removeAttribute("hidden");
  }
  for (const { name } of Array.from(from.attributes)) {
    if (!LIVED.has(name) && !to.hasAttribute(name)) from.removeAttribute(name);
  }
  if (!(from instanceof HTMLElement) || !(to instanceof HTMLElement)) return;
  // Drawing sets custom properties only; what layout has set beside them stays.
  for (const name of to.style) {
    const value = to.style.getPropertyValue(name);
    if (from.style.getPropertyValue(name) !== value) from.style.setProperty(name, value);
  }
}
