/**
 * `<respite-offline>`: on the page "No Internet Connection", tries again when asked and by itself, and lists what can
 * be read. It acts only on a page that was made on this phone: that one stands at the address that was wanted.
 */

import { pause } from "../page/pause.js";
import { language, say } from "../page/speech.js";
import { ask } from "../page/worker.js";

const LISTED = 100;

class Offline extends HTMLElement {
  #tries = 0;
  #timer = 0;
  #trying = false;

  connectedCallback(): void {
    void this.#list();
    this.querySelector("[data-retry]")?.addEventListener("click", (event) => {
      event.preventDefault();
      void this.#try();
    });
    if (document.documentElement.dataset.madeOn !== "phone") return;
    addEventListener("online", () => void this.#try());
    document.addEventListener("visibilitychange", () => this.#wait());
    this.#wait();
  }

  /** Try later, as long as somebody is looking. */
  #wait(): void {
    clearTimeout(this.#timer);
    if (!document.hidden) this.#timer = window.setTimeout(() => void this.#try(), pause(this.#tries));
  }

  async #try(): Promise<void> {
    if (this.#trying) return;
    this.#trying = true;
    this.toggleAttribute("aria-busy", true);
    const there = await isThere();
    this.#trying = false;
    this.removeAttribute("aria-busy");
    if (there) return location.reload();
    this.#tries += 1;
    const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format();
    const told = this.querySelector("[data-tried]");
    if (told) told.textContent = say("Last tried at %(time)s. We also try on our own.", { time });
    this.#wait();
  }

  async #list(): Promise<void> {
    const list = this.querySelector("[data-kept]");
    if (!list || list.childElementCount > 0) return;
    const kept = await ask({ type: "kept", limit: LISTED, language });
    // Cards were drawn and escaped by our server, and came through the feed.
    if (kept && kept.count > 0) list.innerHTML = kept.articles.map(({ card }) => card).join("");
  }
}

/** Ask for the smallest thing that only our server answers: a captive portal answers everything, with pages. */
async function isThere(): Promise<boolean> {
  try {
    const response = await fetch("/manifest.webmanifest", {
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(10_000),
    });
    return response.ok && (response.headers.get("content-type") ?? "").startsWith("application/manifest+json");
  } catch {
    return false;
  }
}

customElements.define("respite-offline", Offline);
