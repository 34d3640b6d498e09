import { language, words } from "./page.ts";

const time = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
const exact = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });

/** Names the person's own day that a time falls into. */
export function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

export function dayLabel(at: number): string {
  const now = Date.now();
  if (dayKey(at) === dayKey(now)) return words.today;
  if (dayKey(at) === dayKey(now - 24 * 60 * 60_000)) return words.yesterday;
  return day.format(at);
}

export const timeLabel = (at: number): string => time.format(at);
export const exactLabel = (at: number): string => exact.format(at);
