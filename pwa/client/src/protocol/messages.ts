/** What the pages and the worker say to each other: the whole vocabulary. */

/** The name of the channel on which the worker tells every open page how things stand. */
export const CHANNEL = "respite";

/** How the network was when it was last tried. */
export enum Network {
  /** Nobody has tried yet. */
  Unknown = "unknown",
  /** Our server answered, in time. */
  Online = "online",
  /** Our server answers, or may answer, but not within the limit. */
  Slow = "slow",
  /** Nothing answered, or our server is down. */
  Offline = "offline",
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
}

/** How things stand, as a page may show it. */
export interface Standing {
  readonly type: "standing";
  readonly network: Network;
  readonly keeping: Keeping;
  /** Changes taken in this round, and how many the round will have; `total` is null where nobody has said. */
  readonly done: number;
  readonly total: number | null;
  /** How many articles can be read on this phone. */
  readonly articles: number;
}

/** One article that can be read on this phone. */
export interface Kept {
  readonly path: string;
  readonly title: string;
  readonly card: string;
}

/** Why a page asks for a round of sync. Anything but `start` and `visible` is done at once. */
export type Occasion = "start" | "visible" | "interval" | "online" | "asked";

export type ToWorker =
  | { readonly type: "sync"; readonly why: Occasion }
  | { readonly type: "stop" }
  | { readonly type: "take-over" }
  | { readonly type: "theme"; readonly theme: string };

/** Questions that are answered on the port that comes with them. */
export type Question =
  | { readonly type: "standing" }
  | { readonly type: "kept"; readonly limit: number }
  | { readonly type: "is-kept"; readonly paths: readonly string[] };

export interface Answers {
  standing: Standing;
  kept: { articles: readonly Kept[]; count: number };
  "is-kept": readonly string[];
}
