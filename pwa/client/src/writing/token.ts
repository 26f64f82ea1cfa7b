/** Forms on a page that was made from a copy have no token: it is asked for when they are sent. */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { askSession } from "../outbox/post.js";
import { tellOf } from "../reading/told.js";
import { network } from "./desk.js";

const FIELD = "csrfmiddlewaretoken";

/** Give forms their token as they are sent; where nobody can be asked, say so and send nothing. */
export function guardForms(): void {
  if (document.documentElement.dataset.madeOn === undefined) return;
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post" || form.elements.namedItem(FIELD)) return;
    event.preventDefault();
    void sendWithToken(form, event.submitter);
  });
}

async function sendWithToken(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const asked = await askSession(network.fetch, Date.now());
  if (!asked?.account) return void tellOf(say("This needs a connection. Nothing has been changed."));
  form.append(make("input", { type: "hidden", name: FIELD, value: asked.token }));
  form.requestSubmit(submitter);
}
