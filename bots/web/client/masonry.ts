const ROW_PX = 4;

/**
 * Lets every picture take the rows that its height needs, so that two columns fill evenly while the order in the page
 * stays best first for eyes, keyboard and screen readers alike.
 */
export function keepMasonry(list: HTMLElement): void {
  const sizes = new ResizeObserver((changes) => {
    for (const { target } of changes) layOut(target);
  });
  const seen = new WeakSet<Element>();
  new MutationObserver(() => {
    for (const gallery of list.querySelectorAll(".gallery")) {
      if (!seen.has(gallery)) sizes.observe(gallery);
      seen.add(gallery);
      layOut(gallery);
    }
  }).observe(list, { childList: true, subtree: true, characterData: true });
}

function layOut(gallery: Element): void {
  if (!(gallery instanceof HTMLElement) || gallery.clientWidth === 0) return;
  const gap = 16;
  for (const shot of gallery.children) {
    if (!(shot instanceof HTMLElement)) continue;
    const picture = shot.firstElementChild;
    const line = shot.lastElementChild;
    if (!(picture instanceof HTMLElement) || !(line instanceof HTMLElement)) continue;
    const ratio = Number(shot.style.getPropertyValue("--ratio")) || 1;
    const height = shot.clientWidth * ratio + line.offsetHeight + gap;
    const rows = `span ${Math.ceil(height / ROW_PX)}`;
    if (shot.style.gridRowEnd !== rows) shot.style.gridRowEnd = rows;
  }
}
