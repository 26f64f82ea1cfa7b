/** Which banner stands in a slot: the rule of docs/architecture.md, as pwa/compose.py has it. */

export interface Banner {
  readonly id: string;
  readonly placements: readonly string[];
  readonly audience: string;
  readonly topics: readonly string[];
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly priority: number;
}

/** Choose the banner that stands in a slot at a moment (milliseconds), or null. */
export function chooseBanner<B extends Banner>(
  banners: readonly B[],
  placement: string,
  audience: string,
  topics: readonly string[],
  now: number,
): B | null {
  const standing = banners.filter(
    (banner) =>
      banner.placements.includes(placement) &&
      banner.audience === audience &&
      (banner.topics.length === 0 || banner.topics.some((topic) => topics.includes(topic))) &&
      runs(banner, now),
  );
  return standing.sort(byRank)[0] ?? null;
}

/** Read the topics of a banner slot; `-` stands for none. */
export function bannerTopics(word: string): string[] {
  return word === "-" ? [] : word.split(",");
}

function runs(banner: Banner, now: number): boolean {
  const begun = banner.starts_at === null || Date.parse(banner.starts_at) <= now;
  return begun && (banner.ends_at === null || Date.parse(banner.ends_at) > now);
}

/** Priority, then one for these topics before one for all, then the latest begun, then the id. */
function byRank(a: Banner, b: Banner): number {
  const start = (banner: Banner) => (banner.starts_at === null ? -Infinity : Date.parse(banner.starts_at));
  const [first, second] = [start(a), start(b)];
  return (
    b.priority - a.priority ||
    Number(a.topics.length === 0) - Number(b.topics.length === 0) ||
    (first === second ? 0 : second - first) ||
    (a.id < b.id ? -1 : 1)
  );
}
