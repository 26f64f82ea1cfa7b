/**
 * Leaving this site so that as little as can be leads back to it.
 *
 * A page may not delete entries of the tab's history, but it may go back to its first own entry, take away all that
 * follow, and put an empty page in its place. On the way there nothing may be seen: the page is emptied at once, and
 * the worker answers the way back with an empty page (`sw/leaving.ts`). What remains is one entry ahead, without a title.
 * The browser's own list of visited pages is out of reach.
 */

import { ask } from "./worker.js";

const KEY = "respite-leaving";
/** How long the worker may take to answer, and the way back, before the page is left from where it is. */
const ANSWER_MS = 400;
const PATIENCE_MS = 1_500;
const FRESH_MS = 5_000;

interface Entries {
  readonly currentEntry: { readonly index: number } | null;
}

/** Leave for another address. The page is empty at once, whatever the rest takes. */
export async function leave(to: string): Promise<void> {
  empty();
  const before = (window as { navigation?: Entries }).navigation?.currentEntry?.index ?? 0;
  const canGoBack = before > 0 && navigator.serviceWorker?.controller && mark(to);
  // Without the worker's word the way back might show a page.
  if (!canGoBack || !(await workerIsReady())) {
    unmark();
    return location.replace(to);
  }
  setTimeout(() => location.replace(to), PATIENCE_MS);
  history.go(-before);
}

function workerIsReady(): Promise<boolean> {
  const tooLate = new Promise<false>((resolve) => setTimeout(() => resolve(false), ANSWER_MS));
  return Promise.race([ask({ type: "leaving" }).then((answer) => answer === true), tooLate]);
}

function unmark(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Then nothing was marked.
  }
}

function mark(to: string): boolean {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ to, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

/** Finish leaving where the way back has led: also where the browser had kept that page whole. */
export function finishLeaving(): void {
  finish();
  addEventListener("pageshow", (event) => event.persisted && finish());
}

function finish(): void {
  const to = leavingTo();
  if (!to) return;
  empty();
  // A new entry takes away those ahead; going back from it leaves it as the only one.
  history.pushState(null, "", "/");
  addEventListener("popstate", () => location.replace(to), { once: true });
  history.back();
}

function leavingTo(): string | null {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    const { to, at } = JSON.parse(kept ?? "null") ?? { to: "", at: 0 };
    return Date.now() - at < FRESH_MS ? to : null;
  } catch {
    return null;
  }
}

/** The next page may be slow to come. */
function empty(): void {
  document.title = "";
  document.documentElement.hidden = true;
}
