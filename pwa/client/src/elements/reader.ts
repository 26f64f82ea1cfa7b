/** `<respite-reader data-…>`: an article's tools. Their buttons are the server's; what they do is loaded when it is asked for. */

import { mayOwn } from "../page/own.js";

class Reader extends HTMLElement {
  /** Whether anything of the text has been selected yet: before that, selections are nothing to us. */
  #selected = false;

  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button[data-do]") : null;
      if (button) void import("../reading/tools.js").then(({ use }) => use(this, button));
    });
    const text = document.querySelector("article .prose");
    document.addEventListener("selectionchange", () => {
      const selection = getSelection();
      const isNew = selection !== null && !selection.isCollapsed && text?.contains(selection.anchorNode);
      this.#selected ||= isNew === true;
      if (this.#selected) void import("../reading/tools.js").then(({ select }) => select(this));
    });
    // Whoever has saved or marked something sees it here; everybody else need not load what would show it.
    if (mayOwn()) void import("../reading/tools.js").then(({ wake }) => wake(this));
  }
}

customElements.define("respite-reader", Reader);
