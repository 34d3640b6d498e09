import type { Language } from "../ports/chat.ts";

/** Numbers, money and time as people of one language read them. Times are UTC and say so: nobody told us their zone. */
export interface Format {
  /** As many digits as matter: $23.10, $0.42, $0.0231. */
  usd(micros: number): string;
  /** "40 seconds", "12 minutes", "2 hours"; rounded up, so that it is rather too long than too short. */
  duration(ms: number): string;
  time(at: number): string;
  day(at: number): string;
  dayAndTime(at: number): string;
  list(words: readonly string[]): string;
}

function unit(locale: string, name: "second" | "minute" | "hour", value: number): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "long" }).format(value);
}

export function createFormat(language: Language): Format {
  const locale = language === "de" ? "de-DE" : "en-GB";
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  const day = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  const list = new Intl.ListFormat(locale, { type: "unit", style: "long" });
  const usd = (digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(language === "de" ? "de-DE" : "en-US", {
      style: "currency",
      currency: "USD",
      minimumFractionDigits: 2,
      maximumFractionDigits: digits,
    });
  const [coarse, fine] = [usd(2), usd(4)];
  return {
    usd: (micros) => (Math.abs(micros) < 100_000 ? fine : coarse).format(micros / 1_000_000),
    duration(ms) {
      const seconds = Math.max(1, Math.ceil(ms / 1000));
      if (seconds <= 50) return unit(locale, "second", Math.ceil(seconds / 10) * 10);
      const minutes = Math.ceil(seconds / 60);
      return minutes < 120 ? unit(locale, "minute", minutes) : unit(locale, "hour", Math.ceil(minutes / 60));
    },
    time: (at) => `${clock.format(at)} UTC`,
    day: (at) => day.format(at),
    dayAndTime: (at) => `${day.format(at)}, ${clock.format(at)} UTC`,
    list: (words) => list.format(words),
  };
}

const FORMATS: Readonly<Record<Language, Format>> = { en: createFormat("en"), de: createFormat("de") };

export function formatFor(language: Language): Format {
  return FORMATS[language];
}
