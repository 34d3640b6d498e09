import { byId } from "./page.ts";

const NEAR_PX = 160;

/** What the bars take of the window. */
const ROOM_PX = 180;

export interface Scroller {
  /** Runs a change of the transcript and keeps the reader where they want to be. */
  keep(change: () => void, isOwn: boolean): void;
  toNewest(smooth: boolean): void;
}

const page = (): HTMLElement => document.documentElement;
const fromBottom = (): number => page().scrollHeight - window.innerHeight - window.scrollY;

/** Whoever reads further up is not pulled away; whoever is at the end sees the beginning of what comes. */
export function createScroller(list: HTMLElement): Scroller {
  const pill = byId("to-bottom", HTMLButtonElement);

  function toNewest(smooth: boolean): void {
    pill.hidden = true;
    const newest = list.lastElementChild;
    if (!(newest instanceof HTMLElement)) return;
    const head = document.querySelector(".top")?.getBoundingClientRect().height ?? 0;
    const top = newest.getBoundingClientRect().top + window.scrollY - head - 16;
    window.scrollTo({
      top: Math.min(top, page().scrollHeight - window.innerHeight),
      behavior:
        smooth && !window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "instant",
    });
  }

  pill.addEventListener("click", () => toNewest(true));
  window.addEventListener("scroll", () => fromBottom() < NEAR_PX && (pill.hidden = true), { passive: true });

  return {
    keep(change, isOwn) {
      const before = list.lastElementChild;
      const isNear = fromBottom() < NEAR_PX;
      change();
      const newest = list.lastElementChild;
      // The first message leaves the first screen as it is.
      if (before === null || newest === null) return;
      if (newest === before) {
        // What grows at the end keeps its buttons in sight, as long as it fits.
        if (isNear && newest.clientHeight < window.innerHeight - ROOM_PX)
          window.scrollTo(0, page().scrollHeight);
      } else if (isOwn || isNear) toNewest(true);
      else pill.hidden = false;
    },
    toNewest,
  };
}
