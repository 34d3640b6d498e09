const HOLD_MS = 220;
const SWIPE_PX = 50;
const STILL_PX = 8;

/** Swiping leafs, holding the picture shows the original while it is held. Pinching stays the browser's. */
export function watchGestures(
  dialog: HTMLElement,
  on: { readonly leaf: (by: number) => void; readonly hold: (held: boolean) => void },
): void {
  let from: { readonly x: number; readonly y: number; readonly pointer: number } | null = null;
  let timer: number | undefined;
  let held = false;

  const isPicture = (target: EventTarget | null): boolean =>
    target instanceof Element && target.closest(".stage-area") !== null && target.closest("button") === null;
  const isZoomed = (): boolean => (window.visualViewport?.scale ?? 1) > 1.05;
  // A finger that moves does not hold: a slow start of a swipe still leafs.
  const letGo = (): void => {
    if (held) on.hold(false);
    held = false;
  };
  const end = (): void => {
    clearTimeout(timer);
    from = null;
    letGo();
  };

  dialog.addEventListener("pointerdown", (event) => {
    if (from !== null || !isPicture(event.target) || !event.isPrimary || event.button !== 0) return end();
    from = { x: event.clientX, y: event.clientY, pointer: event.pointerId };
    timer = window.setTimeout(() => {
      held = true;
      on.hold(true);
    }, HOLD_MS);
  });
  dialog.addEventListener("pointermove", (event) => {
    if (from === null || event.pointerId !== from.pointer) return;
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) <= STILL_PX) return;
    clearTimeout(timer);
    letGo();
  });
  dialog.addEventListener("pointerup", (event) => {
    const start = from;
    const wasHeld = held;
    end();
    if (start === null || wasHeld || isZoomed()) return;
    const across = event.clientX - start.x;
    if (Math.abs(across) > SWIPE_PX && Math.abs(across) > Math.abs(event.clientY - start.y)) {
      on.leaf(across < 0 ? 1 : -1);
    }
  });
  dialog.addEventListener("pointercancel", end);
  // A long press would open the picture's menu over the original.
  dialog.addEventListener("contextmenu", (event) => {
    if (held) event.preventDefault();
  });
}
