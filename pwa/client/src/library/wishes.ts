/** What this phone's reader wants kept on it, and how much. */

import type { Library } from "./library.js";

export const MEGABYTE = 1_000_000;

/** Whether rounds of sync are run at all. */
export type Rest = "no" | "paused" | "removed";

export interface Wishes {
  /** How many bytes the library may take as it is stored; null is as many as it has. */
  readonly budget: number | null;
  /** Pictures are fetched ahead unless the phone saves data, or not kept at all. */
  readonly pictures: "unless-saving" | "never";
  readonly rest: Rest;
  /** Whether texts that are not here are to come; without it, only what is here is kept up to date. */
  readonly more: boolean;
  /** Slugs of the topics whose articles are kept before others. */
  readonly topics: readonly string[];
}

export const DEFAULT: Wishes = { budget: 50 * MEGABYTE, pictures: "unless-saving", rest: "no", more: true, topics: [] };
/** The amounts that the page offers, in bytes. */
export const BUDGETS: readonly (number | null)[] = [10 * MEGABYTE, 25 * MEGABYTE, 50 * MEGABYTE, 100 * MEGABYTE, null];

const NOTE = "wishes";

/** Give what is wanted; what nobody has said is as by default. */
export async function wishesOf(library: Library): Promise<Wishes> {
  return { ...DEFAULT, ...((await library.noted(NOTE)) as Partial<Wishes> | undefined) };
}

/** Change what is wanted, and give all of it. */
export async function wish(library: Library, change: Partial<Wishes>): Promise<Wishes> {
  const wishes = { ...(await wishesOf(library)), ...change };
  await library.note(NOTE, wishes);
  return wishes;
}

/** Follow a topic, or no longer. */
export async function follow(library: Library, topic: string, isFollowed: boolean): Promise<Wishes> {
  const { topics } = await wishesOf(library);
  const others = topics.filter((slug) => slug !== topic);
  return wish(library, { topics: isFollowed ? [...others, topic] : others });
}
