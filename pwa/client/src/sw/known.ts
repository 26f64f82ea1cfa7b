/** What this phone knows of the articles that somebody has saved: where each stands now, or that it was taken down. */

import { type Row, standsAt, text } from "../library/entries.js";
import type { Library } from "../library/library.js";
import type { Known } from "../protocol/messages.js";

/** Give what is known, in no order; what the library has never heard of is left out. */
export async function known(library: Library, ids: readonly string[], now: number): Promise<Known[]> {
  const rows = await Promise.all(ids.map((id) => library.byId(id)));
  return rows.flatMap((row) => (row ? [told(row, now)] : []));
}

function told(row: Row, now: number): Known {
  const { id, path, title } = row;
  const gone = standsAt(row, now) ? null : { reason: text(row, "reason"), replacement: text(row, "replacement_path") };
  return { id, path, title, updated_at: text(row, "updated_at"), gone };
}
