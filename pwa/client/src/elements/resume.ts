/** `<respite-resume>`: remembers on this phone where reading stopped, and offers to go on from there. */

import { make } from "../page/make.js";
import { type Place, places, remember } from "../page/places.js";
import { say } from "../page/speech.js";

/** Nearer to the beginning than this, or to the end, nobody needs to be taken anywhere. */
const FROM = 0.08;
const UNTIL = 0.92;

class Resume extends HTMLElement {
  connectedCallback(): void {
    const path = location.pathname;
    const place = places()[path];
    if (place !== undefined && !location.hash && scrollY < innerHeight / 2) this.#offer(place);
    const stop = () => keep(path);
    addEventListener("pagehide", stop);
    document.addEventListener("visibilitychange", () => document.hidden && stop());
  }

  #offer(place: Place): void {
    const words = place.section ? say("Continue at “%(section)s”", { section: place.section }) : say("Go on where you stopped");
    const goOn = () => {
      scrollTo(0, place.share * scrollable());
      this.replaceChildren();
    };
    this.replaceChildren(make("button", { class: "btn bare small", type: "button", onclick: goOn }, words));
  }
}

function scrollable(): number {
  return Math.max(1, document.documentElement.scrollHeight - innerHeight);
}

/** Keep the place of this page. One that was merely opened keeps the place it had; one read to the end needs none. */
function keep(path: string): void {
  const share = Math.round((scrollY / scrollable()) * 1000) / 1000;
  if (share <= FROM) return;
  remember(path, share < UNTIL ? { share, ...section() } : null);
}

/** Give the section that is being read: the last whose heading has passed the upper third of the window. */
function section(): Pick<Place, "section" | "anchor"> {
  const headings = [...document.querySelectorAll<HTMLElement>(".prose section > h2[id]")];
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= innerHeight / 3).at(-1);
  return { section: passed?.textContent ?? "", anchor: passed?.id ?? "" };
}

customElements.define("respite-resume", Resume);
