/** `<respite-saved>`: the page of the reader's own things. All of it is loaded on that page alone. */

class SavedPage extends HTMLElement {
  connectedCallback(): void {
    void import("../own/page.js").then(({ showSaved }) => showSaved(this));
  }
}

customElements.define("respite-saved", SavedPage);
