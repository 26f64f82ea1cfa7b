/** When the sums about banners are sent, and what becomes of them. */

import type { Batch, Tally } from "../library/tally.js";
import type { Occasion } from "../protocol/messages.js";

/** The name under which the browser is asked to wake the worker once there is a connection. */
export const COUNTS = "respite-counts";

/** Say whether an occasion waits for nothing: somebody has asked, or the connection is back. */
export function isUrgent(why: Occasion): boolean {
  return why === "online" || why === "asked";
}

/** Send what there is to send, batch by batch; what is not taken in stays, under its number, for another time. */
export async function sendCounts(
  tally: Tally,
  isUrgent: boolean,
  locks: Pick<LockManager, "request">,
  send: (batch: Batch) => Promise<boolean> = post,
): Promise<void> {
  await locks.request(COUNTS, async () => {
    for (let batch = await tally.seal(isUrgent); batch; batch = await tally.seal(isUrgent)) {
      if (!(await send(batch))) return;
      await tally.settle();
    }
  });
}

/** Send one batch, with no cookie, and say whether it is done with: taken in, or refused for good. */
async function post(batch: Batch): Promise<boolean> {
  try {
    const { status } = await fetch("/api/v1/banners/counts/", {
      method: "POST",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(batch),
    });
    // Anything else is a server in trouble, or a stranger that answers for everybody.
    return status === 204 || status === 400;
  } catch {
    return false;
  }
}

/** Ask the browser to wake the worker when the connection is back, where it can. */
export async function wakeWhenOnline(registration: ServiceWorkerRegistration): Promise<void> {
  const { sync } = registration as { sync?: { register(tag: string): Promise<void> } };
  await sync?.register(COUNTS).catch(() => undefined);
}
