/** Logging out: asks where something has not been sent, then leaves nothing of the account on this phone. */

import { showBadge } from "../outbox/badge.js";
import { countUnsent, waiting } from "../outbox/items.js";
import { wipe } from "../outbox/session.js";
import { icon, make } from "../page/make.js";
import { many, say } from "../page/speech.js";
import { leave } from "../push/device.js";
import { desk } from "./desk.js";

const ASKED = "data-asked";

/** Log out by a form of the server's, once it is sure that nothing is lost that somebody wants. */
export async function logOut(form: HTMLFormElement): Promise<void> {
  const unsent = form.hasAttribute(ASKED) ? 0 : await countUnsent(desk).catch(() => 0);
  if (unsent > 0) return ask(form, unsent);
  await Promise.allSettled([wipe(desk), leave()]);
  await showBadge(0);
  // The next page finds nobody here, and takes the last trace away. Past what listens for it being sent.
  form.submit();
}

async function ask(form: HTMLFormElement, unsent: number): Promise<void> {
  form.setAttribute(ASKED, "");
  const titles = (await waiting(desk)).map(({ letter: { about } }) => make("li", {}, about.title));
  const note = make(
    "div",
    { class: "note", "data-tone": "honey", role: "alert", tabindex: "-1" },
    icon("alert", ""),
    make(
      "div",
      { class: "stack near" },
      make("p", {}, make("b", {}, many("%(count)s thing that you have written has not been sent.", "%(count)s things that you have written have not been sent.", unsent))),
      titles.length > 0 ? make("ul", {}, ...titles) : null,
      make("p", {}, say("When you log out, it is deleted from this phone, where nobody else has it.")),
    ),
  );
  form.prepend(note);
  const button = form.querySelector("button");
  if (button) {
    button.textContent = say("Delete it and log out");
    button.dataset.act = "clay";
  }
  note.focus();
}
