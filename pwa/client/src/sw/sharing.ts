/** What a link that another app has shared leads to, as far as this phone knows. The server does the same (`pwa/sharing.py`). */

import { type Row, standsAt } from "../library/entries.js";
import type { Library } from "../library/library.js";
import { escaped } from "../words/escape.js";
import type { Speech } from "../words/speech.js";
import type { Fills } from "./compose.js";
import { type Face, type Part, type Release, faceOf } from "./release.js";
import { readShared } from "./shared-link.js";

export interface Taken {
  readonly part: Part;
  readonly fills: Fills;
}

/** Choose the part of the page, with what fills it, for what was shared. */
export async function takeShared(
  library: Library,
  release: Pick<Release, "faces">,
  url: URL,
  now: number,
  speech: Speech,
): Promise<Taken> {
  const { path, words, isEmpty } = readShared(url.searchParams, url.origin);
  const query = { query: escaped(words) };
  if (!path) return { part: isEmpty ? "share-empty" : "share-elsewhere", fills: query };
  const face = faceOf(release, path);
  const place = placeOf(path.slice(face.root.length), speech);
  if (place) return { part: "share-page", fills: { way: escaped(path), title: place } };
  const row = await rowAt(library, face, path, now);
  if (!row) return { part: "share-missing", fills: { ...query, way: escaped(encodeURI(path).replace(/[?#]/g, encodeURIComponent)) } };
  const { data, kind, id, language } = row;
  const way = row.path.startsWith(`${face.root}/`) ? row.path : face.root + row.path;
  const known = { way: escaped(way), title: escaped(row.title) };
  if (kind !== "article") return { part: "share-page", fills: known };
  const more = { card: row.card, id: escaped(id), summary: told(data.summary), language: escaped(language), minutes: told(data.reading_minutes), updated: told(data.updated_at) };
  return { part: "share-article", fills: { ...known, ...more } };
}

/** Name a page of ours that is no entry, by what follows upon the language in its address. */
function placeOf(inner: string, { say }: Speech): string | undefined {
  switch (inner) {
    case "/help/":
      return say("Help now");
    case "/search/":
      return say("Search");
    case "/saved/":
      return say("Saved");
    case "/on-this-phone/":
      return say("On this phone");
  }
  return undefined;
}

/** Give what stands at an address, or has moved from there, or is there once for all languages; null for everything else. */
async function rowAt(library: Library, face: Face, path: string, now: number): Promise<Row | null> {
  const isThere = (row: Row | null): row is Row => row !== null && standsAt(row, now);
  const row = await library.at(path);
  if (row) return isThere(row) ? row : null;
  const moved = await library.formerlyAt(path);
  if (isThere(moved)) return moved;
  const shared = face.root ? await library.at(path.slice(face.root.length)) : null;
  return isThere(shared) && shared.kind === "person" ? shared : null;
}

function told(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? escaped(String(value)) : "";
}
