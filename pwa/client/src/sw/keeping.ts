/** When the worker keeps the library fresh, and what it says while it does. */

import { asker } from "../library/feed.js";
import { type Library, isWithin } from "../library/library.js";
import { type Wanted, plan } from "../library/plan.js";
import { restingUntil } from "../library/rest.js";
import { savedIds } from "../library/saved.js";
import { Outcome, synchronise } from "../library/sync.js";
import { textAsker } from "../library/texts.js";
import { DEFAULT, type Wishes, wishesOf } from "../library/wishes.js";
import { Keeping, Network, type Occasion } from "../protocol/messages.js";
import { forgetPictures, keepFirstPictures } from "./media.js";
import { tellRenewed } from "./renewing.js";
import { current, stand } from "./standing.js";
import { witness } from "./witness.js";

/** A page that opens, or comes into view, need not ask again so soon. */
const SOON_MS: Partial<Record<Occasion, number>> = { start: 30_000, visible: 30_000 };
/** How much is given up for what is new on a phone that is full. */
const GIVEN_BYTES = 500_000;

const NETWORKS: Partial<Record<Outcome, Network>> = {
  [Outcome.Complete]: Network.Online,
  [Outcome.Silence]: Network.Offline,
  [Outcome.Refused]: Network.Down,
  [Outcome.Busy]: Network.Online,
  [Outcome.Stranger]: Network.Portal,
};

let running: { readonly controller: AbortController; readonly round: Promise<Outcome | null> } | null = null;
let picturing: AbortController | null = null;
let wantedAgain = false;
/** The state of the library for which the first pictures were last looked after. */
let picturedFor: string | null = null;

/** Stop the round that runs, if any, and come back once it has ended; the next goes on where it stopped. */
export async function stop(): Promise<void> {
  picturing?.abort();
  running?.controller.abort();
  wantedAgain = false;
  await running?.round;
}

/** Run a round of sync where the occasion asks for one; asked for while one runs, it follows that one. */
export async function keepFresh(library: Library, why: Occasion): Promise<void> {
  if (running) {
    wantedAgain ||= why === "asked" || why === "online";
    return;
  }
  if ((await isFreshEnough(library, why)) || (await isResting(library))) return;
  const wishes = await wishesOf(library).catch(() => DEFAULT);
  if (wishes.rest !== "no") return stand({ keeping: wishes.rest === "paused" ? Keeping.Paused : Keeping.Removed });
  if (why === "periodic" && savesData()) return;
  const outcome = await runRound(library, wishes);
  if (wantedAgain) {
    wantedAgain = false;
    return keepFresh(library, "asked");
  }
  if (outcome === Outcome.Complete) await keepPictures(library, wishes);
}

async function isFreshEnough(library: Library, why: Occasion): Promise<boolean> {
  const soon = SOON_MS[why];
  if (soon === undefined) return false;
  try {
    return isWithin(await library.mark(), soon, Date.now());
  } catch {
    return false;
  }
}

const REST = "rests_until";

/** Say whether our server has asked to be left alone, and tell the pages until when. */
async function isResting(library: Library): Promise<boolean> {
  const noted = await library.noted(REST).catch(() => undefined);
  const rests_until = Math.max(restingUntil(noted, Date.now()), restingUntil(current().rests_until, Date.now()));
  stand({ rests_until });
  return rests_until > 0;
}

/** Leave our server alone for as long as it has asked, also when this worker has been stopped meanwhile. */
async function rest(library: Library, wait: number): Promise<void> {
  if (wait <= 0) return;
  const rests_until = Date.now() + wait;
  stand({ rests_until });
  await library.note(REST, rests_until).catch(() => undefined);
}

/** Run a round and tell what came of it; null where there is no store to keep anything in. */
async function runRound(library: Library, wishes: Wishes): Promise<Outcome | null> {
  // Somebody may have begun while what is wanted was read.
  if (running) return running.round;
  picturing?.abort();
  const controller = new AbortController();
  running = { controller, round: told(library, wishes, controller.signal) };
  try {
    return await running.round;
  } finally {
    running = null;
  }
}

async function told(library: Library, wishes: Wishes, signal: AbortSignal): Promise<Outcome | null> {
  try {
    const outcome = await round(library, wishes, signal);
    const [articles, { bytes }] = await Promise.all([library.countReadable(), library.mark()]);
    stand({
      keeping: outcome === Outcome.Full ? Keeping.Full : Keeping.Idle,
      articles,
      bytes,
      ...(NETWORKS[outcome] ? { network: NETWORKS[outcome], measured_at: Date.now() } : {}),
    });
    return outcome;
  } catch (error) {
    // Reading from the network goes on all the same.
    stand({ keeping: Keeping.Idle });
    console.warn(error);
    return null;
  }
}

async function round(library: Library, wishes: Wishes, signal: AbortSignal): Promise<Outcome> {
  const wanted = { saved: await savedIds().catch(() => new Set<string>()), topics: wishes.topics };
  let isLong = false;
  return synchronise(
    {
      library,
      wishes,
      wanted,
      signal,
      witness,
      ask: asker(fetch.bind(self)),
      askTexts: textAsker(fetch.bind(self)),
      makeRoom: roomMaker(library, wanted),
      renewed: tellRenewed,
      rest: (wait) => void rest(library, wait),
      forget: (markup) => forgetPictures(markup).catch(() => undefined),
      progress({ done, total, more, lost, bytes }) {
        // One page is taken in a moment: only a longer round is worth a word.
        isLong ||= more || lost;
        if (!isLong || signal.aborted) return;
        const keeping = lost ? Keeping.Lost : Keeping.Fetching;
        // That the store is lost is known before anybody was asked.
        stand({ ...(done > 0 ? { network: Network.Online, measured_at: Date.now() } : {}), keeping, done, total, bytes });
      },
    },
    navigator.locks,
  );
}

/** Give a way to make room on a full phone, whose pictures have gone already: once, the texts that are worth least go. */
function roomMaker(library: Library, wanted: Wanted): () => Promise<boolean> {
  let hasGivenTexts = false;
  return async () => {
    if (hasGivenTexts) return false;
    hasGivenTexts = true;
    const { bytes } = await library.mark();
    const { drop } = plan(await library.rows("article"), wanted, bytes, bytes - GIVEN_BYTES, false);
    await library.drop(drop);
    return drop.length > 0;
  };
}

/** Fetch the first pictures of the newest articles, where the reader wants them and there is room in what was allowed. */
async function keepPictures(library: Library, wishes: Wishes): Promise<void> {
  const { settled } = library;
  if (wishes.pictures === "never" || savesData() || picturedFor === settled) return;
  picturing = new AbortController();
  const room = wishes.budget === null ? Infinity : wishes.budget - (await library.mark()).bytes;
  const newest = await library.articles();
  await keepFirstPictures(newest.map((row) => row.card), room, picturing.signal).then(
    () => (picturedFor = settled),
    () => undefined,
  );
}

function savesData(): boolean {
  return Boolean((navigator as { connection?: { saveData?: boolean } }).connection?.saveData);
}
