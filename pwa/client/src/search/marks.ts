/** Showing where in a text the words are that somebody asked for: the rule of `api/library/search/marks.py`. */

import { escaped } from "../words/escape.js";
import type { Term } from "./words.js";

const EXCERPT = 220;
const READ_FOR_EXCERPT = 60_000;
/** Places among which the fullest stretch is looked for. */
const PLACES_IN_VIEW = 50;

/** A place of a term: its beginning, its end, and which term. */
export type Place = readonly [start: number, end: number, term: number];

const letters = new Map<string, string>();

/** Give a text without accents, in lower case: always one for one, so that places agree. */
export function folded(text: string): string {
  let result = "";
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code < 0x80) {
      result += code >= 65 && code <= 90 ? String.fromCharCode(code + 32) : character;
      continue;
    }
    let letter = letters.get(character);
    if (letter === undefined) {
      const bare = [...character.normalize("NFD")][0]?.toLowerCase() ?? character;
      letter = bare.length === character.length ? bare : character;
      letters.set(character, letter);
    }
    result += letter;
  }
  return result;
}

/** Escape a text, with what was asked for in `<mark>`. */
export function marked(given: string, terms: readonly Term[]): string {
  const text = given.normalize("NFC");
  let html = "";
  let done = 0;
  for (const [start, end] of placesOf(text, terms)) {
    html += `${escaped(text.slice(done, start))}<mark>${escaped(text.slice(start, end))}</mark>`;
    done = end;
  }
  return html + escaped(text.slice(done));
}

/** A text as excerpts are cut from it: one space between words, no longer than what is looked through. */
export function readable(text: string): string {
  return text.slice(0, READ_FOR_EXCERPT).split(/\s+/).filter(Boolean).join(" ").normalize("NFC");
}

/** Cut the piece out of a `readable` text that has the most of what was asked for: escaped, marked, and where it is. */
export function excerptOf(text: string, terms: readonly Term[], places = placesOf(text, terms)): { html: string; start: number; end: number } {
  let start = Math.max(0, fullest(places, Math.floor((EXCERPT * 3) / 4)) - Math.floor(EXCERPT / 4));
  if (start) start = text.indexOf(" ", start) + 1;
  let end = start + EXCERPT;
  if (end < text.length) {
    const space = text.lastIndexOf(" ", end - 1);
    end = Math.max(space < start ? -1 : space, start + Math.floor(EXCERPT / 2));
  }
  const html = (start ? "… " : "") + marked(text.slice(start, end), terms) + (end < text.length ? " …" : "");
  return { html, start, end };
}

/** Give where the first stretch of this width begins that has the most different terms; 0 without any. */
function fullest(places: readonly Place[], width: number): number {
  let best = 0;
  let most = 0;
  places.forEach(([start], position) => {
    const near = places.slice(position, position + PLACES_IN_VIEW).filter(([, end]) => end <= start + width);
    const terms = new Set(near.map(([, , term]) => term));
    if (terms.size > most) [best, most] = [start, terms.size];
  });
  return best;
}

/** Give where the terms stand in a text, in order. */
export function placesOf(text: string, terms: readonly Term[]): Place[] {
  if (terms.length === 0) return [];
  const ordered = terms
    .map((term, number) => ({ term, number }))
    .sort((a, b) => b.term.words.length - a.term.words.length || (b.term.words[0]?.length ?? 0) - (a.term.words[0]?.length ?? 0));
  const pattern = ordered.map(({ term }) => `(${patternOf(term)})`).join("|");
  const found = folded(text).matchAll(new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})`, "gu"));
  return [...found].map((match) => {
    const group = match.slice(1).findIndex((part) => part !== undefined);
    return [match.index, match.index + match[0].length, ordered[group]?.number ?? 0] as const;
  });
}

/** A term's words are letters and digits alone, so nothing in them need be escaped. */
function patternOf(term: Term): string {
  const words = term.words.map(folded).join("[^\\p{L}\\p{N}]+");
  return words + (term.isPhrase ? "(?![\\p{L}\\p{N}])" : "[\\p{L}\\p{N}]*");
}
