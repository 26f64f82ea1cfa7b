/** What was found, carried from the search to the page it is in: in this tab alone, and only until that page opens. */

const KEY = "respite-found";

export interface Found {
  readonly path: string;
  readonly query: string;
  /** The words of the excerpt that was followed, by which its place is known. */
  readonly excerpt: string;
}

/** Remember which result is being followed. */
export function rememberFound(link: HTMLAnchorElement, query: string): void {
  const excerpt = link.dataset.excerpt ?? link.closest(".result")?.querySelector("p:has(mark)")?.textContent ?? "";
  const found: Found = { path: new URL(link.href).pathname, query, excerpt };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(found));
  } catch {
    // Then the page opens at its section, and nothing is marked in it.
  }
}

/** Say whether a result was followed to get here. */
export function wasFound(): boolean {
  try {
    return sessionStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** Give what was found in this page, once; null where another page was meant. */
export function takeFound(): Found | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Found | null;
    sessionStorage.removeItem(KEY);
    return found?.path === location.pathname ? found : null;
  } catch {
    return null;
  }
}
