/** Answers the way back of somebody who is leaving with an empty page; see `page/leaving.ts`. */

import type { Release } from "./release.js";

/** Longer than this, nobody is still on the way. */
const ON_THE_WAY_MS = 3_000;

let since = -Infinity;

/** Remember that somebody is leaving now. */
export function startLeaving(now: number): true {
  since = now;
  return true;
}

/** Say whether a navigation is the way back of somebody who is leaving. */
export function isLeaving(request: Request, now: number): boolean {
  const { isHistoryNavigation = true } = request as { isHistoryNavigation?: boolean };
  return isHistoryNavigation && now - since < ON_THE_WAY_MS;
}

/** Give a page that shows nothing and runs our script, which finishes leaving. */
export function emptyPage(release: Release): Response {
  const script = release.assets.find((address) => /\/pwa\/app\.[^/]*js$/.test(address)) ?? "";
  const html = `<!doctype html><html hidden><head><meta charset="utf-8"><title></title><script type="module" src="${script}"></script></head><body></body></html>`;
  return new Response(html, { headers: { ...release.headers, "content-type": "text/html; charset=utf-8", "cache-control": "no-store" } });
}
