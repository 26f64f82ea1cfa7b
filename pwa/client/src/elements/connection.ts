/** `<respite-connection>`: says in words whether there is a connection and what can be read without one. */

import { Keeping, Network, type Standing } from "../protocol/messages.js";
import { hear } from "../page/worker.js";

/** What is known: the worker's word, and whether the phone itself has a connection at all. */
export interface Known {
  readonly standing: Standing | null;
  readonly onLine: boolean;
}

/** A state in words, and the name by which it is recognised as the same one again. */
export interface Sentence {
  readonly state: "online" | "offline" | "slow" | "portal" | "keeping" | "full";
  readonly text: string;
}

/** Put what is known into one sentence. */
export function sentence({ standing, onLine }: Known): Sentence {
  const network = onLine ? (standing?.network ?? Network.Unknown) : Network.Offline;
  const readable = can(standing?.articles ?? 0);
  if (network === Network.Offline) return { state: "offline", text: `No connection. ${readable}` };
  if (network === Network.Portal) return { state: "portal", text: `This network wants a log-in first. ${readable}` };
  if (standing?.keeping === Keeping.Full) return { state: "full", text: `This phone is full. ${readable}` };
  if (standing?.keeping === Keeping.Fetching) return { state: "keeping", text: keeping(standing) };
  if (standing?.keeping === Keeping.Lost) {
    return { state: "keeping", text: `Your browser had removed the library. ${keeping(standing)}` };
  }
  if (network === Network.Slow) return { state: "slow", text: "Slow connection" };
  return { state: "online", text: "Online" };
}

function keeping({ done, total }: Standing): string {
  return `Keeping the library on this phone, ${total === null ? `${done} so far` : `${done} of ${total}`}`;
}

function can(articles: number): string {
  if (articles === 0) return "No articles are on this phone yet.";
  return articles === 1 ? "1 article can be read on this phone." : `${articles} articles can be read on this phone.`;
}

class Connection extends HTMLElement {
  #standing: Standing | null = null;
  #shown = document.createElement("span");
  #spoken = document.createElement("span");
  #state = "online";

  connectedCallback(): void {
    // What is seen changes with every figure; what is spoken, only when the state is another.
    this.#shown.ariaHidden = "true";
    this.#spoken.className = "sr";
    this.role = "status";
    this.replaceChildren(this.#shown, this.#spoken);
    const show = () => this.#show();
    addEventListener("online", show);
    addEventListener("offline", show);
    hear((standing) => {
      this.#standing = standing;
      show();
    });
    show();
  }

  #show(): void {
    const { state, text } = sentence({ standing: this.#standing, onLine: navigator.onLine });
    this.dataset.connection = state;
    this.#shown.textContent = text;
    if (state === this.#state) return;
    this.#state = state;
    this.#spoken.textContent = text;
  }
}

customElements.define("respite-connection", Connection);
