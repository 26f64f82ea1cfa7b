/**
 * The worker that takes itself away: served at /sw.js where the settings say that no worker is wanted any more.
 * It waits for nobody, removes what its predecessors have kept, and is gone. No page is reloaded.
 */

/// <reference lib="webworker" />

import { DATABASE } from "../library/name.js";

declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", () => void self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(retire());
});

async function retire(): Promise<void> {
  const ours = (await caches.keys()).filter((name) => name.startsWith("respite-"));
  await Promise.all(ours.map((name) => caches.delete(name)));
  indexedDB.deleteDatabase(DATABASE);
  await self.registration.unregister();
}
