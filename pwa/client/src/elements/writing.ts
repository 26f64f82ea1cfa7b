/**
 * `<respite-form>` and `<respite-waiting>`: what somebody writes, and what of it waits to be sent. What they do, and what
 * becomes of it when somebody logs out, is loaded where there is such a thing.
 */

import { isSignedIn } from "../page/signed-in.js";
import { mayHaveAccount } from "../page/session.js";

class Form extends HTMLElement {
  connectedCallback(): void {
    void import("../writing/sheet.js").then(({ wakeForm }) => wakeForm(this));
  }
}

class Waiting extends HTMLElement {
  connectedCallback(): void {
    void import("../writing/waiting.js").then(({ showWaiting }) => showWaiting(this));
  }
}

/** See to what an account has on this phone, if it may have anything. */
export function startWriting(): void {
  customElements.define("respite-form", Form);
  customElements.define("respite-waiting", Waiting);
  if (!isSignedIn() && !mayHaveAccount()) return;
  void import("../writing/here.js").then(({ attend }) => attend());
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (new URL(form.action).pathname !== "/accounts/logout/") return;
    event.preventDefault();
    import("../writing/log-out.js").then(({ logOut }) => logOut(form)).catch(() => form.submit());
  });
}
