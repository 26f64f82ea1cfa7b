/** Which banner stands where: the rule of docs/architecture.md, as cms/banners/rule.py has it. */

import { runsAt } from "../library/entries.js";

export interface Banner {
  readonly id: string;
  readonly placements: readonly string[];
  readonly audience: string;
  readonly topics: readonly string[];
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly priority: number;
}

/** A slot of a page: where it is, whom the page speaks to, and the slugs of the page's topics. */
export interface Place {
  readonly placement: string;
  readonly audience: string;
  readonly topics: readonly string[];
}

/** Read the words of a slot, such as `after_section_2 client sleep,loss`; `-` stands for no topics. */
export function readPlace([placement = "", audience = "", topics = "-"]: readonly string[]): Place {
  return { placement, audience, topics: topics === "-" ? [] : topics.split(",") };
}

/** Choose the banner that stands in a slot at a moment (milliseconds), or null. */
export function choose<B extends Banner>(banners: readonly B[], place: Place, now: number): B | null {
  return banners.filter((banner) => fits(banner, place) && runsAt(banner, now)).sort(byRank)[0] ?? null;
}

/** Choose for all slots of one page, in the order of the document: no banner stands on a page twice. */
export function arrange<B extends Banner>(banners: readonly B[], places: readonly Place[], now: number): (B | null)[] {
  let left = banners;
  return places.map((place) => {
    const found = choose(left, place, now);
    left = left.filter((banner) => banner !== found);
    return found;
  });
}

function fits(banner: Banner, { placement, audience, topics }: Place): boolean {
  return (
    banner.placements.includes(placement) &&
    banner.audience === audience &&
    (banner.topics.length === 0 || banner.topics.some((topic) => topics.includes(topic)))
  );
}

/** Priority, then one for these topics before one for all, then the latest begun, then the id. */
export function byRank(a: Banner, b: Banner): number {
  const start = (banner: Banner) => (banner.starts_at === null ? -Infinity : Date.parse(banner.starts_at));
  const [first, second] = [start(a), start(b)];
  return (
    b.priority - a.priority ||
    Number(a.topics.length === 0) - Number(b.topics.length === 0) ||
    (first === second ? 0 : second - first) ||
    (a.id < b.id ? -1 : 1)
  );
}
