/** What the page "On this phone" says about figures. */

import { LOCALE } from "../page/day.js";
import { many, say } from "../page/speech.js";
import { Keeping, type Standing, type Store } from "../protocol/messages.js";

/** Write an amount of bytes: in whole KB below a megabyte, in MB with one figure after the point below ten. */
export function size(bytes: number): string {
  const of = (value: number, unit: string, digits: number) =>
    new Intl.NumberFormat(LOCALE, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits }).format(value);
  if (bytes < 1_000_000) return of(Math.ceil(bytes / 1_000), "kilobyte", 0);
  if (bytes < 1_000_000_000) return of(bytes / 1_000_000, "megabyte", bytes < 10_000_000 ? 1 : 0);
  return of(bytes / 1_000_000_000, "gigabyte", 1);
}

/** Say when the library was last brought up to date, on this phone's clock. */
export function updated(synced_at: number | null, now: number): string {
  if (synced_at === null) return say("It has not been brought up to date yet.");
  // A phone's clock may have been wrong: a time to come is not said.
  if (synced_at > now) return say("It was brought up to date when this phone’s clock was another.");
  const when = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeStyle: "short" }).format(synced_at);
  return say("Last brought up to date on %(when)s.", { when });
}

/** Say what can be read, and what is here as a title only. */
export function readable({ readable, titles }: Pick<Store, "readable" | "titles">): string {
  const can =
    readable === 0
      ? say("No articles are on this phone yet.")
      : many("%(count)s article can be read on this phone.", "%(count)s articles can be read on this phone.", readable);
  if (titles === 0) return can;
  return `${can} ${many("%(count)s more is here as a title only.", "%(count)s more are here as titles only.", titles)}`;
}

/** What is going on, as the page's headline for it; "" where nothing is. */
export function doing(standing: Standing | null, { wishes, complete }: Store, now: number): string {
  if (wishes.rest === "removed") return say("The library is not kept on this phone.");
  if (wishes.rest === "paused") return say("Paused. What is here stays; nothing new comes until you resume.");
  if (standing?.keeping === Keeping.Full) return say("This phone is full. What is here stays.");
  if (standing && standing.rests_until > now) {
    const time = new Intl.DateTimeFormat(LOCALE, { timeStyle: "short" }).format(standing.rests_until);
    return say("Our server has asked for patience. We try again at %(time)s.", { time });
  }
  if (standing && isComing(standing)) {
    const { done, total, bytes } = standing;
    const far = total === null ? say("%(done)s so far, %(size)s", { done, size: size(bytes) }) : say("%(done)s of %(total)s, %(size)s so far", { done, total, size: size(bytes) });
    return standing.keeping === Keeping.Lost ? `${say("Your browser had removed the library.")} ${far}` : far;
  }
  if (!wishes.more) return say("Stopped. What is here is kept up to date; nothing else is fetched.");
  return complete ? "" : say("Not everything has come yet. It goes on by itself when there is a connection.");
}

/** Say whether something is being fetched. */
export function isComing({ keeping }: Standing): boolean {
  return keeping === Keeping.Fetching || keeping === Keeping.Lost;
}
