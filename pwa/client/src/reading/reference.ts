/** The leaf of a reference: what the list says of the work, beside the place that cites it. */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { layLeaf } from "./leaf.js";

/** Show the reference that a citation leads to; false where the page has none. */
export function showReference(link: HTMLAnchorElement): boolean {
  const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const told = entry?.querySelector(".stack")?.cloneNode(true);
  if (!(told instanceof HTMLElement)) return false;
  // The list's own ways back into the text lead where the reader is already; and ids stand on a page once.
  told.querySelector(".cited-in")?.remove();
  for (const element of told.querySelectorAll("[id]")) element.removeAttribute("id");
  const shown = make("div", { class: "refs" }, told);
  const way = make("p", { class: "actions" }, make("a", { class: "btn bare small", href: link.hash }, say("See it in the list")));
  layLeaf(link.textContent?.trim() || say("Reference"), [shown, way], link);
  return true;
}
