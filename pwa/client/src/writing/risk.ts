/**
 * Words that may mean that somebody is in danger. Where one is typed, the way to Help now is shown: nothing is held back,
 * and nothing about it is kept or sent.
 */

import { icon, make } from "../page/make.js";
import { say } from "../page/speech.js";
import { plainWords } from "../search/words.js";

/** Say whether a text has one of the phrases, as words are compared in search; an asterisk stands for any ending. */
export function hasRisk(text: string, phrases: readonly string[]): boolean {
  const words = plainWords(text);
  return phrases.some((phrase) => {
    const isOpen = phrase.endsWith("*");
    const wanted = plainWords(phrase);
    const fits = (at: number) => wanted.every((word, index) => (isOpen && index === wanted.length - 1 ? words[at + index]?.startsWith(word) : words[at + index] === word));
    return wanted.length > 0 && words.some((_, at) => fits(at));
  });
}

/** Read the phrases of a form; none where it has none. */
export function phrasesOf(element: HTMLElement): readonly string[] {
  const told: unknown = JSON.parse(element.dataset.riskWords || "[]");
  return Array.isArray(told) ? told.filter((phrase): phrase is string => typeof phrase === "string") : [];
}

/** Make the notice. */
export function riskNote(): HTMLElement {
  const way = document.querySelector<HTMLAnchorElement>(".top .help")?.getAttribute("href") ?? "/help/";
  return make(
    "p",
    { class: "note", "data-tone": "clay" },
    icon("help", ""),
    make("span", {}, say("If you may be in danger, or waiting for an answer is too long: there are people you can reach now."), " ", make("a", { href: way }, make("b", {}, say("Help now")))),
  );
}
