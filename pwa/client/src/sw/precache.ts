/** The hashed files of one release, fetched when it is installed and served from there on. */

import type { Release } from "./release.js";

const PREFIX = "respite-release-";
const LEFT_BEHIND = "/left-behind";

/** An address with what its answer must be, so that a captive portal's page is never kept as our script. */
const OURS = /\.js .*javascript|\.css text\/css|\/ text\/html|\.(svg|png) image\//;

/** Keep everything of a release, or raise and keep nothing. */
export async function keepRelease(release: Release): Promise<void> {
  const name = PREFIX + release.version;
  const cache = await caches.open(name);
  const addresses = [...new Set([...release.assets, ...release.pages])];
  const others = new AbortController();
  try {
    await Promise.all(addresses.map((address) => keep(cache, address, others.signal)));
  } catch (error) {
    others.abort();
    await caches.delete(name);
    throw error;
  }
}

/** Fetch again what the browser has removed of the release that runs; what cannot be had now is had another time. */
export async function mendRelease(release: Release): Promise<void> {
  const cache = await caches.open(PREFIX + release.version);
  const there = new Set((await cache.keys()).map(({ url }) => url));
  const missing = [...release.assets, ...release.pages].filter((address) => !there.has(new URL(address, location.href).href));
  await Promise.all(missing.map((address) => keep(cache, address).catch(() => undefined)));
}

async function keep(cache: Cache, address: string, signal?: AbortSignal): Promise<void> {
  // A hashed name never changes its content, so the browser's own copy will do; a page must be new.
  const response = await fetch(address, { cache: address.endsWith("/") ? "reload" : "default", credentials: "omit", redirect: "error", signal: signal ?? null });
  const type = response.headers.get("content-type") ?? "";
  if (response.status !== 200 || !OURS.test(`${address} ${type}`)) {
    throw new TypeError(`${address} answered ${response.status} ${type}`);
  }
  await cache.put(address, response);
}

/** Find a kept file, of this release or of an earlier one that a page still needs. */
export function kept(address: string): Promise<Response | undefined> {
  return caches.match(address, { ignoreVary: true });
}

/**
 * Remove the files of earlier releases, unless a page that was opened with them is still open.
 * Such pages are remembered when a release takes over, since nothing else tells them from new ones. While a newer
 * release is coming, what is not ours may be its.
 */
export async function forgetEarlier(
  release: Release,
  open: readonly string[],
  takingOver: boolean,
  isNewerComing: () => boolean,
): Promise<boolean> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const mine = PREFIX + release.version;
  const earlier = names.filter((name) => name !== mine);
  if (earlier.length === 0) return true;
  const cache = await caches.open(mine);
  const remembered = takingOver ? open : await leftBehind(cache);
  const needed = remembered.filter((id) => open.includes(id));
  await cache.put(LEFT_BEHIND, Response.json(needed));
  if (needed.length > 0 || isNewerComing()) return false;
  await Promise.all(earlier.map((name) => caches.delete(name)));
  return true;
}

async function leftBehind(cache: Cache): Promise<string[]> {
  const response = await cache.match(LEFT_BEHIND);
  return response ? ((await response.json()) as string[]) : [];
}
