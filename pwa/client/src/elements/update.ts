/** `<respite-update>`: the toast that offers a newer release. It never reloads by itself, and never shows up over something being written. */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { tell } from "../page/worker.js";
import { isWriting } from "../page/writing.js";

const LATER = "respite-later";
/** After these, something may be written that was not, or no longer. */
const OCCASIONS = ["input", "change", "focusin", "focusout"] as const;

let waiting: ServiceWorker | null = null;

/** Offer the release whose worker waits; on "Reload" it takes over and this page, alone, is loaded anew. */
export function offerUpdate(worker: ServiceWorker): void {
  if (!waiting) for (const occasion of OCCASIONS) document.addEventListener(occasion, look);
  // A later release takes the place of one that nobody has accepted.
  waiting = worker;
  look();
}

/** Show the offer, or take it away while it would be in the way of somebody's writing. */
function look(): void {
  const element = document.querySelector<HTMLElement>("respite-update") ?? document.createElement("respite-update");
  const isShown = element.classList.contains("toast");
  // Who said "Later" is not asked again on every page; the release comes once all pages have been closed.
  if (isWriting() || sessionStorage.getItem(LATER)) {
    element.classList.remove("toast");
    element.replaceChildren();
  } else if (!isShown) show(element);
}

function show(element: HTMLElement): void {
  const reload = () => {
    accept.disabled = true;
    void takeOver(waiting as ServiceWorker);
  };
  const later = () => {
    sessionStorage.setItem(LATER, "yes");
    look();
  };
  const accept = make("button", { type: "button", onclick: reload }, say("Reload"));
  element.className = "toast two";
  element.role = "status";
  document.body.append(element);
  element.replaceChildren(
    make("p", {}, say("A newer Respite is ready. Your place is kept.")),
    accept,
    make("button", { type: "button", onclick: later }, say("Later")),
  );
}

async function takeOver(worker: ServiceWorker): Promise<void> {
  // Listening to this worker rather than to `controllerchange` reloads the page that asked, once, and no other.
  const done = () => {
    // One that was replaced meanwhile will never take over: what this page then gets is newer still.
    if (worker.state !== "activated" && worker.state !== "redundant") return;
    worker.removeEventListener("statechange", done);
    location.reload();
  };
  worker.addEventListener("statechange", done);
  // What the earlier one is busy with would hold it back; the new one goes on with it.
  await tell({ type: "stop" });
  worker.postMessage({ type: "take-over" });
  done();
}
