/** `<respite-renewed>`: says that what is being read has changed since it was opened, and offers what it says now. */

import { normal } from "../library/address.js";
import { make } from "../page/make.js";
import { RENEWALS, type Renewal } from "../protocol/messages.js";
import { say } from "../page/speech.js";
import { ask } from "../page/worker.js";
import { isWriting } from "../page/writing.js";

/** Watch what stands at this page's address, which is of the revision given. Nothing that is read moves. */
export function watch(revision: number): void {
  let told = revision;
  const path = normal(location.pathname);
  const look = (renewal: Renewal | null) => {
    if (!renewal || normal(renewal.path) !== path || renewal.revision <= told) return;
    told = renewal.revision;
    show(renewal);
  };
  new BroadcastChannel(RENEWALS).onmessage = (event) => look(event.data as Renewal);
  // It may have been taken in while this page was being opened.
  void ask({ type: "renewal", path: location.pathname }).then(look);
}

function show({ isGone }: Renewal): void {
  const element = document.querySelector("respite-renewed") ?? document.createElement("respite-renewed");
  const text = make("p", {}, isGone ? say("This article has been taken down.") : say("This article has been changed."));
  const open = () => {
    // What is being written stays in its field until it is done with.
    if (isWriting()) text.textContent = say("Finish or save what you are writing first.");
    else location.reload();
  };
  element.className = "toast two";
  element.role = "status";
  document.body.append(element);
  element.replaceChildren(
    text,
    make("button", { type: "button", onclick: open }, isGone ? say("See why") : say("Show the new text")),
    make("button", { type: "button", onclick: () => element.remove() }, say("Later")),
  );
}
