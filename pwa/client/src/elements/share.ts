/** `<respite-share data-url data-title>`: the phone's own sharing where it has one, else a link to copy, above the plain links. */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";

/** What is added to addresses to follow people around, and says nothing about the page. */
const TRACKING = /^(utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|twclid|_hs(enc|mi)|ref(_src)?|si)$/i;

/** Give an address without what follows people around, and without the place in the page. */
export function shareable(address: string): string {
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  url.hash = "";
  return url.href;
}

class Share extends HTMLElement {
  connectedCallback(): void {
    const url = shareable(new URL(this.dataset.url || location.href, location.href).href);
    const title = this.dataset.title || document.title;
    const told = make("span", { class: "fine", role: "status" });
    const button = (label: string, act: () => void) => make("button", { class: "btn quiet small", type: "button", onclick: act }, label);
    const passOn =
      "share" in navigator
        ? // Closing the phone's sheet is an answer too, not a failure.
          button(say("Share"), () => void navigator.share({ title, url }).catch(() => undefined))
        : button(say("Copy link"), () => void copy(url).then((done) => (told.textContent = done ? say("Copied.") : url)));
    this.prepend(make("p", { class: "actions" }, passOn, button(say("Print"), () => print()), told));
  }
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

customElements.define("respite-share", Share);
