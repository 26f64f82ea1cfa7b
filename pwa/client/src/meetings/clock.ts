/** Moments as a clock and a calendar in a time zone show them. */

/** Times of one day. */
export interface Day {
  readonly name: string;
  readonly times: readonly { readonly value: string; readonly clock: string }[];
}

/** Give moments (ISO, in order) by the day they are on in a zone, without those that have passed. */
export function daysOf(values: readonly string[], zone: string, locale: string, now: number): Day[] {
  const write = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  const day = write({ weekday: "long", day: "numeric", month: "long" });
  const clock = write({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  // A year tells apart the same day of two.
  const key = write({ year: "numeric", month: "2-digit", day: "2-digit" });
  const days = new Map<string, { name: string; times: { value: string; clock: string }[] }>();
  for (const value of values) {
    const at = new Date(value);
    if (Number.isNaN(at.getTime()) || at.getTime() <= now) continue;
    const found = days.get(key.format(at)) ?? { name: day.format(at), times: [] };
    found.times.push({ value, clock: clock.format(at) });
    days.set(key.format(at), found);
  }
  return [...days.values()];
}

/** Name a zone, as it is at a moment, in a language: "Central European Standard Time". */
export function zoneName(zone: string, locale: string, at: Date): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "long" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? zone;
}
