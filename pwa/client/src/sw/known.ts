/** What this phone knows of the articles that somebody has saved: where each stands now, or that it was taken down. */

import { TOMBSTONE, type Row, runsAt } from "../library/entries.js";
import type { Library } from "../library/library.js";
import type { Known } from "../protocol/messages.js";

/** Give what is known, in no order; what the library has never heard of is left out. */
export async function known(library: Library, ids: readonly string[], now: number): Promise<Known[]> {
  const rows = await Promise.all(ids.map((id) => library.byId(id)));
  return rows.flatMap((row) => (row ? [told(row, now)] : []));
}

function told(row: Row, now: number): Known {
  const { id, path, title, data } = row;
  const isGone = row.kind === TOMBSTONE || !runsAt(row, now);
  const gone = isGone ? { reason: text(data.reason), replacement: text(data.replacement_path) } : null;
  return { id, path, title, updated_at: text(data.updated_at), gone };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
