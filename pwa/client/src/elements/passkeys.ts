/** `<respite-passkeys>`: shows the button that needs a passkey, where there can be one, and says so where none was used. */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";

const FAILED = "passkey-failed";

class Passkeys extends HTMLElement {
  connectedCallback(): void {
    if (!("PublicKeyCredential" in window)) return;
    const button = document.querySelector<HTMLElement>("[data-passkey]");
    if (!button) return;
    button.hidden = false;
    document.addEventListener("allauth.error", (event) => {
      event.preventDefault();
      this.#tell(button);
    });
  }

  /** Say what a browser does not: most often somebody has changed their mind, or the device knows no key of ours. */
  #tell(button: HTMLElement): void {
    document.getElementById(FAILED)?.remove();
    const words = say("The passkey was not used. Try once more, or take another way.");
    button.closest(".actions")?.after(make("p", { id: FAILED, class: "error", role: "alert" }, words));
  }
}

customElements.define("respite-passkeys", Passkeys);
