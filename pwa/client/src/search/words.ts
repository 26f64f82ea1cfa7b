/**
 * What somebody typed, and what stands in a text, brought to the form in which the two are compared: the rule of
 * `api/library/words.py` and of the slips in `api/library/vocabulary.py`; all are held to `tests/vectors/search.json`.
 */

export const LONGEST_QUERY = 200;
const MOST_WORDS = 12;
const SHORTEST = 3;
const SHORT_WORD = 5;

/** A word of a query, found where a word begins with it; or a phrase in quotes, found word for word. */
export interface Term {
  readonly words: readonly string[];
  readonly isPhrase: boolean;
}

/** Give a text as it is compared: in lower case, without accents and signs, a space between two words. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .normalize("NFC")
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .trim();
}

/** Give the words of a text as they are compared. */
export function plainWords(text: string): string[] {
  const words = plain(text);
  return words ? words.split(" ") : [];
}

/** Give what somebody asked for, each term once: a dozen words in all. */
export function termsOf(query: string): Term[] {
  const terms = new Map<string, Term>();
  let left = MOST_WORDS;
  const add = (words: readonly string[], isPhrase: boolean) => terms.set(`${isPhrase} ${words.join(" ")}`, { words, isPhrase });
  for (const [, quoted, loose] of query.slice(0, LONGEST_QUERY).replace(/[“”„«»]/g, '"').matchAll(/"([^"]*)"|([^\s"]+)/g)) {
    const words = plainWords(quoted || loose || "").slice(0, left);
    left -= words.length;
    if (quoted && words.length > 0) add(words, true);
    else for (const word of words) add([word], false);
  }
  return [...terms.values()];
}

/** Give how many slips a word of this length may have: none below three letters, then one, above five two. */
export function slipsBelieved(word: string): number {
  if (word.length < SHORTEST) return 0;
  return word.length <= SHORT_WORD ? 1 : 2;
}

/**
 * Give how many slips lie between two words: insertions, deletions, other letters, two neighbours changed round
 * (optimal string alignment). More than `most` is given as `most + 1`.
 */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const previous = row;
    row = [i];
    let best = i;
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min(at(row, j - 1) + 1, at(previous, j) + 1, at(previous, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, at(before, j - 2) + 1);
      }
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > most && Math.min(...previous) > most) return most + 1;
    before = previous;
  }
  return Math.min(at(row, other.length), most + 1);
}

function at(row: readonly number[], index: number): number {
  return row[index] as number;
}

/** Give the set of a word's letters as bits; letters of other alphabets share them. Each slip changes two at most. */
export function signature(word: string): number {
  let bits = 0;
  for (let index = 0; index < word.length; index++) bits |= 1 << (word.charCodeAt(index) & 31);
  return bits;
}

/** Count the bits that are set. */
export function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return (((count + (count >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
