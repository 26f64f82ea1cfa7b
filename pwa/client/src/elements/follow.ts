/** `<respite-follow topic="sleep">`: on a topic's page, keeps its articles on this phone before others. */

class Follow extends HTMLElement {
  connectedCallback(): void {
    void import("../phone/follow.js").then(({ showFollow }) => showFollow(this, this.getAttribute("topic") ?? ""));
  }
}

customElements.define("respite-follow", Follow);
