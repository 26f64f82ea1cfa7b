/** The speech of this page: its document has the words, where it is not in English. */

import { type Words, speech } from "../words/speech.js";

function pageWords(): Words {
  const told = globalThis.document?.getElementById("words")?.textContent;
  return told ? (JSON.parse(told) as Words) : {};
}

export const { language, say, many } = speech(pageWords(), globalThis.document?.documentElement.lang || "en");
