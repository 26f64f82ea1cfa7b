/** What two open tabs tell each other: that something of the reader's own has changed. */

import type { Key } from "../page/own.js";

const CHANNEL = "respite-own";
// The type alone is had from there, and holds it to be the same: the value would cost every page one more part of the script.
const KEY: Key = "respite-own";

const channel = new BroadcastChannel(CHANNEL);
const listeners = new Set<() => void>();
channel.onmessage = () => listeners.forEach((listener) => listener());

/** Tell this tab and the others that something has changed. */
export function changed(): void {
  try {
    localStorage.setItem(KEY, "yes");
  } catch {
    // Then pages look for nothing of the reader's own until they are asked to.
  }
  listeners.forEach((listener) => listener());
  channel.postMessage("changed");
}

/** Call back whenever something has changed, in this tab or another. */
export function onChange(listener: () => void): void {
  listeners.add(listener);
}
