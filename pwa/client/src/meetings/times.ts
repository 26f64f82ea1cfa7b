/**
 * Times to choose from: set on the reader's own clock, three at most, and asked for anew where there is a connection, so
 * that what was taken since the library was brought up to date is not offered.
 */

import { LOCALE } from "../page/day.js";
import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { type Day, daysOf, zoneName } from "./clock.js";
import { zoneHere } from "./here.js";
import { REFUSED_EVENT, type Refused } from "./refused.js";

/** After so many days the rest of the times is folded away, as the server does. */
const DAYS_SHOWN = 4;

interface Offer {
  readonly times: readonly string[];
}

export function showTimes(element: HTMLElement): void {
  // A form's own draft may have been put back in the meantime: what is chosen is read from the boxes each time.
  draw(element, boxes(element).map(({ value }) => value), element.hasAttribute("as-of"));
  element.addEventListener("change", () => hold(element));
  if (element.hasAttribute("as-of")) void refresh(element, "default");
  // Others may be free by now than those that were shown; what is told to everybody may lag behind what was refused.
  element.closest("form")?.addEventListener(REFUSED_EVENT, (event) => void refresh(element, "reload", (event as CustomEvent<Refused>).detail));
}

function boxes(element: HTMLElement): HTMLInputElement[] {
  return [...element.querySelectorAll<HTMLInputElement>('input[name="times"]')].filter(({ value }) => value);
}

async function refresh(element: HTMLElement, cache: RequestCache, { taken = [], others = [] }: Refused = {}): Promise<void> {
  const slug = element.getAttribute("specialist");
  const offer = slug && (await askFor(slug, cache));
  const [gone, last] = [new Set(taken.map((time) => Date.parse(time))), Math.max(...others.map((time) => Date.parse(time)))];
  const times = offer ? offer.times : boxes(element).map(({ value }) => value);
  // Up to the last of those that are named as free, no others are.
  const rest = times.filter((time) => !gone.has(Date.parse(time)) && !(Date.parse(time) <= last));
  if (offer || gone.size > 0) draw(element, [...others, ...rest], false);
}

/** Ask for the coming free times; null where nobody answers, or none are offered. */
async function askFor(slug: string, cache: RequestCache): Promise<Offer | null> {
  try {
    const answer = await fetch(`/api/v1/specialists/${encodeURIComponent(slug)}/`, { cache, credentials: "omit" });
    if (!answer.ok) return null;
    return ((await answer.json()) as { consultation: Offer | null }).consultation;
  } catch {
    return null;
  }
}

/** Set times by the day, on the clock of where the reader is; what was chosen stays so while it is offered. */
function draw(element: HTMLElement, values: readonly string[], isOld: boolean): void {
  const chosen = new Set(boxes(element).filter(({ checked }) => checked).map(({ value }) => value));
  const zone = zoneHere();
  const days = daysOf(values, zone, LOCALE, Date.now());
  const first = days[0]?.times[0];
  const one = (day: Day) => dayShown(day, chosen);
  const shown = make("div", { class: "days" }, ...days.slice(0, DAYS_SHOWN).map(one));
  const later = days.slice(DAYS_SHOWN);
  const rest = later.length > 0 && make("details", { class: "folds" }, make("summary", {}, say("Later times")), make("div", { class: "days" }, ...later.map(one)));
  if (rest && later.some(({ times }) => times.some(({ value }) => chosen.has(value)))) rest.open = true;
  const whose = first ? say("Times are in %(zone)s.", { zone: `${zone.replaceAll("_", " ")}, ${zoneName(zone, LOCALE, new Date(first.value))}` }) : say("All times are taken at the moment. Look again in a few days.");
  const asOf = isOld ? ` ${say("They were free on %(day)s; whether they still are is seen when you send.", { day: dayAndClock(element.getAttribute("as-of") ?? "") })}` : "";
  // One box alone would be read as a yes or no.
  const none = make("input", { type: "checkbox", name: "times", value: "", hidden: true });
  element.replaceChildren(make("p", { class: "fine", "data-zone": true }, whose + asOf), shown, ...(rest ? [rest] : []), none, make("p", { class: "fine", role: "status" }));
  hold(element);
}

function dayShown({ name, times }: Day, chosen: ReadonlySet<string>): HTMLElement {
  const pills = times.map(({ value, clock }) =>
    make("label", { class: "pill" }, make("input", { type: "checkbox", name: "times", value, checked: chosen.has(value) }), make("time", { datetime: value }, clock)),
  );
  return make("div", { class: "day", role: "group", "aria-label": name }, make("p", { class: "day-name" }, name), make("div", { class: "pills" }, ...pills));
}

function dayAndClock(moment: string): string {
  return new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(moment));
}

/** Let no more be chosen than may be, and say so. */
function hold(element: HTMLElement): void {
  const most = Number(element.getAttribute("most") ?? 3);
  const all = boxes(element);
  const isFull = all.filter(({ checked }) => checked).length >= most;
  for (const box of all) box.disabled = isFull && !box.checked;
  const told = element.querySelector('[role="status"]');
  if (told) told.textContent = isFull ? say("You have chosen three. Take one back to choose another.") : "";
}
