/** Further pages of one thing, kept with its own in one text; see `pwa/leaves.py`, which binds them. */

import type { Speech } from "../words/speech.js";

const FURTHER = /<!--further:([a-z]+)-->/;
/** Where what is drawn of a specialist has further pages: at its own address, then the page's name. */
const BELONGS = /^(.*\/specialists\/[^/]+\/)(request)\/$/;

/** Give one page of a thing; its own, where no further one is named; "" where there is none of that name. */
export function leafOf(html: string, name = ""): string {
  const [own = "", ...rest] = html.split(FURTHER);
  if (!name) return own;
  const at = rest.findIndex((part, index) => index % 2 === 0 && part === name);
  return at < 0 ? "" : (rest[at + 1] ?? "");
}

/** Give the address of the thing that a page belongs to, and the page's name: "" for its own. */
export function belongs(path: string): readonly [base: string, name: string] {
  const match = BELONGS.exec(path);
  return match ? [match[1] ?? "", match[2] ?? ""] : [path, ""];
}

/** Name a further page of a thing. */
export function leafTitle(title: string, name: string, { say }: Speech): string {
  return name ? say("A free first consultation with %(name)s", { name: title }) : title;
}
