/** `<respite-resume>`: remembers on this phone where reading stopped, and offers to go on from there. */

export {};

const KEY = "respite-places";
/** How many articles are remembered; the longest unread is forgotten first. */
const MOST = 20;
/** Nearer to the beginning than this, or to the end, nobody needs to be taken anywhere. */
const FROM = 0.08;
const UNTIL = 0.92;

type Places = Record<string, number>;

class Resume extends HTMLElement {
  connectedCallback(): void {
    const path = location.pathname;
    const place = places()[path];
    if (place !== undefined && !location.hash && scrollY < innerHeight / 2) this.#offer(place);
    addEventListener("pagehide", () => remember(path));
    document.addEventListener("visibilitychange", () => document.hidden && remember(path));
  }

  #offer(place: number): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn bare small";
    button.textContent = "Go on where you stopped";
    button.onclick = () => {
      scrollTo(0, place * scrollable());
      this.replaceChildren();
    };
    this.replaceChildren(button);
  }
}

function scrollable(): number {
  return Math.max(1, document.documentElement.scrollHeight - innerHeight);
}

function places(): Places {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Places;
  } catch {
    return {};
  }
}

function remember(path: string): void {
  const { [path]: before, ...others } = places();
  const place = scrollY / scrollable();
  const kept = Object.entries(others).slice(-MOST + 1);
  // One that was merely opened keeps the place it had; one read to the end needs none.
  if (place > FROM && place < UNTIL) kept.push([path, Math.round(place * 1000) / 1000]);
  else if (place <= FROM && before !== undefined) kept.push([path, before]);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Then it is not remembered.
  }
}

customElements.define("respite-resume", Resume);
