/** The search worker: has the index in memory, keeps it true to the library, and answers while somebody types. */

/// <reference lib="webworker" />

import { libraryConnection } from "../library/database.js";
import { Finder } from "./finder.js";
import { type Alone, Keeper } from "./keeper.js";
import type { FromSearch, ToSearch } from "./protocol.js";
import { Store } from "./store.js";

declare const self: DedicatedWorkerGlobalScope;

const LOCK = "respite-search";
/** How long something may be read before whoever types is heard. */
const TURN_MS = 12;

const connection = libraryConnection();
const keeper = new Keeper(connection, new Store(), breathe);
const finder = new Finder(connection, keeper, () => Date.now());
const turns = new MessageChannel();
let waiting: (() => void)[] = [];
let turnBegan = 0;

turns.port1.onmessage = () => {
  turnBegan = performance.now();
  const turns = waiting;
  waiting = [];
  for (const turn of turns) turn();
};

function say(message: FromSearch): void {
  self.postMessage(message);
}

/** Let what has been asked meanwhile come in. */
function breathe(): Promise<void> {
  if (performance.now() - turnBegan < TURN_MS) return Promise.resolve();
  return new Promise((resolve) => {
    waiting.push(resolve);
    turns.port2.postMessage(null);
  });
}

const loaded = keeper.load().then(
  () => say({ type: "loaded", progress: keeper.progress, bytes: keeper.bytes }),
  () => say({ type: "failed" }),
);

/** One page at a time writes: the others wait for it, and find its work done. */
async function keepTrue(): Promise<void> {
  const alone: Alone = async (work) => navigator.locks.request(LOCK, work);
  await keeper.refresh((progress) => say({ type: "progress", progress }), alone);
}

let refreshing: Promise<void> | null = null;
let wantedAgain = false;

/** Asked for while one runs, another follows it. */
async function refresh(): Promise<void> {
  if (refreshing) {
    wantedAgain = true;
    return;
  }
  do {
    wantedAgain = false;
    refreshing = keepTrue();
    try {
      await refreshing;
    } catch (error) {
      console.warn("The index could not be kept:", error);
      return say({ type: "failed" });
    } finally {
      refreshing = null;
    }
  } while (wantedAgain);
  say({ type: "settled", progress: keeper.progress });
}

let latest: Extract<ToSearch, { type: "find" }> | null = null;
let isAnswering = false;

/** Only the latest question is worth an answer: who types on has forgotten the earlier ones. */
async function answerLatest(): Promise<void> {
  if (isAnswering) return;
  isAnswering = true;
  try {
    await loaded;
    while (latest) {
      const { number, ...asked } = latest;
      latest = null;
      say({ type: "found", number, answer: await finder.answer(asked) });
    }
  } catch (error) {
    console.warn("Nothing could be searched:", error);
    say({ type: "failed" });
  } finally {
    isAnswering = false;
  }
}

self.onmessage = (event: MessageEvent<ToSearch>) => {
  const message = event.data;
  if (message.type === "refresh") void loaded.then(refresh);
  else {
    latest = message;
    void answerLatest();
  }
};
