/**
 * The list of specialists, where this phone makes it: drawn by the page, from the library, as the server draws it. What
 * somebody asks for stays in the page's address.
 */

import { libraryConnection } from "../library/database.js";
import type { Row } from "../library/entries.js";
import { Library } from "../library/library.js";
import { language, many, say } from "../page/speech.js";
import { fill } from "../sw/compose.js";
import { type Campaign, featured } from "../sw/specialists.js";
import { type Listed, askedIn, listed } from "./finding.js";

/** Draw the list in its place, which says meanwhile that it is being looked for. */
export async function listPeople(place: HTMLElement): Promise<void> {
  const rows = await new Library(libraryConnection()).all("specialist").catch(() => []);
  const people = rows.map(inWordsOfThePage);
  const now = Date.now();
  const query = new URLSearchParams(location.search);
  const page = Math.trunc(Number(query.get("page"))) || 1;
  const html = listed(people, askedIn(query), place.dataset.root ?? "", now, page, { language, many, say });
  const first = [...featured(people, now)].map(([id, campaign]) => [`where featured/${id}/${campaign}`, "yes"]);
  // Made of what our server has drawn, with everything else escaped.
  place.innerHTML = fill(html, Object.fromEntries(first), now);
}

/** Give a specialist, who is there once for all languages, in the words of this one. */
function inWordsOfThePage({ id, data, card, others }: Row): Listed {
  const facets = (data.facets ?? []) as Listed["facets"];
  const campaigns = (data.featured ?? []) as readonly Campaign[];
  return { id, facets, card, ...others?.[language], featured: campaigns };
}
