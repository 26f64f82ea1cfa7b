/** Who stands where in the list of specialists: the rule of docs/specialists.md, as cms/specialists/rule.py has it. */

/** A campaign that somebody is eligible for. */
export interface Campaign {
  readonly campaign: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly cap: number;
}

export interface Specialist {
  readonly id: string;
  readonly featured: readonly Campaign[];
}

/** Give the day (UTC) whose lots count at a moment (milliseconds). */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** Draw somebody's lot for a day: FNV-1a over both, mixed as MurmurHash 3 ends; 32 bits. */
export function lot(day: string, id: string): number {
  let number = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${day}/${id}`)) number = Math.imul(number ^ byte, 0x01000193);
  number = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  number = Math.imul(number ^ (number >>> 13), 0xc2b2ae35);
  return (number ^ (number >>> 16)) >>> 0;
}

/** Order people by the day's lots, the smallest first. */
export function byLot<S extends Specialist>(people: readonly S[], now: number): S[] {
  const day = dayOf(now);
  const drawn = people.map((one) => ({ one, number: lot(day, one.id) }));
  drawn.sort((a, b) => a.number - b.number || (a.one.id < b.one.id ? -1 : 1));
  return drawn.map(({ one }) => one);
}

/** Give who stands first today, in order: the campaign by the id of the person. */
export function featured(people: readonly Specialist[], now: number): Map<string, string> {
  const places = new Map<string, number>();
  const found = new Map<string, string>();
  for (const { id, featured: campaigns } of byLot(people, now)) {
    const current = running(campaigns, now);
    const taken = current ? (places.get(current.campaign) ?? 0) : 0;
    if (!current || taken >= current.cap) continue;
    places.set(current.campaign, taken + 1);
    found.set(id, current.campaign);
  }
  return found;
}

/** Give the campaign that runs now among some, the earliest where there are two. */
export function running(campaigns: readonly Campaign[], now: number): Campaign | null {
  const current = campaigns.filter(({ starts_at, ends_at }) => Date.parse(starts_at) <= now && now < Date.parse(ends_at));
  const key = ({ starts_at, campaign }: Campaign) => `${starts_at} ${campaign}`;
  return current.sort((a, b) => (key(a) < key(b) ? -1 : 1))[0] ?? null;
}

/** Put people in the order of the day: who is featured, then everybody else, each by lot. */
export function order<S extends Specialist>(people: readonly S[], now: number): S[] {
  const first = featured(people, now);
  const drawn = byLot(people, now);
  return [...drawn.filter(({ id }) => first.has(id)), ...drawn.filter(({ id }) => !first.has(id))];
}
