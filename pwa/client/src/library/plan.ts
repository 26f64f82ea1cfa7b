/** Which articles are here with their text, and which as titles: what is worth most to this reader comes first. */

import { type Row, holds, words } from "./entries.js";
import { newestFirst } from "./library.js";

/** What is kept before anything else. */
export interface Wanted {
  /** Ids of what the reader has saved: never given up. */
  readonly saved: ReadonlySet<string>;
  readonly topics: readonly string[];
}

/** What is to be done so that the library keeps to its budget. */
export interface Plan {
  /** Ids of articles whose text is to go, the least wanted first. */
  readonly drop: readonly string[];
  /** Ids of articles whose text is to come, the most wanted first. */
  readonly fetch: readonly string[];
}

/** What a text that was never here is taken to weigh, until it is. */
export const GUESS_BYTES = 8_000;

/**
 * Plan for a budget in bytes (null: without one). `bytes` is what the whole library takes now.
 * What is saved stays, whatever it weighs; then come followed topics, then the newest. With `more` false no text comes
 * that was never here; one whose article has changed since comes again all the same.
 */
export function plan(rows: readonly Row[], wanted: Wanted, bytes: number, budget: number | null, more: boolean): Plan {
  const articles = byWorth(rows.filter(({ kind }) => kind === "article"), wanted);
  const textBytes = articles.filter(holds).reduce((sum, row) => sum + weightOf(row), 0);
  const room = budget === null ? Infinity : budget - (bytes - textBytes);
  let taken = 0;
  let isFull = false;
  const stays = new Set<string>();
  const comes: Row[] = [];
  for (const row of articles) {
    const mayCome = more || row.held === "again";
    if (!holds(row) && !mayCome) continue;
    const weight = weightOf(row);
    const fits = taken + weight <= room;
    isFull ||= !fits;
    // Once one has no room, none that is worth less takes its place; who wants no more keeps whatever fits.
    if ((more ? isFull : !fits) && !wanted.saved.has(row.id)) continue;
    taken += weight;
    if (holds(row)) stays.add(row.id);
    else comes.push(row);
  }
  const drop = articles.filter((row) => holds(row) && !stays.has(row.id)).map(({ id }) => id);
  return { drop: drop.reverse(), fetch: comes.map(({ id }) => id) };
}

function weightOf(row: Row): number {
  return row.text_bytes ?? GUESS_BYTES;
}

/** Order by what they are worth to this reader: saved, then of a followed topic, then by day of publication. */
function byWorth(rows: readonly Row[], { saved, topics }: Wanted): Row[] {
  const rank = (row: Row) =>
    saved.has(row.id) ? 0 : words(row, "topics").some((topic) => topics.includes(topic)) ? 1 : 2;
  return [...rows].sort((a, b) => rank(a) - rank(b) || newestFirst(a, b));
}
