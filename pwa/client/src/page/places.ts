/**
 * Where reading stopped, article by article. It is kept in the browser's small store: nothing else can be
 * written while a page goes away.
 */

const KEY = "respite-places";
/** How many articles are remembered; the longest unread is forgotten first. */
const MOST = 200;

export interface Place {
  /** How far down the page, between 0 and 1. */
  readonly share: number;
  /** The section that was being read: what its heading says, and its anchor; "" before the first. */
  readonly section: string;
  readonly anchor: string;
  /** How far into that section, between 0 and 1: what lies elsewhere may be of another height the next time. */
  readonly into?: number;
}

/** Give every place that is remembered, by the article's address. */
export function places(): Readonly<Record<string, Place>> {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, Place | number>;
    // A release before kept the number alone.
    const whole = (place: Place | number) => (typeof place === "number" ? { share: place, section: "", anchor: "" } : place);
    return Object.fromEntries(Object.entries(kept).map(([path, place]) => [path, whole(place)]));
  } catch {
    return {};
  }
}

/** Remember a place as the latest; `null` forgets it. */
export function remember(path: string, place: Place | null): void {
  const { [path]: _, ...others } = places();
  const kept = Object.entries(others).slice(place ? -MOST + 1 : -MOST);
  if (place) kept.push([path, place]);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Then it is not remembered.
  }
}
