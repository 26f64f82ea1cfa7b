/** `<respite-on-phone path="…">`: says "On this phone" where that page can be read without a connection. */

import { ask, hear } from "../page/worker.js";

const waiting = new Map<string, Set<OnPhone>>();
let asked = false;

class OnPhone extends HTMLElement {
  connectedCallback(): void {
    const path = this.getAttribute("path");
    if (!path) return;
    waiting.set(path, (waiting.get(path) ?? new Set()).add(this));
    askSoon();
  }

  show(): void {
    const icon = `<svg class="icon small" aria-hidden="true" viewBox="0 0 24 24"><use href="#i-phone-kept"/></svg>`;
    this.innerHTML = `<span class="state" data-state="saved">${icon}On this phone</span>`;
  }
}

/** Ask once for all elements of the page, and again when there is more on the phone. */
function askSoon(): void {
  if (asked) return;
  asked = true;
  queueMicrotask(() => void askForAll());
  let articles = -1;
  hear((standing) => {
    if (standing.articles !== articles) void askForAll();
    articles = standing.articles;
  });
}

async function askForAll(): Promise<void> {
  if (waiting.size === 0) return;
  const kept = await ask({ type: "is-kept", paths: [...waiting.keys()] });
  for (const path of kept ?? []) {
    waiting.get(path)?.forEach((element) => element.show());
    waiting.delete(path);
  }
}

customElements.define("respite-on-phone", OnPhone);
