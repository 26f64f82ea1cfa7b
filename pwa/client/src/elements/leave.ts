/** `<respite-leave>`: its link leaves at once, and the way back does not lead here. Without a script it is a plain link. */

class Leave extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link) return;
      event.preventDefault();
      // The page is emptied first: the next one may be slow to come.
      document.title = "";
      document.body.hidden = true;
      location.replace(link.href);
    });
  }
}

customElements.define("respite-leave", Leave);
