/** `<respite-push key="…">`: whether this device is told of news. All of it is loaded where it stands. */

class Push extends HTMLElement {
  connectedCallback(): void {
    void import("../push/panel.js").then(({ showPanel }) => showPanel(this));
  }
}

customElements.define("respite-push", Push);

export {};
