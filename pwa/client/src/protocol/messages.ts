/** What the pages and the worker say to each other: the whole vocabulary. */

import type { Happening } from "../library/tally.js";
import type { Kept as Draft } from "../outbox/drafts.js";
import type { Wishes } from "../library/wishes.js";

/** The name of the channel on which the worker tells every open page how things stand. */
export const CHANNEL = "respite";

/** The name of the channel on which the worker tells every open page what has been renewed under its address. */
export const RENEWALS = "respite-renewals";

/** Something published that has changed while it may be open somewhere. */
export interface Renewal {
  readonly path: string;
  readonly revision: number;
  readonly isGone: boolean;
}

/** How the network was when it was last tried. */
export enum Network {
  /** Nobody has tried yet. */
  Unknown = "unknown",
  /** Our server answered, in time. */
  Online = "online",
  /** Our server answers, or may answer, but not within the limit. */
  Slow = "slow",
  /** Nothing answered. */
  Offline = "offline",
  /** Our server is there, and fails. */
  Down = "down",
  /** Somebody answered who is not our server: most often a network that wants a log-in first. */
  Portal = "portal",
}

/** What the library on this phone is doing. */
export enum Keeping {
  /** Nothing at the moment. */
  Idle = "idle",
  /** Changes are being fetched. */
  Fetching = "fetching",
  /** The phone has no room left; what is there stays. */
  Full = "full",
  /** The browser had removed the library; it is being fetched again. */
  Lost = "lost",
  /** The reader has paused it. */
  Paused = "paused",
  /** The reader has removed the library from this phone. */
  Removed = "removed",
}

/** How things stand, as a page may show it. */
export interface Standing {
  readonly type: "standing";
  readonly network: Network;
  /** When the network was last tried, in milliseconds; 0 where nobody has. */
  readonly measured_at: number;
  /** Until when our server has asked to be left alone, in milliseconds; 0 where it has not. */
  readonly rests_until: number;
  readonly keeping: Keeping;
  /** Changes taken in this round, and how many the round will have; `total` is null where nobody has said. */
  readonly done: number;
  readonly total: number | null;
  /** What the library takes on this phone, as stored. */
  readonly bytes: number;
  /** How many articles can be read on this phone. */
  readonly articles: number;
}

/** One article that can be read on this phone. */
export interface Kept {
  readonly path: string;
  readonly title: string;
  readonly card: string;
}

/**
 * Why a round of sync is asked for. Anything but `start` and `visible` is done at once; `opened` is a page that was
 * answered from this phone without asking anybody, `periodic` is the browser's own.
 */
export type Occasion = "start" | "visible" | "opened" | "interval" | "online" | "asked" | "periodic";

/** What is on this phone, in figures. */
export interface Store {
  /** Whether this browser lets anything be kept at all. */
  readonly usable: boolean;
  readonly complete: boolean;
  readonly synced_at: number | null;
  /** Articles with their text, and those that are here as titles. */
  readonly readable: number;
  readonly titles: number;
  readonly bytes: number;
  readonly pictures: { readonly count: number; readonly bytes: number };
  readonly wishes: Wishes;
}

/** What the library on this phone knows of an article that somebody has saved. */
export interface Known {
  readonly id: string;
  /** Where it stands now; for what was taken down, where it stood. */
  readonly path: string;
  readonly title: string;
  /** When its text last changed; "" where a release before has not said. */
  readonly updated_at: string;
  /** Taken down: with the public reason and what to read instead, each "" where there is none. */
  readonly gone: { readonly reason: string; readonly replacement: string } | null;
}

export type ToWorker =
  | { readonly type: "sync"; readonly why: Occasion }
  | { readonly type: "stop" }
  | { readonly type: "wish"; readonly change: Partial<Wishes> }
  | { readonly type: "follow"; readonly topic: string; readonly isFollowed: boolean }
  | ({ readonly type: "count" } & Happening)
  /** Something waits to be sent, or an account is heard to be logged in. */
  | { readonly type: "flush" }
  /** What stands in a form of a page that goes away, and with whose keys it is to be kept. */
  | { readonly type: "draft"; readonly holder: string; readonly generation: string; readonly draft: Draft }
  | { readonly type: "take-over" }
  | { readonly type: "theme"; readonly theme: string }
  | { readonly type: "look"; readonly look: string };

/** Questions that are answered on the port that comes with them. */
export type Question =
  | { readonly type: "store" }
  | { readonly type: "standing" }
  | { readonly type: "index-due" }
  /** How what stands at an address is now; null where nothing is known of it. */
  | { readonly type: "renewal"; readonly path: string }
  | { readonly type: "kept"; readonly limit: number; readonly language: string }
  | { readonly type: "is-kept"; readonly paths: readonly string[] }
  | { readonly type: "known"; readonly ids: readonly string[] }
  /** The reader leaves this site: once this is answered, the way back shows nothing. */
  | { readonly type: "leaving" };

export interface Answers {
  store: Store;
  standing: Standing;
  "index-due": boolean;
  renewal: Renewal | null;
  kept: { articles: readonly Kept[]; count: number };
  "is-kept": readonly string[];
  known: readonly Known[];
  leaving: true;
}
