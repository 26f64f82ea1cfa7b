/** What waits to be sent, drawn where it will appear; each with what can be done about it. */

import { State } from "../outbox/database.js";
import { TakenBack, type Problem, type Waiting, takeBack, waiting, withdraw } from "../outbox/items.js";
import { icon, make } from "../page/make.js";
import { say } from "../page/speech.js";
import { tellOf } from "../reading/told.js";
import { desk, onNews } from "./desk.js";
import { whoIsHere } from "./here.js";

/** The event by which a form on this page hears that its draft is another one. */
export const DRAFT_EVENT = "respite-draft";

const DRAWN: Readonly<Record<State, readonly [state: string, sign: string]>> = {
  [State.Queued]: ["queued", "clock"],
  [State.Sending]: ["sending", "up"],
  [State.Failed]: ["failed", "alert"],
  [State.WaitingForLogIn]: ["queued", "lock"],
  [State.Sent]: ["sent", "sent"],
};

/** Draw what waits into an element, of the kind and for the place that it names, and draw it anew whenever that changes. */
export function showWaiting(element: HTMLElement): void {
  const kind = element.getAttribute("kind");
  const place = element.getAttribute("place");
  // What was seen here stays to be seen once it has arrived, until the page has it from the server.
  const seen = new Map<string, Waiting>();
  const draw = async () => {
    const all = await waiting(desk).catch(() => []);
    const here = all.filter(({ letter: { about } }) => (!kind || about.kind === kind) && (!place || about.place === place));
    const ids = new Set(here.map(({ id }) => id));
    for (const [id, before] of seen) if (!ids.has(id) && before.state !== State.Sent) seen.delete(id);
    for (const item of here) {
      const before = seen.get(item.id);
      if (item.state !== State.Sent) seen.set(item.id, item);
      else if (before) seen.set(item.id, { ...before, state: State.Sent });
    }
    element.replaceChildren(...drawn([...seen.values()], element, !place));
  };
  // One drawing follows the other, so that an older one never comes last.
  let drawing: Promise<void> = whoIsHere();
  const drawNext = () => void (drawing = drawing.then(draw));
  onNews(drawNext);
  drawNext();
}

function drawn(items: readonly Waiting[], element: HTMLElement, isNamed: boolean): Node[] {
  if (items.length === 0) return [];
  const heading = element.getAttribute("heading");
  const list = make("ol", { class: "thread", "aria-label": heading ?? say("Waiting to be sent") }, ...items.map((item) => one(item, isNamed)));
  return heading ? [make("h2", {}, heading), list] : [list];
}

function one(item: Waiting, isNamed: boolean): HTMLElement {
  const [state, sign] = DRAWN[item.state];
  const { about } = item.letter;
  const isHeld = item.state === State.Queued || item.state === State.Failed || item.state === State.WaitingForLogIn;
  const words = about.words.split(/\n+/).map((line) => make("p", {}, line));
  return make(
    "li",
    { class: "said mine", "data-state": state },
    isNamed ? make("p", { class: "fine" }, about.title) : null,
    make("div", { class: "bubble stack tight" }, ...(about.words ? words : [make("p", {}, about.title)])),
    make("p", { class: "state", "data-state": state }, icon(sign), make("span", {}, stateWords(item))),
    isHeld ? make("div", { class: "actions" }, button(say("Edit"), () => edit(item)), button(say("Delete"), () => remove(item), "clay")) : null,
  );
}

function button(label: string, act: () => Promise<void>, tone?: string): HTMLElement {
  return make("button", { class: "btn bare small", type: "button", "data-tone": tone, onclick: () => void act() }, label);
}

function stateWords({ state, problem }: Waiting): string {
  switch (state) {
    case State.Queued:
      return say("Waits to be sent. It will go on its own.");
    case State.Sending:
      return say("Sending …");
    case State.Failed:
      return say("Not sent. %(why)s", { why: problem ? problemWords(problem) : "" });
    case State.WaitingForLogIn:
      return say("Waits until you have logged in.");
    case State.Sent:
      return say("Sent");
  }
}

/** Say why something was refused, in the server's words where it has given some. */
export function problemWords({ kind, status, detail, errors }: Problem): string {
  if (kind === "key-reused") return say("It was sent already, as it stood before you changed it. If you send it again, both will be there.");
  if (status === 413) return say("It is too long to be sent at once.");
  return [detail, ...Object.values(errors).flat()].filter(Boolean).join(" ");
}

async function edit(item: Waiting): Promise<void> {
  const done = await takeBack(desk, item);
  if (done !== TakenBack.Done) return refused(done);
  const { kind, place, page } = item.letter.about;
  const form = document.querySelector(`respite-form[kind="${CSS.escape(kind)}"][place="${CSS.escape(place)}"]`);
  if (form) form.dispatchEvent(new Event(DRAFT_EVENT));
  else location.assign(page);
}

async function remove(item: Waiting): Promise<void> {
  const done = await withdraw(desk, item.id);
  if (done !== TakenBack.Done) return refused(done);
  const mayHaveArrived = item.tries > 0 && item.state !== State.Failed;
  tellOf(mayHaveArrived ? say("Deleted here. It may have arrived already; then it is in your messages.") : say("Deleted. It was not sent."));
}

function refused(done: TakenBack): void {
  if (done === TakenBack.Occupied) tellOf(say("You have begun something else in that form. Send or delete that first."));
  else tellOf(say("It is on its way already."));
}
