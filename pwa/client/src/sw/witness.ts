/** Remembers outside IndexedDB that there was a library, so that the loss of the database is noticed. */

import type { Witness } from "../library/sync.js";

const MARKS = "respite-marks";
const LIBRARY = "/marks/library";

export const witness: Witness & { forget(): Promise<unknown> } = {
  async saw() {
    return Boolean(await (await caches.open(MARKS)).match(LIBRARY));
  },
  async see() {
    await (await caches.open(MARKS)).put(LIBRARY, new Response(""));
  },
  async forget() {
    return (await caches.open(MARKS)).delete(LIBRARY);
  },
};
