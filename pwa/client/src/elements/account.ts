/**
 * `<respite-account>`: its link leads to the account, and names whose it is where somebody is logged in. A page is the
 * same for everybody, so it asks for that.
 */

import { isToldForAnother } from "../page/push-account.js";
import { askSession } from "../page/session.js";
import { say } from "../page/speech.js";

class Account extends HTMLElement {
  connectedCallback(): void {
    void this.#name();
  }

  /** Without an answer the link stays as it is: it leads to the account all the same. */
  async #name(): Promise<void> {
    const user = (await askSession())?.user;
    if (user && isToldForAnother(user.id)) void import("../push/device.js").then(({ turnOff }) => turnOff());
    const link = this.querySelector("a");
    if (user && link) link.textContent = say("Your account: %(who)s", { who: user.name || user.email });
  }
}

customElements.define("respite-account", Account);
