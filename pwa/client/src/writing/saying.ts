/** What a form says of itself: below it that it is kept, above it what becomes of what was sent. */

import type { About } from "../outbox/items.js";
import { icon, make } from "../page/make.js";
import { say } from "../page/speech.js";

export class Saying {
  /** What is said here is spoken. */
  readonly #above = make("div", { role: "status" });
  readonly #below = make("div", { class: "meta kept-here" });
  readonly #help = make("div", { role: "status" });
  /** The button that is being answered, or would be. */
  #button: HTMLElement | null;

  constructor(form: HTMLFormElement) {
    form.before(this.#above);
    const actions = form.querySelector(".actions");
    if (actions) actions.before(this.#help);
    else form.append(this.#help);
    form.append(this.#below);
    this.#button = form.querySelector("button:not([type=button])");
  }

  quiet(): void {
    this.#above.replaceChildren();
    this.#below.replaceChildren();
    this.#rest();
  }

  /** Somebody writes on: what was said above is over. What stands below stays, so that no line comes and goes with each letter. */
  writing(): void {
    this.#above.replaceChildren();
    this.#rest();
  }

  busy(pressed: HTMLElement | null = this.#button): void {
    this.#button = pressed;
    this.#button?.setAttribute("aria-busy", "true");
  }

  #rest(): void {
    this.#button?.removeAttribute("aria-busy");
  }

  /** The draft is on this phone; `swap` brings another one, where there is one. */
  kept(remove: () => Promise<void>, swap?: () => Promise<void>): void {
    const button = (label: string, act: () => Promise<void>, tone?: string) =>
      make("button", { class: "btn bare small", type: "button", "data-tone": tone, onclick: () => void act() }, label);
    this.#below.replaceChildren(
      make("span", { class: "state", "data-state": "saved" }, icon("phone-kept"), make("span", {}, say("Your draft is kept on this phone"))),
      button(say("Delete draft"), remove, "clay"),
      ...(swap ? [button(say("Show the other draft"), swap)] : []),
    );
  }

  notKept(): void {
    const words = say("This browser lets Respite keep nothing here: what you write is gone with this page. It can be sent all the same.");
    this.#below.replaceChildren(make("span", { class: "state", "data-state": "queued" }, icon("alert"), make("span", {}, words)));
  }

  sending(): void {
    this.busy();
    this.#note("sending", "up", say("Sending …"));
  }

  sent({ sent, next }: About): void {
    this.#rest();
    const way = next && next !== location.pathname ? make("a", { href: next }, say("See it there")) : null;
    this.#note("sent", "sent", sent, way);
    document.dispatchEvent(new Event("respite-sent"));
  }

  /** It waits: for a connection, or until the server takes it. */
  queued(isServerBusy: boolean): void {
    this.#rest();
    const words = isServerBusy ? say("Saved. It will be sent as soon as Respite can take it.") : say("Saved. It will be sent when you are back online.");
    this.#note("queued", "clock", words);
  }

  loggedOut(): void {
    this.#rest();
    const way = make("a", { href: `/accounts/login/?next=${encodeURIComponent(location.pathname)}` }, say("Login"));
    this.#note("queued", "lock", say("You are logged out. What you have written is kept, and goes once you have logged in again."), way);
  }

  notSent(): void {
    this.#rest();
    this.#note("failed", "alert", say("It could not be sent, and this browser cannot keep it. Leave this page open, and send it again when there is a connection."));
  }

  /** Help stands where somebody is writing, not at the form's end, which a small screen does not show. */
  risk(note: () => HTMLElement, field?: Element | null): void {
    if (this.#help.childElementCount > 0) return;
    field?.after(this.#help);
    this.#help.append(note());
  }

  #note(state: string, sign: string, words: string, way: Node | null = null): void {
    this.#above.replaceChildren(make("p", { class: "note", "data-state": state }, icon(sign, ""), make("span", {}, make("b", {}, words), way && make("br"), way)));
  }
}
