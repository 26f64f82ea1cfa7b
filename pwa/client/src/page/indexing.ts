/** Has the search's index made while a page stands open, after the library has changed. */

import { SearchDesk, workerAddress } from "../search/desk.js";
import { DUE } from "../search/state.js";
import { ask } from "./worker.js";

const AGAIN_MS = 10_000;

/** Look after each round of sync whether something is to be read. The search page does so itself. */
export function keepIndexed(): void {
  const address = workerAddress();
  if (!address || document.querySelector("respite-find")) return;
  let desk: SearchDesk | null = null;
  const end = () => {
    desk?.close();
    desk = null;
  };
  const look = async () => {
    if (desk) return;
    const isDue = await ask({ type: "index-due" });
    // A worker that is busy elsewhere is asked again.
    if (isDue === null) return void setTimeout(() => void look(), AGAIN_MS);
    if (!isDue || desk) return;
    desk = new SearchDesk(address, ({ type }) => (type === "settled" || type === "failed") && end());
    desk.refresh();
  };
  new BroadcastChannel(DUE).onmessage = () => void look();
  void look();
}
