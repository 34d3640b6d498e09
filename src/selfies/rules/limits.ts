import type { Platform } from "../../ports/chat.ts";
import type { Capability } from "../../ports/jobs.ts";

const MIB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60_000;

/** The most bytes that a photo may have (DESIGN.md section 8); Telegram gives bots no larger files. */
export function mostBytes(platform: Platform): number {
  return platform === "telegram" ? 20 * MIB : 25 * MIB;
}

/** What a process must be able to do to fetch a photo that a platform only refers to; null where there are only bytes. */
export function fetchedBy(platform: Platform): Capability | null {
  if (platform === "telegram") return "fetch:telegram";
  return platform === "discord" ? "fetch:discord-cdn" : null;
}

/** References live this long without a consent (DESIGN.md section 5). */
export const HELD_MS = 60 * 60_000;

/** A photo that could not be fetched by then is gone: Discord's links last a day. */
export const FETCHED_WITHIN_MS = DAY_MS;

/** Photos stay this long after the last ones were sent, so that an order can still be made of them, ... */
export const OFFERED_KEPT_MS = 14 * DAY_MS;

/** ... and this long after a delivery (product.md section 10). */
export const DELIVERED_KEPT_MS = 7 * DAY_MS;
