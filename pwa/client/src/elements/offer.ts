/**
 * `<respite-offer placement="…" banner="…">`: sees whether a banner is shown and followed, and says so to the worker. `<respite-seen
 * placement="profile" banner="…">` around a specialist does the same: that is all they are told of who reads their profile.
 */

import type { Event as Counted } from "../library/tally.js";

/** So long it has to be visible: whoever scrolls past has not been shown anything. */
const LONG_ENOUGH_MS = 1_000;
const STEPS = Array.from({ length: 21 }, (_, step) => step / 20);

/** Say whether so much of a banner is visible (all in pixels): half of it, or of the screen where that is smaller. */
export function isShown(visible: number, banner: number, screen: number): boolean {
  return visible > 0 && visible >= Math.min(banner, screen) / 2;
}

/** Say whether this reader may be counted at all: nobody is who asked not to be, and no editor before a preview. */
export function mayCount(navigator: object, path: string): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as { globalPrivacyControl?: boolean; doNotTrack?: string };
  return globalPrivacyControl !== true && doNotTrack !== "1" && !path.startsWith("/admin/");
}

class Offer extends HTMLElement {
  #counted = new Set<Counted>();
  #isVisible = false;
  #timer = 0;

  connectedCallback(): void {
    if (!("serviceWorker" in navigator) || !mayCount(navigator, location.pathname)) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1);
        if (!last) return;
        const screen = last.rootBounds?.height ?? innerHeight;
        this.#isVisible = isShown(last.intersectionRect.height, last.boundingClientRect.height, screen);
        this.#wait();
      },
      { threshold: STEPS },
    );
    observer.observe(this);
    document.addEventListener("visibilitychange", () => this.#wait());
    for (const type of ["click", "auxclick"] as const) this.addEventListener(type, (event) => this.#follow(event));
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#isVisible && !document.hidden) this.#timer = window.setTimeout(() => this.#count("shown"), LONG_ENOUGH_MS);
  }

  #follow(event: MouseEvent): void {
    if (event.button > 1 || !(event.target as Element).closest("a[href]") || this.getAttribute("placement") === "profile") return;
    // Whoever follows it has seen it, however soon.
    this.#count("shown");
    this.#count("followed");
  }

  /** Count something, once a page view. */
  #count(event: Counted): void {
    if (this.#counted.has(event)) return;
    this.#counted.add(event);
    const [banner, placement] = [this.getAttribute("banner"), this.getAttribute("placement")];
    if (!banner || !placement) return;
    const message = { type: "count", banner, placement, event } as const;
    // At once where that can be, since the page may be about to go; else as soon as there is a worker.
    if (navigator.serviceWorker.controller) navigator.serviceWorker.controller.postMessage(message);
    else void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage(message));
  }
}

customElements.define("respite-offer", Offer);
customElements.define("respite-seen", class extends Offer {});
