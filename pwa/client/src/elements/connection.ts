/** `<respite-connection>`: says in words whether there is a connection and what can be read without one. */

import { Keeping, Network, type Standing } from "../protocol/messages.js";
import { Calm } from "../page/calm.js";
import { many, say } from "../page/speech.js";
import { hear } from "../page/worker.js";

/** What is known: the worker's word, and what the phone itself says, which is a hint. */
export interface Known {
  readonly standing: Standing | null;
  readonly onLine: boolean;
  /** When the phone last said something else, in milliseconds: what was measured before no longer counts. */
  readonly changed_at?: number;
}

type State = "online" | "offline" | "unreachable" | "down" | "slow" | "portal" | "keeping" | "full";

/** A state in words, and the name by which it is recognised as the same one again. */
export interface Sentence {
  readonly state: State;
  readonly text: string;
}

const TROUBLE: ReadonlySet<State> = new Set(["offline", "unreachable", "down", "slow", "portal", "full"]);

/** Put what is known into one sentence. */
export function sentence({ standing, onLine, changed_at = onLine ? 0 : Infinity }: Known): Sentence {
  const isMeasured = standing !== null && standing.measured_at >= changed_at;
  const network = isMeasured ? standing.network : Network.Unknown;
  const readable = can(standing?.articles ?? 0);
  const trouble = (state: State, words: string): Sentence => ({ state, text: `${words} ${readable}` });
  if (network === Network.Offline && onLine) return trouble("unreachable", say("Respite cannot be reached just now."));
  if (network === Network.Offline || (network === Network.Unknown && !onLine)) return trouble("offline", say("No connection."));
  if (network === Network.Portal) return trouble("portal", say("This network wants a log-in first."));
  if (network === Network.Down) return trouble("down", say("Our server is not answering properly."));
  if (standing?.keeping === Keeping.Full) return trouble("full", say("This phone is full."));
  if (standing?.keeping === Keeping.Fetching) return { state: "keeping", text: keeping(standing) };
  if (standing?.keeping === Keeping.Lost) {
    return { state: "keeping", text: `${say("Your browser had removed the library.")} ${keeping(standing)}` };
  }
  if (network === Network.Slow) return { state: "slow", text: say("Slow connection") };
  return { state: "online", text: say("Online") };
}

function keeping({ done, total }: Standing): string {
  if (total === null) return say("Keeping the library on this phone, %(done)s so far", { done });
  return say("Keeping the library on this phone, %(done)s of %(total)s", { done, total });
}

function can(articles: number): string {
  if (articles === 0) return say("No articles are on this phone yet.");
  return many("%(count)s article can be read on this phone.", "%(count)s articles can be read on this phone.", articles);
}

class Connection extends HTMLElement {
  #standing: Standing | null = null;
  #changedAt = navigator.onLine ? 0 : Date.now();
  #shown = document.createElement("span");
  #spoken = document.createElement("span");
  #heard = "online";
  #calm = new Calm<Sentence>(({ state }) => TROUBLE.has(state), (told) => this.#show(told));

  connectedCallback(): void {
    // What is seen changes with every figure; what is spoken, only when the state is another.
    this.#shown.ariaHidden = "true";
    this.#spoken.className = "sr";
    this.#spoken.role = "status";
    this.removeAttribute("role");
    const way = document.createElement("a");
    way.href = this.getAttribute("href") ?? "/on-this-phone/";
    way.textContent = say("On this phone");
    this.replaceChildren(this.#shown, this.#spoken, " ", way);
    const changed = () => {
      this.#changedAt = Date.now();
      this.#tell();
    };
    addEventListener("online", changed);
    addEventListener("offline", changed);
    // What the worker knows is asked for after this script: the page can be shown in between.
    setTimeout(() =>
      hear((standing) => {
        this.#standing = standing;
        this.#tell();
      }),
    );
    this.#tell();
  }

  #tell(): void {
    this.#calm.tell(
      sentence({ standing: this.#standing, onLine: navigator.onLine, changed_at: this.#changedAt }),
    );
  }

  #show({ state, text }: Sentence): void {
    this.dataset.connection = state;
    this.#shown.textContent = text;
    // Whether the phone says so itself is nothing new to whoever has heard that nobody answers.
    const heard = state === "unreachable" ? "offline" : state;
    if (heard === this.#heard) return;
    this.#heard = heard;
    this.#spoken.textContent = text;
  }
}

customElements.define("respite-connection", Connection);
