/** What two open tabs tell each other: that something of the reader's own has changed. */

const CHANNEL = "respite-own";
const KEY = "respite-own";

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
