/**
 * Words at which help is shown to whoever types them: the rule of `cms/helplines/risk_words.py`, which has the list and
 * its reasons; both are held to `tests/vectors/risk.json`. Help is shown, and that is all: nothing is blocked, sent or kept.
 */

import { plain } from "../search/words.js";

/** Give a text as it is compared with the phrases: a space between two words, nothing else between letters. */
export function asCompared(text: string): string {
  return plain(text.replace(/['’‘ʼ`´]/g, "").replace(/[ßẞ]/g, "ss"));
}

/** Say whether a text has one of the phrases in it, as whole words; they come from the page as they are compared. */
export function hasRiskWords(text: string, phrases: readonly string[]): boolean {
  const compared = ` ${asCompared(text)} `;
  return phrases.some((phrase) => compared.includes(` ${phrase} `));
}
