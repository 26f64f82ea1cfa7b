/** Pictures: kept as they are seen, and the first one of the newest articles before. Their names never change. */

import { PICTURES, dropPictures } from "../library/pictures.js";

/** How many pictures are kept; the oldest go first. At some 40 KB each this stays below 10 MB. */
const MOST = 240;
/** How many articles have their first picture fetched before anybody has opened them. */
const AHEAD = 40;

/** Say what is kept: how many pictures, and how many bytes they take. */
export async function weighPictures(): Promise<{ count: number; bytes: number }> {
  const cache = await caches.open(PICTURES);
  const responses = await Promise.all((await cache.keys()).map((key) => cache.match(key)));
  const sizes = await Promise.all(responses.map(async (response) => (await response?.blob())?.size ?? 0));
  return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Answer a request for a picture: from this phone, else from the network, else another size of it. */
export async function picture(
  request: Request,
  later: (work: Promise<unknown>) => void,
  areKept: () => Promise<boolean>,
): Promise<Response> {
  const cache = await caches.open(PICTURES);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  try {
    const response = await fetch(request);
    if (isPicture(response)) {
      const copy = response.clone();
      later(areKept().then<unknown>((yes) => (yes ? keep(cache, request.url, copy) : copy.body?.cancel())));
    }
    return response;
  } catch {
    return (await anotherSize(cache, request.url)) ?? Response.error();
  }
}

/**
 * Fetch the first picture of each of the first cards that is not there yet, the smallest size of it, one after another,
 * as long as there is room for it in so many bytes and nobody has said to stop.
 */
export async function keepFirstPictures(cards: readonly string[], room: number, signal: AbortSignal): Promise<void> {
  let left = room - (await weighPictures()).bytes;
  // What texts have grown into is taken from the pictures.
  if (left < 0) return void (await dropPictures());
  const cache = await caches.open(PICTURES);
  const there = new Set((await cache.keys()).map((request) => family(request.url)));
  const addresses = cards.slice(0, AHEAD).map(smallest).filter((address) => address !== null);
  const missing = addresses.filter((address) => !there.has(family(new URL(address, location.href).href)));
  for (const address of missing) {
    if (left <= 0) return;
    const response = await fetch(address, { credentials: "omit", redirect: "error", signal });
    if (!isPicture(response)) continue;
    left -= (await response.clone().blob()).size;
    if (!(await keep(cache, address, response))) return;
  }
}

/** Give up the pictures, in all their sizes, that stood in what was withdrawn. One that others show comes again. */
export async function forgetPictures(markup: readonly string[]): Promise<void> {
  const families = new Set(markup.flatMap((text) => text.match(/\/media\/[^\s"',&]+/g) ?? []).map(family));
  if (families.size === 0) return;
  const cache = await caches.open(PICTURES);
  const gone = (await cache.keys()).filter(({ url }) => families.has(family(new URL(url).pathname)));
  await Promise.all(gone.map((request) => cache.delete(request)));
}

/** Find the address of the smallest size of the first picture in a card. */
export function smallest(card: string): string | null {
  const tag = /<img\b[^>]*>/.exec(card)?.[0] ?? "";
  const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  const sizes = attribute("srcset")
    .split(",")
    .map((candidate) => candidate.trim().split(/\s+/))
    .map(([address = "", width = ""]) => ({ address, width: parseInt(width, 10) || Infinity }))
    .filter(({ address }) => address.startsWith("/media/"))
    .sort((a, b) => a.width - b.width);
  const plain = attribute("src");
  return sizes[0]?.address ?? (plain.startsWith("/media/") ? plain : null);
}

/** Keep a picture; says whether there was room. */
async function keep(cache: Cache, address: string, response: Response): Promise<boolean> {
  try {
    await cache.put(address, response);
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((key) => cache.delete(key)));
    return true;
  } catch {
    // The phone is full: the library needs the room more than a picture does.
    await dropPictures();
    return false;
  }
}

/** All sizes of a picture lie in one folder, named by the hash of the original. */
function family(address: string): string {
  return address.slice(0, address.lastIndexOf("/") + 1);
}

async function anotherSize(cache: Cache, address: string): Promise<Response | undefined> {
  const key = (await cache.keys()).find((request) => family(request.url) === family(address));
  return key && cache.match(key);
}

function isPicture(response: Response): boolean {
  return response.status === 200 && !response.redirected && /^image\//.test(response.headers.get("content-type") ?? "");
}
