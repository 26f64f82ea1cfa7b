/** What a form does about words that may mean that somebody is in danger (`words/risk.ts`): it shows the way to Help now. */

import { icon, make } from "../page/make.js";
import { say } from "../page/speech.js";

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
