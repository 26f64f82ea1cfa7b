/** `<respite-resume>`: remembers on this phone where reading stopped, and offers to go on from there. */

import { make } from "../page/make.js";
import { type Place, places, remember } from "../page/places.js";
import { say } from "../page/speech.js";

/** Nearer to the beginning than this, or to the end, nobody needs to be taken anywhere. */
const FROM = 0.08;
const UNTIL = 0.92;
/** A page that has stood still for so long is where somebody is reading. */
const STILL_MS = 250;

class Resume extends HTMLElement {
  connectedCallback(): void {
    const path = location.pathname;
    const place = places()[path];
    if (place !== undefined && !location.hash && scrollY < innerHeight / 2) this.#offer(place);
    // To measure where a page is may lay it out anew: not while it goes, when the next one would have to wait for that.
    let timer = 0;
    const stop = () => {
      if (!timer) return;
      clearTimeout(timer);
      timer = 0;
      keep(path);
    };
    const moved = () => {
      clearTimeout(timer);
      timer = window.setTimeout(stop, STILL_MS);
    };
    addEventListener("scroll", moved, { passive: true });
    addEventListener("pagehide", stop);
    document.addEventListener("visibilitychange", () => document.hidden && stop());
  }

  #offer(place: Place): void {
    const words = place.section ? say("Continue at “%(section)s”", { section: place.section }) : say("Go on where you stopped");
    const goOn = () => {
      goTo(place);
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

/** Give the section that is being read, the last that has begun above the line, and how far into it the line is. */
function section(): Pick<Place, "section" | "anchor" | "into"> {
  const begun = [...document.querySelectorAll<HTMLElement>(".prose section[aria-labelledby]")].filter((one) => offset(one) <= 0);
  const here = begun.at(-1);
  const heading = here && document.getElementById(here.getAttribute("aria-labelledby") ?? "");
  if (!here || !heading) return { section: "", anchor: "" };
  return { section: heading.textContent ?? "", anchor: heading.id, into: Math.round((-offset(here) / here.offsetHeight) * 1000) / 1000 };
}

/** How far a section's beginning is below the line at which one reads: the upper third of the window. */
function offset(section: HTMLElement): number {
  return section.getBoundingClientRect().top - innerHeight / 3;
}

/** Go to a place: into its section, where that is still there, else as far down the page. */
function goTo({ share, anchor, into }: Place): void {
  const section = document.getElementById(anchor)?.closest<HTMLElement>("section");
  if (section && into !== undefined) scrollBy(0, offset(section) + into * section.offsetHeight);
  else scrollTo(0, share * scrollable());
}

customElements.define("respite-resume", Resume);
