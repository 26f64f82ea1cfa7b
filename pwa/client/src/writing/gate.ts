/** The gate before somebody who is not logged in, with what they have written: kept here, and read by nobody else. */

import { icon, make } from "../page/make.js";
import { say } from "../page/speech.js";

interface Gated {
  readonly words: string;
  /** Whether this browser keeps it while they log in. */
  readonly isKept: boolean;
  readonly edit: () => void;
  readonly remove: () => void;
}

/** Have the ways through a gate lead back to this very page. */
export function leadBack(gate: Element): void {
  for (const way of gate.querySelectorAll<HTMLAnchorElement>('a[href*="next="]')) {
    const address = new URL(way.href);
    address.searchParams.set("next", location.pathname + location.search);
    way.href = address.pathname + address.search;
  }
}

/** Make what stands below the gate. */
export function draftShown({ words, isKept, edit, remove }: Gated): HTMLElement {
  const state = make("p", { class: "state", "data-state": "saved" }, icon("phone-kept"), say("On this phone"));
  const letter = make("blockquote", { class: "letter stack" }, ...words.split(/\n{2,}/).map((part) => make("p", {}, part)));
  const button = (label: string, act: () => void, look: string, tone?: string) =>
    make("button", { class: `btn ${look} small`, type: "button", "data-tone": tone, onclick: act }, label);
  return make(
    "section",
    { class: "stack", "aria-labelledby": "draft" },
    make("div", { class: "head flush" }, make("h2", { id: "draft" }, isKept ? say("Your draft is kept") : say("Your draft cannot be kept")), isKept ? state : null),
    words ? letter : null,
    isKept
      ? make("p", { class: "fine" }, say("It will be waiting here after you log in, also on another day. Only this phone has it."))
      : make("p", { class: "note", "data-tone": "honey" }, icon("alert", ""), make("span", {}, say("This browser lets Respite keep nothing here. Copy what you have written before you log in."))),
    make("div", { class: "actions" }, button(say("Edit draft"), edit, "quiet"), button(say("Delete draft"), remove, "bare", "clay")),
  );
}
