/** What everything here works with: the database, a clock, and a way to tell the open pages. */

import type { AccountConnection } from "./database.js";

/** The channel on which pages and worker hear what has changed; never any of the words. */
export const OUTBOX_CHANNEL = "respite-outbox";

export type News =
  /** Something was queued, taken back, refused, or is on its way. */
  | { readonly type: "changed" }
  /** Something has arrived. */
  | { readonly type: "sent"; readonly id: string }
  /** A round has ended, and something is left that waits for another. */
  | { readonly type: "left" }
  /** Copies of private pages are other ones now. */
  | { readonly type: "copies" }
  /** Somebody else is logged in now, or nobody. */
  | { readonly type: "session" }
  /** Everything of an account is gone from this phone. */
  | { readonly type: "wiped" };

export interface Desk {
  readonly connection: AccountConnection;
  readonly now: () => number;
  readonly tell: (news: News) => void;
}

/** Raised where what was to be kept belongs to somebody who has left meanwhile. */
export class Gone extends Error {}
