/**
 * What editors put above the results of some searches, by the rule of `api/library/search/promotions.py`;
 * both are held to `tests/vectors/promotions.json`.
 */

import { distance, plain, plainWords } from "./words.js";

const MOST = 2;
/** Letters: a shorter word is a slip away from too many others. */
const LONG_STEM = 6;

export interface Promotion {
  readonly id: string;
  readonly is_help: boolean;
  readonly priority: number;
  readonly phrases: readonly string[];
}

/** Give what is to stand above the results of a search, first first; a corrected query is one of its queries. */
export function promoted<P extends Promotion>(promotions: readonly P[], queries: readonly string[]): P[] {
  const chosen = choosePromotions(promotions, queries);
  if (chosen.some(({ is_help }) => is_help)) return chosen;
  // Help is not to hang on spelling, nor on whether anything here has the word.
  const nearly = promotions.filter((one) => one.is_help && nearlyNames(one.phrases, queries));
  return [...nearly, ...chosen].slice(0, MOST);
}

/** Choose what stands above the results of queries: Help now first, then by priority, then by id. */
export function choosePromotions<P extends Promotion>(promotions: readonly P[], queries: readonly string[]): P[] {
  const asked = queries.map((query) => ` ${plain(query)} `);
  const names = (phrase: string) =>
    asked.some((query) => query.includes(phrase.endsWith("*") ? ` ${phrase.slice(0, -1)}` : ` ${phrase} `));
  return promotions
    .filter((one) => one.phrases.some(names))
    .sort((a, b) => Number(b.is_help) - Number(a.is_help) || b.priority - a.priority || (a.id < b.id ? -1 : 1))
    .slice(0, MOST);
}

/** Say whether a word that was asked for is a slip away from a phrase of one long word. */
function nearlyNames(phrases: readonly string[], queries: readonly string[]): boolean {
  const stems = phrases.filter((phrase) => !phrase.includes(" ")).map((phrase) => phrase.replace(/\*$/, ""));
  const long = stems.filter((stem) => stem.length >= LONG_STEM);
  const words = new Set(queries.flatMap(plainWords));
  return long.some((stem) => [...words].some((word) => distance(word.slice(0, stem.length), stem, 1) <= 1));
}
