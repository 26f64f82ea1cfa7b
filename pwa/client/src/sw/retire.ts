/**
 * The worker that takes itself away: served at /sw.js where the settings say that no worker is wanted any more.
 * It waits for nobody, removes what its predecessors have kept, and is gone. No page is reloaded, and what the reader has
 * made (`respite-own`) is never touched.
 */

/// <reference lib="webworker" />

import { DATABASE, SEARCH_DATABASE } from "../library/name.js";

declare const self: ServiceWorkerGlobalScope;

/** How long the predecessor may go on with what it is at. */
const PATIENCE_MS = 1_000;

self.addEventListener("install", (event) => {
  // Clearing has a second time, since the predecessor still runs; and must not keep us from being installed.
  event.waitUntil(Promise.all([self.skipWaiting(), clear().catch(() => undefined)]));
  // A predecessor that is busy without end holds back our activation. No page is opened with it once it is unregistered.
  setTimeout(() => void self.registration.unregister(), PATIENCE_MS);
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clear().finally(() => self.registration.unregister()));
});

async function clear(): Promise<void> {
  const ours = (await caches.keys()).filter((name) => name.startsWith("respite-"));
  await Promise.all([...ours.map((name) => caches.delete(name)), ...[DATABASE, SEARCH_DATABASE].map(removed)]);
}

/** A database that somebody holds goes as soon as it is let go. */
function removed(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}
