/** Says that a part of the script could not be had: of a release so old that its files are gone, or for want of a connection. */

import { make } from "./make.js";
import { say } from "./speech.js";
import { isWriting } from "./writing.js";

/** What Chromium, Firefox and Safari say where `import()` fails. */
const NOT_HAD = /dynamically imported module|importing a module script failed/i;

/** From here on say so, to whoever has done something on this page: what is loaded unasked is missed by nobody. */
export function tellOfMissing(): void {
  addEventListener("unhandledrejection", ({ reason }) => {
    if (!(reason instanceof TypeError && NOT_HAD.test(reason.message))) return;
    if (navigator.userActivation?.hasBeenActive === false || document.querySelector("[data-missing]")) return;
    const close = () => toast.remove();
    const reload = () => {
      // Nothing is loaded anew over what somebody is writing.
      if (!isWriting()) location.reload();
    };
    const toast = make(
      "div",
      { class: "toast", role: "status", "data-missing": true },
      make("p", {}, say("A part of this page could not be loaded. It may be there once the page is loaded again.")),
      !isWriting() && make("button", { type: "button", onclick: reload }, say("Reload")),
      make("button", { type: "button", onclick: close }, say("Close")),
    );
    document.body.append(toast);
  });
}
