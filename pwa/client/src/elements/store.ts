/** `<respite-store>`: the page "On this phone". All of it is loaded on that page alone. */

class Store extends HTMLElement {
  connectedCallback(): void {
    void import("../phone/page.js").then(({ showStore }) => showStore(this));
  }
}

customElements.define("respite-store", Store);
