/** Tells the pages that are open what has been renewed, so that one of them may offer its reader the new text. */

import { normal } from "../library/address.js";
import { type Change, type Row, TOMBSTONE } from "../library/entries.js";
import type { Library } from "../library/library.js";
import { RENEWALS, type Renewal } from "../protocol/messages.js";

const channel = new BroadcastChannel(RENEWALS);

/** Tell of changes that have just been taken in. */
export function tellRenewed(changes: readonly Change[]): void {
  for (const { path, revision, op } of changes) {
    if (path) channel.postMessage({ path, revision, isGone: op === "delete" } satisfies Renewal);
  }
}

/** Give how what stands at an address is now; null where this phone knows nothing of it, or cannot say. */
export async function renewal(library: Library, path: string): Promise<Renewal | null> {
  const row: Row | null = await library.at(normal(path)).catch(() => null);
  return row && { path, revision: row.revision, isGone: row.kind === TOMBSTONE };
}
