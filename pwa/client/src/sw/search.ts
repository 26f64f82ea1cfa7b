/** Searching what is on this phone: titles, summaries and texts, every word somewhere in an article. */

import type { Row } from "../library/entries.js";
import type { Library } from "../library/library.js";

const SHOWN = 20;
const LONGEST_QUERY = 100;
const WEIGHTS = { title: 12, summary: 5, text: 1 } as const;
/** How often a word counts in a text at most: an article is not better for saying it a hundred times. */
const REPEATS = 4;

interface Searchable {
  readonly revision: number;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

/** The texts of this run of the worker, by id: a second search need not unpack them again. */
const MOST_TEXTS = 1_000;
const texts = new Map<string, Searchable>();

/** Find articles that have every word of a query, best first. */
export async function search(library: Library, query: string): Promise<Row[]> {
  const words = [...new Set(plain(query.slice(0, LONGEST_QUERY)).split(" ").filter(Boolean))];
  if (words.length === 0) return [];
  const found: { row: Row; score: number }[] = [];
  for (const row of await library.articles()) {
    const score = rate(await searchable(library, row), words);
    if (score > 0) found.push({ row, score });
  }
  // Equal ones stay in the order of the library, newest first.
  return found.sort((a, b) => b.score - a.score).map(({ row }) => row);
}

/** Say in HTML what a search on this phone has found. */
export async function searchResults(library: Library, query: string): Promise<string> {
  const rows = await search(library, query);
  const kept = await library.count("article");
  const told = rows.length === 0 ? "Nothing has these words" : `${rows.length} result${rows.length === 1 ? "" : "s"}`;
  const where = `the ${kept} article${kept === 1 ? "" : "s"}`;
  const cards = rows.slice(0, SHOWN).map((row) => row.card);
  return (
    `<section aria-labelledby="results"><div class="head" role="status"><h2 id="results">${told}</h2></div>` +
    `<p class="soft">This has searched ${where} on this phone.</p>` +
    `<div class="rows">${cards.join("")}</div></section>`
  );
}

/** Give a text as it is compared: without marks, accents, case or punctuation, each word after one space. */
export function plain(text: string): string {
  return ` ${text}`
    .replace(/<!--.*?-->|<[^>]*>/gs, " ")
    .replace(/&(#?\w+);/g, (_, name: string) => NAMED[name] ?? " ")
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .trim();
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", "#x27": "'", quot: '"' };

async function searchable(library: Library, row: Row): Promise<Searchable> {
  const known = texts.get(row.id);
  if (known?.revision === row.revision) return known;
  const summary = typeof row.data.summary === "string" ? row.data.summary : "";
  const fresh = {
    revision: row.revision,
    title: plain(row.title),
    summary: plain(summary),
    text: plain((await library.text(row.id)) ?? ""),
  };
  if (texts.size >= MOST_TEXTS) texts.clear();
  texts.set(row.id, fresh);
  return fresh;
}

function rate(item: Searchable, words: readonly string[]): number {
  let score = 0;
  for (const word of words) {
    const one =
      WEIGHTS.title * Math.min(occurrences(item.title, word), 1) +
      WEIGHTS.summary * Math.min(occurrences(item.summary, word), 1) +
      WEIGHTS.text * Math.min(occurrences(item.text, word), REPEATS);
    if (one === 0) return 0;
    score += one;
  }
  return score;
}

/** Count the places where a word of the text begins with this one. */
function occurrences(text: string, word: string): number {
  return ` ${text}`.split(` ${word}`).length - 1;
}
