/** When a page asks for a round of sync: at its start, when it comes into view or online, and every now and then. */

import { Network } from "../protocol/messages.js";
import { pause } from "./pause.js";
import { askForSync, hear } from "./worker.js";

const INTERVAL_MS = 5 * 60_000;
/** A network that comes and goes is not asked each time that it comes. */
const FLAPPING_MS = 5_000;
const TROUBLE: ReadonlySet<Network> = new Set([Network.Offline, Network.Down, Network.Portal]);

/** Ask now, and from here on whenever there is an occasion. Nobody who looks away is asked for. */
export function keepAsking(): void {
  let timer = 0;
  let tries = 0;
  let isTroubled = false;
  let coming = 0;
  let cameAt = -Infinity;
  const wait = () => {
    clearTimeout(timer);
    // After trouble sooner: the network may need a moment when the phone already says that it is online.
    // A phone that says that it is offline is mostly right, and asked now and then all the same.
    timer = window.setTimeout(again, isTroubled && navigator.onLine ? pause(tries++) : INTERVAL_MS);
  };
  const again = () => {
    if (!document.hidden) void askForSync("interval");
    wait();
  };
  const came = () => {
    cameAt = performance.now();
    void askForSync("online");
    wait();
  };
  hear(({ network }) => {
    const before = isTroubled;
    isTroubled = TROUBLE.has(network);
    if (before === isTroubled) return;
    tries = 0;
    wait();
  });
  addEventListener("online", () => {
    tries = 0;
    clearTimeout(coming);
    coming = window.setTimeout(came, Math.max(0, cameAt + FLAPPING_MS - performance.now()));
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void askForSync("visible");
  });
  // For a page that was made of a library taken to be fresh, nobody has asked the server yet.
  void askForSync(document.documentElement.dataset.madeOn === "fresh" ? "opened" : "start");
  wait();
}
