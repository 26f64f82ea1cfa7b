/** `<respite-on-phone path="…">`: says "On this phone" where that page can be read without a connection. */

import { icon, make } from "../page/make.js";
import { say } from "../page/speech.js";
import { ask, hear } from "../page/worker.js";

const elements = new Map<string, Set<OnPhone>>();
let hasAsked = false;

class OnPhone extends HTMLElement {
  connectedCallback(): void {
    const path = this.getAttribute("path");
    if (!path) return;
    elements.set(path, (elements.get(path) ?? new Set()).add(this));
    askSoon();
  }

  show(isKept: boolean): void {
    if (isKept === this.childElementCount > 0) return;
    if (isKept) this.replaceChildren(make("span", { class: "state", "data-state": "saved" }, icon("phone-kept"), say("On this phone")));
    else this.replaceChildren();
  }
}

/** Ask once for all elements of the page, and again when there is more on the phone, or less, or other texts than before. */
function askSoon(): void {
  if (hasAsked) return;
  hasAsked = true;
  queueMicrotask(() => void askForAll());
  let known = "";
  hear(({ articles, keeping }) => {
    if (`${articles} ${keeping}` !== known) void askForAll();
    known = `${articles} ${keeping}`;
  });
}

async function askForAll(): Promise<void> {
  const kept = await ask({ type: "is-kept", paths: [...elements.keys()] });
  if (!kept) return;
  const paths = new Set(kept);
  for (const [path, places] of elements) for (const place of places) place.show(paths.has(path));
}

customElements.define("respite-on-phone", OnPhone);
