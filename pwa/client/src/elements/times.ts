/** `<respite-times>`: times to choose from, on the reader's own clock. */

class Times extends HTMLElement {
  connectedCallback(): void {
    void import("../meetings/times.js").then(({ showTimes }) => showTimes(this));
  }
}

customElements.define("respite-times", Times);
