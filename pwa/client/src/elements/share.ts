/** `<respite-share data-url data-title>`: the phone's own sharing where it has one, else a link to copy, above the plain links. */

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
    const told = document.createElement("span");
    told.role = "status";
    told.className = "fine";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn quiet small";
    if ("share" in navigator) {
      button.textContent = say("Share");
      // Closing the phone's sheet is an answer too, not a failure.
      button.onclick = () => void navigator.share({ title, url }).catch(() => undefined);
    } else {
      button.textContent = say("Copy link");
      button.onclick = () => void copy(url).then((done) => (told.textContent = done ? say("Copied.") : url));
    }
    const line = document.createElement("p");
    line.className = "actions";
    const print = document.createElement("button");
    print.type = "button";
    print.className = "btn quiet small";
    print.textContent = say("Print");
    print.onclick = () => window.print();
    line.append(button, print, told);
    this.prepend(line);
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
