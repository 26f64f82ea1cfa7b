/** When the worker keeps the library fresh, and what it says while it does. */

import { asker } from "../library/feed.js";
import type { Library } from "../library/library.js";
import { Outcome, type Witness, synchronise } from "../library/sync.js";
import { Keeping, Network, type Occasion } from "../protocol/messages.js";
import { AHEAD, dropPictures, forgetPictures, keepFirstPictures } from "./media.js";
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
let wantedAgain = false;

/** Stop the round that runs, if any; the next goes on where it stopped. */
export function stop(): void {
  running?.abort();
}

/** Run a round of sync where the occasion asks for one; asked for while one runs, it follows that one. */
export async function keepFresh(library: Library, why: Occasion): Promise<void> {
  if (running) {
    wantedAgain ||= why === "asked" || why === "online";
    return;
  }
  if (await isFreshEnough(library, why)) return;
  const outcome = await runRound(library);
  if (wantedAgain) {
    wantedAgain = false;
    return keepFresh(library, "asked");
  }
  if (outcome === Outcome.Complete) await keepPictures(library);
}

async function isFreshEnough(library: Library, why: Occasion): Promise<boolean> {
  if (why !== "start" && why !== "visible") return false;
  try {
    const { complete, synced_at } = await library.mark();
    return complete && synced_at !== null && Date.now() - synced_at < SOON_MS;
  } catch {
    return false;
  }
}

/** Run a round and tell what came of it; null where there is no store to keep anything in. */
async function runRound(library: Library): Promise<Outcome | null> {
  const controller = new AbortController();
  running = controller;
  try {
    const outcome = await round(library, controller.signal);
    stand({
      keeping: outcome === Outcome.Full ? Keeping.Full : Keeping.Idle,
      articles: await library.count("article"),
      ...(NETWORKS[outcome] ? { network: NETWORKS[outcome] } : {}),
    });
    return outcome;
  } catch (error) {
    // Reading from the network goes on all the same.
    stand({ keeping: Keeping.Idle });
    console.warn("The library could not be kept:", error);
    return null;
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
      forget: (markup) => forgetPictures(markup).catch(() => undefined),
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
