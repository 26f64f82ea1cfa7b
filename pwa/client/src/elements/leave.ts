/**
 * `<respite-leave>`: its link leaves at once, and the way back does not lead here. Three times Escape does the same.
 * Without a script it is a plain link. What lies behind it is told in `page/leaving.ts`.
 */

import { leave } from "../page/leaving.js";

const TIMES = 3;
const WITHIN_MS = 1_500;

class Leave extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link) return;
      event.preventDefault();
      void leave(link.href);
    });
    const pressed: number[] = [];
    document.addEventListener("keydown", ({ key, repeat }) => {
      if (key !== "Escape" || repeat) return;
      pressed.push(performance.now());
      const [first = 0] = pressed.slice(-TIMES);
      if (pressed.length >= TIMES && performance.now() - first < WITHIN_MS) void leave(this.querySelector("a")?.href ?? "about:blank");
    });
  }
}

customElements.define("respite-leave", Leave);
