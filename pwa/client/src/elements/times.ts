/** `<respite-times>`: times to choose from, on the reader's own clock. */

import { zoneHere } from "../meetings/here.js";

class Times extends HTMLElement {
  connectedCallback(): void {
    // At once: where somebody is belongs to the form as it is before they have written anything.
    for (const field of this.closest("form")?.querySelectorAll<HTMLInputElement>('input[name="time_zone"]') ?? []) field.value = zoneHere();
    void import("../meetings/times.js").then(({ showTimes }) => showTimes(this));
  }
}

customElements.define("respite-times", Times);
