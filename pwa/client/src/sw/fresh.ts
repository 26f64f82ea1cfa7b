/** Answering from this phone at once, without asking anybody first, while its library is known to be fresh. */

import { normal } from "../library/address.js";
import { holds, standsAt } from "../library/entries.js";
import { isWithin } from "../library/library.js";
import { type Desk, knownSharePage, rowPage } from "./pages.js";

/**
 * So long after it was brought up to date, a library is still taken to be what is published. Open pages ask every
 * five minutes, and each page that is answered from here asks as it opens.
 */
export const FRESH_MS = 10 * 60_000;

/** Make the page of something of the library or of what was shared, or null where the network is to be asked first. Never raises. */
export async function freshPage(desk: Desk, url: URL): Promise<Response | null> {
  const fresh: Desk = { ...desk, madeOn: "fresh" };
  try {
    const shared = await knownSharePage(fresh, url);
    if (shared) return shared;
    const [mark, row] = await Promise.all([desk.library.mark(), desk.library.at(normal(url.pathname))]);
    const now = desk.clock();
    if (row === null || !standsAt(row, now) || !holds(row)) return null;
    return isWithin(mark, FRESH_MS, now) ? await rowPage(fresh, row, url) : null;
  } catch {
    return null;
  }
}
