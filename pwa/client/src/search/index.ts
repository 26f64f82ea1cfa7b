/** Asking the index: which documents have every term, best first, and what somebody may have meant. */

import { IN_KEYWORDS, IN_TITLE, type Doc, type Segment, type Standing, WHOLE_IN_KEYWORDS, WHOLE_IN_TITLE } from "./segment.js";
import { type Term, bitCount, distance, signature, slipsBelieved } from "./words.js";

/** What a place in a title or among the keywords is worth against one in a text, and the beginning of a word there. */
const WEIGHTS = [
  [WHOLE_IN_TITLE, 8],
  [IN_TITLE, 5],
  [WHOLE_IN_KEYWORDS, 3],
  [IN_KEYWORDS, 2],
] as const;
/** How soon a word that comes again stops counting, and how much longer texts are held back (Okapi BM25). */
const SATURATION = 1.2;
const LENGTH = 0.75;
/** A word that so few documents have may itself be a slip; another must be so much more common to be offered. */
const RARE = 2;
const MORE_COMMON = 10;
const SHORTEST_OFFERED = 4;
const COMMON = 8;
const LETTERS = /^\p{L}{3,40}$/u;

export interface Match {
  readonly doc: Doc;
  readonly score: number;
}

interface Known {
  readonly word: string;
  readonly count: number;
}

/** The pieces of one language, asked together. */
export class Index {
  constructor(private readonly segments: readonly Segment[]) {}

  /** Find the documents that have every term, best first; equal ones newest first. Without terms none. */
  find(terms: readonly Term[], shows: (doc: Doc) => boolean): Match[] {
    if (terms.length === 0) return [];
    const standings = this.segments.map((segment) => terms.map((term) => segment.find(term)));
    const living = this.segments.map((segment) => segment.docs.length - segment.gone.size).reduce((a, b) => a + b, 0);
    const rarity = terms.map((_, term) => {
      const having = standings.reduce((sum, one) => sum + documentsWith(one[term] as Standing), 0);
      return Math.log(1 + (Math.max(living - having, 0) + 0.5) / (having + 0.5));
    });
    const usual = this.#usualLength();
    const matches: Match[] = [];
    this.segments.forEach((segment, at) => {
      const its = standings[at] as Standing[];
      segment.docs.forEach((doc, number) => {
        if (!its.every(({ often }) => (often[number] as number) > 0) || segment.gone.has(number) || !shows(doc)) return;
        const score = its.reduce((sum, standing, term) => sum + (rarity[term] as number) * worth(standing, number, doc, usual), 0);
        matches.push({ doc, score });
      });
    });
    return matches.sort((a, b) => b.score - a.score || b.doc.published - a.doc.published || (a.doc.id < b.doc.id ? -1 : 1));
  }

  /** Say whether a word is here or begins one that is. */
  knows(word: string): boolean {
    return this.segments.some((segment) => segment.knows(word));
  }

  /** Say whether a word, or one that begins with it, is worth asking for by itself: it is here, and not nearly everywhere. */
  saysSomething(word: string): boolean {
    if (word.length < SHORTEST_OFFERED || !this.knows(word)) return false;
    return this.#count(word) < Math.max(COMMON, this.#commonest() / 2);
  }

  /** Give the word that somebody may have meant: the nearest, of equally near ones the most common. */
  meantBy(word: string): string | null {
    return this.#nearest(word)?.word ?? null;
  }

  /** Give a far more common word than this rare one, a single slip away. */
  rather(word: string): string | null {
    const count = this.#count(word);
    if (count === 0 || count > RARE) return null;
    const meant = this.#nearest(word);
    const isCommon = meant !== null && meant.count >= MORE_COMMON * count && distance(word, meant.word, 1) <= 1;
    return isCommon ? meant.word : null;
  }

  /** Give how a word is written that is compared so. */
  spelling(word: string): string {
    const written = this.segments.map(({ spellings }) => spellings[word]).find((one) => one !== undefined);
    return written ?? word;
  }

  #nearest(word: string): Known | null {
    const believed = slipsBelieved(word);
    if (believed === 0) return null;
    const own = signature(word);
    const near = new Map<string, { count: number; away: number }>();
    for (const segment of this.segments) {
      segment.words.forEach((other, number) => {
        if (Math.abs(other.length - word.length) > believed || other === word) return;
        // Of a short word that begins otherwise too much is left to chance: kill is not will.
        if (believed === 1 && other[0] !== word[0]) return;
        if (bitCount(own ^ signature(other)) > 2 * believed || !LETTERS.test(other)) return;
        const known = near.get(other);
        const away = known?.away ?? distance(word, other, believed);
        if (away <= believed) near.set(other, { away, count: (known?.count ?? 0) + segment.countOf(number) });
      });
    }
    const ordered = [...near].map(([other, told]) => ({ word: other, ...told, isOther: Number(other[0] !== word[0]) }));
    ordered.sort((a, b) => a.away - b.away || a.isOther - b.isOther || b.count - a.count || (a.word < b.word ? -1 : 1));
    return ordered[0] ?? null;
  }

  #count(word: string): number {
    return this.segments.reduce((sum, segment) => {
      const number = segment.firstFrom(word);
      return segment.words[number] === word ? sum + segment.countOf(number) : sum;
    }, 0);
  }

  #commonest(): number {
    return this.segments.reduce((sum, segment) => {
      let most = 0;
      segment.words.forEach((word, number) => {
        const count = segment.countOf(number);
        if (count > most && LETTERS.test(word)) most = count;
      });
      return sum + most;
    }, 0);
  }

  #usualLength(): number {
    const docs = this.segments.flatMap((segment) => segment.docs);
    return docs.reduce((sum, { length }) => sum + length, 0) / Math.max(1, docs.length) || 1;
  }
}

function documentsWith({ often }: Standing): number {
  let count = 0;
  for (let doc = 0; doc < often.length; doc++) if ((often[doc] as number) > 0) count++;
  return count;
}

function worth({ often, parts }: Standing, number: number, { length }: Doc, usual: number): number {
  const part = parts[number] as number;
  const standing = [
    WEIGHTS.slice(0, 2).find(([where]) => part & where)?.[1] ?? 0,
    WEIGHTS.slice(2).find(([where]) => part & where)?.[1] ?? 0,
  ];
  const times = often[number] as number;
  const text = (times * (SATURATION + 1)) / (times + SATURATION * (1 - LENGTH + (LENGTH * length) / usual));
  return (standing[0] as number) + (standing[1] as number) + text;
}
