/** The article that a page shows, as its tools' element tells it. */

import type { Article } from "../own/shelf.js";

/** Read which article the tools belong to. */
export function articleOf(reader: HTMLElement): Article {
  const { id = "", path = "", title = "", summary = "", language = "", minutes = "", updated = "" } = reader.dataset;
  return { id, path, title, summary, language, minutes: Number(minutes), updated_at: updated };
}
