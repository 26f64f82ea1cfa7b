/** A word at the foot of the page about what was just done or could not be done, with at most one thing to do about it. */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";

interface Choice {
  readonly label: string;
  readonly act: () => void;
}

export interface Told {
  readonly element: HTMLElement;
  readonly close: () => void;
  /** Raised once it is closed, by whomever. */
  readonly closed: AbortSignal;
}

let shown: Told | null = null;

/**
 * Say something, in place of what was said before; it stays until it is closed, by its button or Escape. From what it
 * follows upon, if that is given, Tab leads to it, and from it back there.
 */
export function tellOf(text: string, action?: Choice, ending: Choice = { label: say("Close"), act: () => undefined }, opener?: HTMLElement): Told {
  shown?.close();
  const whole = new AbortController();
  const { signal } = whole;
  const button = ({ label, act }: Choice) => make("button", { type: "button", onclick: () => (told.close(), act()) }, label);
  const buttons = [...(action ? [button(action)] : []), button(ending)];
  const element = make("div", { class: opener ? "toast two" : "toast", role: "status" });
  const told: Told = {
    element,
    closed: signal,
    close() {
      const isHeld = element.contains(document.activeElement);
      whole.abort();
      element.remove();
      if (shown === told) shown = null;
      if (isHeld) opener?.focus({ preventScroll: true });
    },
  };
  shown = told;
  document.addEventListener("keydown", (event) => event.key === "Escape" && told.close(), { signal });
  if (opener) leadBetween(opener, buttons, signal);
  // What comes into a region that is there already is spoken everywhere.
  document.body.append(element);
  element.append(make("p", {}, text), ...buttons);
  return told;
}

/** Lead Tab from the opener to the buttons, once, and from past either end of them back to the opener. */
function leadBetween(opener: HTMLElement, buttons: readonly HTMLElement[], signal: AbortSignal): void {
  let hasBeen = false;
  const lead = (event: KeyboardEvent, to: HTMLElement | undefined) => {
    event.preventDefault();
    to?.focus({ preventScroll: true });
  };
  opener.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || hasBeen) return;
    hasBeen = true;
    lead(event, buttons[0]);
  }, { signal });
  for (const button of buttons) {
    button.addEventListener("keydown", (event) => {
      if (event.key === "Tab" && button === (event.shiftKey ? buttons[0] : buttons.at(-1))) lead(event, opener);
    }, { signal });
  }
}
