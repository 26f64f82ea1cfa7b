/** What the reader may choose on the page "On this phone": how much, pictures, safety, and taking everything away. */

import { BUDGETS, type Wishes } from "../library/wishes.js";
import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { tell } from "../page/worker.js";
import type { Store } from "../protocol/messages.js";
import { type Safety, keepSafe } from "./safety.js";
import { size } from "./words.js";

/** Say what is wanted from here on. */
export async function wish(change: Partial<Wishes>): Promise<void> {
  await tell({ type: "wish", change });
}

/** Draw the choice of how much room the library may take. */
export function room({ wishes }: Store): HTMLElement {
  const choices = BUDGETS.map((budget) => radio("budget", budget === null ? say("Everything") : size(budget), budget === wishes.budget, () => void wish({ budget })));
  const hint = say("Where everything does not fit, what you saved, the topics you follow and the newest articles come first; the rest is here as titles.");
  return choice(say("How much room"), hint, make("div", { class: "pills" }, ...choices));
}

/** Draw the choice about pictures. */
export function pictures({ wishes }: Store): HTMLElement {
  const radios = [
    radio("pictures", say("Keep pictures, unless this phone saves data"), wishes.pictures === "unless-saving", () => void wish({ pictures: "unless-saving" })),
    radio("pictures", say("Keep no pictures"), wishes.pictures === "never", () => void wish({ pictures: "never" })),
  ];
  return choice(say("Pictures"), say("Texts always come first, and pictures go first where room is short."), make("div", { class: "pills" }, ...radios));
}

/** Draw what can be done against the browser's clearing. */
export function safe(known: Safety): HTMLElement {
  const place = make("section", { class: "stack near" });
  const draw = (now: Safety, isAnswer: boolean) => {
    const told =
      now === "kept"
        ? say("Your browser has agreed to keep this until you remove it yourself.")
        : isAnswer
          ? say("Your browser keeps the decision to itself for now. It is more willing once Respite has been installed or used for a while.")
          : say("When a phone runs short of room, its browser may clear what sites have kept. You can ask it not to.");
    const ask = make("button", { class: "btn quiet small", type: "button", onclick: () => void keepSafe().then((answer) => draw(answer, true)) }, say("Keep this safe from clearing"));
    place.replaceChildren(make("h2", {}, say("Keep it safe")), make("p", { role: "status" }, told), now === "kept" ? "" : ask);
  };
  draw(known, false);
  return place;
}

/** Draw the way to take everything away, with a question between. */
export function removal(): HTMLElement {
  const sure = make("div", { class: "actions", hidden: true });
  const begin = make("button", { class: "btn bare small", type: "button", "data-tone": "clay" }, say("Remove everything from this phone"));
  const ask = (isAsked: boolean) => {
    sure.hidden = !isAsked;
    begin.hidden = isAsked;
  };
  const keep = make("button", { class: "btn quiet small", type: "button" }, say("Keep it"));
  const remove = make("button", { class: "btn bare small", type: "button", "data-tone": "clay" }, say("Remove"));
  begin.onclick = () => {
    ask(true);
    keep.focus();
  };
  keep.onclick = () => {
    ask(false);
    begin.focus();
  };
  remove.onclick = () => {
    ask(false);
    void wish({ rest: "removed" });
  };
  sure.append(remove, keep);
  const told = say("Takes the library and its pictures off this phone. What you saved, marked and wrote stays.");
  return make("section", { class: "stack near" }, make("h2", {}, say("Make room")), make("p", {}, told), begin, sure);
}

function choice(legend: string, hint: string, pills: HTMLElement): HTMLElement {
  return make("fieldset", { class: "stack near" }, make("legend", {}, legend), pills, make("p", { class: "fine" }, hint));
}

function radio(name: string, label: string, isChosen: boolean, act: () => void): HTMLElement {
  const input = make("input", { type: "radio", name, checked: isChosen });
  input.onchange = act;
  return make("label", { class: "pill" }, input, label);
}
