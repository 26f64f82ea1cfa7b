/** How the text is set: its size, the height and length of its lines. Kept on this phone, said to the worker for pages to come. */

import { tell } from "./worker.js";

/** What can be chosen; the first of each is as the house sets it, and is not written down. */
export const LOOKS = {
  size: ["standard", "smaller", "larger", "largest"],
  leading: ["standard", "closer", "wider"],
  measure: ["standard", "shorter", "longer"],
} as const;

export type Aspect = keyof typeof LOOKS;
const KEY = "respite-look";

/** Give the choices that differ from the house's, as `size-larger leading-wider`. */
export function chosenLook(): string {
  try {
    return known(localStorage.getItem(KEY) ?? "");
  } catch {
    // Storage may be forbidden altogether.
    return document.documentElement.dataset.look ?? "";
  }
}

/** Give what is chosen of one aspect. */
export function chosenOf(aspect: Aspect): string {
  const word = chosenLook().split(" ").find((one) => one.startsWith(`${aspect}-`));
  return word?.slice(aspect.length + 1) ?? LOOKS[aspect][0];
}

/** Choose one aspect, for this page and those to come. */
export function chooseLook(aspect: Aspect, choice: string): void {
  const others = chosenLook().split(" ").filter((word) => !word.startsWith(`${aspect}-`));
  keep(known([...others, `${aspect}-${choice}`].join(" ")));
}

/** Set everything as the house does. */
export function resetLook(): void {
  keep("");
}

/** Show the page so; the worker has usually done so before the page was painted. */
export function showLook(look: string): void {
  if (look) document.documentElement.dataset.look = look;
  else delete document.documentElement.dataset.look;
}

function keep(look: string): void {
  try {
    if (look) localStorage.setItem(KEY, look);
    else localStorage.removeItem(KEY);
  } catch {
    // It then lasts as long as this page.
  }
  showLook(look);
  void tell({ type: "look", look });
}

/** Leave only words that mean something, in one order. */
function known(look: string): string {
  const words = new Set(look.split(" "));
  const all = Object.entries(LOOKS).flatMap(([aspect, choices]) => choices.slice(1).map((choice) => `${aspect}-${choice}`));
  return all.filter((word) => words.has(word)).join(" ");
}
