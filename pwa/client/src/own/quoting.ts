/**
 * Finding words again in a text that may have changed: by themselves, and by what stood around them, as the Text Quote
 * Selector of the Web Annotation Data Model has it (https://www.w3.org/TR/annotation-model/#text-quote-selector).
 * Everything here is text in, text out; white space is single.
 */

/** How much of what stands before and after is remembered. */
export const AROUND = 40;

export interface Words {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** Describe the words between two places of a text; white space at their ends is left out. */
export function quote(text: string, from: number, to: number): Words {
  let [start, end] = [from, to];
  while (start < end && text[start] === " ") start += 1;
  while (end > start && text[end - 1] === " ") end -= 1;
  return { exact: text.slice(start, end), prefix: text.slice(Math.max(0, start - AROUND), start), suffix: text.slice(end, end + AROUND) };
}

/**
 * Find where words stand now: of all the places that have them, the one whose surroundings agree best, the first of
 * equals. Null where they are no longer there.
 */
export function find(text: string, { exact, prefix, suffix }: Words): readonly [number, number] | null {
  if (!exact) return null;
  let best: readonly [number, number] | null = null;
  let most = -1;
  for (let at = text.indexOf(exact); at >= 0; at = text.indexOf(exact, at + 1)) {
    const end = at + exact.length;
    const agreement = shared(reversed(prefix), reversed(text.slice(Math.max(0, at - AROUND), at))) + shared(suffix, text.slice(end, end + AROUND));
    if (agreement > most) [best, most] = [[at, end], agreement];
  }
  return best;
}

/** Count the letters that two texts have in common from their beginnings. */
function shared(one: string, other: string): number {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count += 1;
  return count;
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}
