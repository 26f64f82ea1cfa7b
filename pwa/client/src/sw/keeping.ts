/** When the worker keeps the library fresh, and what it says while it does. */

import { asker } from "../library/feed.js";
import type { Library } from "../library/library.js";
import { Outcome, type Witness, synchronise } from "../library/sync.js";
import { Keeping, Network, type Occasion } from "../shared/messages.js";
import { AHEAD, dropPictures, keepFirstPictures } from "./media.js";
import { stand } from "./standing.js";

/** A page that opens, or comes into view, need not ask again so soon. */
const SOON_MS = 30_000;
const MARKS = "respite-marks";
const WITNESS = "/marks/library";

const NETWORKS: Partial<Record<Outcome, Network>> = {
  [Outcome.Complete]: Network.Online,
  [Outcome.Silence]: Network.Offline,
  [Outcome.Refused]: Network.Offline,
  [Outcome.Stranger]: Network.Portal,
};

/** Remembers outside IndexedDB that there was a library. */
const witness: Witness = {
  async saw() {
    return Boolean(await (await caches.open(MARKS)).match(WITNESS));
  },
  async see() {
    await (await caches.open(MARKS)).put(WITNESS, new Response(""));
  },
};

let running: AbortController | null = null;

/** Stop the round that runs, if any; the next goes on where it stopped. */
export function stop(): void {
  running?.abort();
}

/** Run a round of sync where the occasion asks for one. */
export async function keepFresh(library: Library, why: Occasion): Promise<void> {
  if (running) return;
  const controller = new AbortController();
  running = controller;
  try {
    const mark = await library.mark();
    const soon = mark.synced_at !== null && Date.now() - mark.synced_at < SOON_MS;
    if ((why === "start" || why === "visible") && soon && mark.complete) {
      stand({ articles: await library.count("article") });
      return;
    }
    const outcome = await round(library, controller.signal);
    stand({
      keeping: outcome === Outcome.Full ? Keeping.Full : Keeping.Idle,
      articles: await library.count("article"),
      ...(NETWORKS[outcome] ? { network: NETWORKS[outcome] } : {}),
    });
    if (outcome === Outcome.Complete) await keepPictures(library);
  } catch (error) {
    // Without a store there is nothing to keep; reading from the network goes on.
    stand({ keeping: Keeping.Idle });
    console.warn("The library could not be kept:", error);
  } finally {
    running = null;
  }
}

function round(library: Library, signal: AbortSignal): Promise<Outcome> {
  let isLong = false;
  return synchronise(
    {
      library,
      signal,
      witness,
      ask: asker(fetch.bind(self)),
      makeRoom: dropPictures,
      progress({ done, total, more, lost }) {
        // One page is taken in a moment: only a longer round is worth a word.
        isLong ||= more;
        if (isLong) stand({ network: Network.Online, keeping: lost ? Keeping.Lost : Keeping.Fetching, done, total });
      },
    },
    navigator.locks,
  );
}

async function keepPictures(library: Library): Promise<void> {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  const newest = (await library.articles()).slice(0, AHEAD);
  await keepFirstPictures(newest.map((row) => row.card)).catch(() => undefined);
}
