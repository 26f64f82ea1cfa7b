/** `<respite-contents>`: marks the section that is being read in the list of contents. */

class Contents extends HTMLElement {
  #watch: IntersectionObserver | null = null;

  connectedCallback(): void {
    const links = new Map<Element, HTMLAnchorElement>();
    for (const link of this.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    let last: HTMLAnchorElement | null = null;
    // A heading is passed once it has crossed the upper third of the window.
    this.#watch = new IntersectionObserver(
      () => {
        const line = innerHeight / 3;
        const passed = [...links].filter(([heading]) => heading.getBoundingClientRect().top <= line);
        const here = passed.at(-1)?.[1] ?? null;
        if (here === last) return;
        last?.removeAttribute("aria-current");
        here?.setAttribute("aria-current", "true");
        last = here;
      },
      { rootMargin: "0px 0px -66% 0px", threshold: [0, 1] },
    );
    for (const heading of links.keys()) this.#watch.observe(heading);
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
  }
}

customElements.define("respite-contents", Contents);
