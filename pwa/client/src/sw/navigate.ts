/** Answering a navigation: from the network while it is quick, from this phone when it is not. */

/** How long the network may take when there is a copy on this phone. */
export const LIMIT_MS = 2_000;
/** How long it may take right after it has been too slow: waiting again and again helps nobody. */
export const LIMIT_AFTER_SLOW_MS = 500;
/** How long it may take for a private page, whose copy on this phone may be older than what somebody has just done. */
export const LIMIT_OWN_MS = 4_000;
/** How long it may take when there is nothing else to show. */
export const PATIENCE_MS = 20_000;

/** Why an answer is what it is. */
export enum Reason {
  /** The server answered in time. */
  Network = "network",
  /** The server did not answer within the limit. */
  TooSlow = "too slow",
  /** Nobody answered. */
  NoConnection = "no connection",
  /** The server has failed (5xx). */
  ServerFailed = "server failed",
}

export interface Navigation {
  readonly network: () => Promise<Response>;
  /** The page from this phone, or null where it is not there. */
  readonly local: () => Promise<Response | null>;
  /** The page that says that there is no connection. */
  readonly nothing: () => Promise<Response>;
  readonly limit: number;
  readonly patience: number;
  readonly tell: (reason: Reason) => void;
}

const LATE = Symbol("late");

/** Answer one navigation. Never raises as long as `nothing` does not. */
export async function answer(navigation: Navigation): Promise<Response> {
  const network = navigation.network().catch(() => null);
  let response = await within(navigation.limit, network);
  if (response === LATE) {
    navigation.tell(Reason.TooSlow);
    const local = await fromThisPhone(navigation);
    if (local) return local;
    response = await within(navigation.patience, network);
  }
  if (response === LATE || response === null) {
    navigation.tell(Reason.NoConnection);
    return (await fromThisPhone(navigation)) ?? navigation.nothing();
  }
  if (response.status >= 500) {
    navigation.tell(Reason.ServerFailed);
    return (await fromThisPhone(navigation)) ?? response;
  }
  // A redirection may be a captive portal's; the browser follows it, we conclude nothing.
  if (response.type !== "opaqueredirect") navigation.tell(Reason.Network);
  return response;
}

/** A store that fails is a store without the page. */
async function fromThisPhone(navigation: Navigation): Promise<Response | null> {
  return navigation.local().catch(() => null);
}

function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | typeof LATE> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(LATE), milliseconds);
    void promise.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

/** Areas whose answers are between one person and the server: never looked at, never kept. */
const PRIVATE = /^\/(admin|accounts|own|letters|api|documents|sync|healthz)(\/|$)/;

/** Say whether a navigation is ours to answer. */
export function isPublic(url: URL): boolean {
  return !PRIVATE.test(url.pathname);
}
