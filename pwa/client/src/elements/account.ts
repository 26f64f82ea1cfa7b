/**
 * `<respite-account>`: its link leads to the account, and names whose it is where somebody is logged in.
 *
 * A page is the same for everybody, so it asks for that; only in a browser in which somebody has logged in, so that
 * nobody else's reading asks the server for anything.
 */

import { say } from "../page/speech.js";
import { isToldForAnother } from "../page/push-account.js";
import { forgetSignedIn, isSignedIn } from "../page/signed-in.js";

interface Session {
  readonly signed_in: boolean;
  readonly user: { readonly id: string; readonly name: string; readonly email: string } | null;
}

class Account extends HTMLElement {
  connectedCallback(): void {
    if (isSignedIn() && navigator.onLine) void this.#ask();
  }

  /** Without an answer the link stays as it is: it leads to the account all the same. */
  async #ask(): Promise<void> {
    const answer = await fetch("/api/v1/session/", { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const { signed_in, user } = (await answer.json().catch(() => ({ signed_in: true, user: null }))) as Session;
    if (!signed_in) forgetSignedIn();
    if (user && isToldForAnother(user.id)) void import("../push/device.js").then(({ turnOff }) => turnOff());
    const link = this.querySelector("a");
    if (user && link) link.textContent = say("Your account: %(who)s", { who: user.name || user.email });
  }
}

customElements.define("respite-account", Account);
