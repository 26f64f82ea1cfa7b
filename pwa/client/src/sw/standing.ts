/** How things stand, told to every open page whenever it changes. */

import { CHANNEL, Keeping, Network, type Standing } from "../protocol/messages.js";

let standing: Standing = {
  type: "standing",
  network: Network.Unknown,
  measured_at: 0,
  rests_until: 0,
  keeping: Keeping.Idle,
  done: 0,
  total: null,
  bytes: 0,
  articles: 0,
};

const channel = new BroadcastChannel(CHANNEL);

/** How things stand now. */
export function current(): Standing {
  return standing;
}

/** Change how things stand, and tell the pages if anything is different. */
export function stand(change: Partial<Omit<Standing, "type">>): void {
  const next = { ...standing, ...change };
  if (JSON.stringify(next) === JSON.stringify(standing)) return;
  standing = next;
  channel.postMessage(standing);
}
