/**
 * `<respite-find>`: finds on this phone what somebody types into its search field, as they type, where the library is
 * here (`search/field.ts`). Elsewhere it suggests what may be meant, as a combobox with a list (ARIA Authoring
 * Practices), and the form goes to the server. Nothing that is looked for on the phone is sent.
 */

import { icon } from "../page/make.js";
import type { PhoneSearch } from "../search/field.js";

const WAIT_MS = 150;
const SHORTEST = 2;
/** How long the phone may take to say whether it answers. */
const PATIENCE_MS = 3_000;
const ICONS: Readonly<Record<string, string>> = { promotion: "help" };

interface Suggestion {
  readonly text: string;
  readonly html: string;
  readonly kind: string | null;
  readonly path: string | null;
}

class Find extends HTMLElement {
  #input!: HTMLInputElement;
  readonly #list = document.createElement("ul");
  readonly #told = document.createElement("span");
  #suggestions: readonly Suggestion[] = [];
  #active = -1;
  #timer = 0;
  #asking: AbortController | null = null;
  /** Nobody is asked before it is known who answers. */
  #isDecided = false;
  #phone: PhoneSearch | null = null;
  #takesOver: boolean | null = null;

  connectedCallback(): void {
    const input = this.querySelector("input");
    if (!input || input.role === "combobox") return;
    this.#input = input;
    this.#list.id = `${input.id}-suggestions`;
    this.#list.role = "listbox";
    this.#list.ariaLabel = this.dataset.label ?? "";
    this.#list.className = "suggestions";
    this.#list.hidden = true;
    this.#told.className = "sr";
    this.#told.role = "status";
    input.after(this.#list, this.#told);
    input.autocomplete = "off";
    input.addEventListener("input", () => this.#type());
    void this.#decide();
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#show([]));
    input.form?.addEventListener("submit", () => this.#show([]));
    // The field keeps its focus: else the list would be gone before the click.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest("[role=option]");
      if (option) this.#choose([...this.#list.children].indexOf(option));
    });
  }

  /** Find out whether the phone answers. */
  async #decide(): Promise<void> {
    const decided = () => {
      this.#isDecided = true;
      this.#stand();
    };
    setTimeout(decided, PATIENCE_MS);
    try {
      const { PhoneSearch } = await import("../search/field.js");
      this.#phone = PhoneSearch.for(this.#input, this.#told, decided);
      if (!this.#phone) decided();
    } catch {
      decided();
    }
  }

  /** Be a plain field where the phone answers below it, else a combobox. */
  #stand(): void {
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.#list.id };
    const takesOver = this.#phone?.takesOver ?? false;
    if (takesOver === this.#takesOver) return;
    this.#takesOver = takesOver;
    if (takesOver) this.#show([]);
    for (const [name, value] of Object.entries(attributes)) {
      if (takesOver) this.#input.removeAttribute(name);
      else this.#input.setAttribute(name, value);
    }
    // Somebody may have typed before anything stood ready.
    if (takesOver && this.#input.value !== this.#input.defaultValue) this.#phone?.typed();
  }

  #type(): void {
    if (this.#phone?.takesOver) this.#phone.typed();
    else if (this.#isDecided) this.#askSoon();
  }

  #askSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#ask(), WAIT_MS);
  }

  async #ask(): Promise<void> {
    this.#asking?.abort();
    const typed = this.#input.value;
    const isOffline = !navigator.onLine || document.documentElement.dataset.madeOn === "phone";
    if (typed.trim().length < SHORTEST || isOffline) return this.#show([]);
    const asking = (this.#asking = new AbortController());
    try {
      const address = `/api/v1/search/suggestions/?${new URLSearchParams({ q: typed.slice(0, 200), language: document.documentElement.lang })}`;
      const response = await fetch(address, { credentials: "omit", cache: "no-store", signal: asking.signal });
      const told = response.ok ? ((await response.json()) as { suggestions: Suggestion[] }).suggestions : [];
      if (!asking.signal.aborted && document.activeElement === this.#input) this.#show(told);
    } catch {
      if (!asking.signal.aborted) this.#show([]);
    }
  }

  #show(suggestions: readonly Suggestion[]): void {
    if (suggestions.length === 0) {
      clearTimeout(this.#timer);
      this.#asking?.abort();
    }
    this.#suggestions = suggestions;
    // What stands in `html` was escaped by our server.
    this.#list.innerHTML = suggestions
      .map(({ html, kind, path }, index) => {
        const sign = icon(path ? (ICONS[kind ?? ""] ?? "book") : "search").outerHTML;
        return `<li role="option" id="${this.#list.id}-${index}" aria-selected="false">${sign}<span>${html}</span></li>`;
      })
      .join("");
    this.#list.hidden = suggestions.length === 0;
    if (this.#phone?.takesOver) return;
    this.#input.setAttribute("aria-expanded", String(suggestions.length > 0));
    this.#told.textContent = suggestions.length > 0 ? (this.dataset.told ?? "").replace("%s", String(suggestions.length)) : "";
    this.#point(-1);
  }

  #point(active: number): void {
    this.#active = active;
    [...this.#list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
    const chosen = this.#list.children[active];
    if (chosen) this.#input.setAttribute("aria-activedescendant", chosen.id);
    else this.#input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  #key(event: KeyboardEvent): void {
    const many = this.#suggestions.length;
    if (many === 0 || event.isComposing) return;
    const places = many + 1; // the field itself is one of them
    if (event.key === "ArrowDown") this.#point(((this.#active + 2) % places) - 1);
    else if (event.key === "ArrowUp") this.#point(((this.#active + 1 + many) % places) - 1);
    else if (event.key === "Escape") this.#show([]);
    else if (event.key === "Enter" && this.#active >= 0) this.#choose(this.#active);
    else return;
    event.preventDefault();
  }

  #choose(index: number): void {
    const chosen = this.#suggestions[index];
    if (!chosen) return;
    this.#show([]);
    if (chosen.path) return location.assign(chosen.path);
    this.#input.value = chosen.text;
    this.#input.form?.requestSubmit();
  }
}

customElements.define("respite-find", Find);
