/**
 * The search field on a phone that has the library: finds as somebody types, and sends nothing.
 *
 * The phone answers as soon as it has been told everything that is published, or where there is no connection. A form
 * that is sent off goes to the server only while the phone could not have searched all of it.
 */

import { language, many, say } from "../page/speech.js";
import { rememberFound } from "./found.js";
import { SearchDesk, workerAddress } from "./desk.js";
import { draw, told } from "./drawing.js";
import type { Answer } from "./finder.js";
import type { Progress } from "./keeper.js";
import { DUE } from "./state.js";

const SHORTEST = 2;
const SHOWN = 10;
/** Who pauses for so long wants to hear how many there are. */
const PAUSE_MS = 1_000;
/** An index that so little is missing of is as good as whole. */
const NEARLY = 0.05;

interface Asked {
  q: string;
  kind?: string | undefined;
  topic?: string | undefined;
  exact?: boolean | undefined;
  limit: number;
}

export class PhoneSearch {
  readonly #desk: SearchDesk;
  readonly #found: HTMLElement;
  readonly #root: string;
  #before: Node[] | null = null;
  #progress: Progress | null = null;
  #asked: Asked = { q: "", limit: SHOWN };
  #timer = 0;
  #hasBegun = false;

  /** Give the phone's search for a field; null where this browser or page has none. */
  static for(input: HTMLInputElement, status: HTMLElement, changed: () => void): PhoneSearch | null {
    const address = workerAddress();
    const found = document.querySelector<HTMLElement>("[data-found]");
    return address && found && input.form ? new PhoneSearch(address, input, input.form, status, found, changed) : null;
  }

  private constructor(
    address: string,
    private readonly input: HTMLInputElement,
    form: HTMLFormElement,
    private readonly status: HTMLElement,
    found: HTMLElement,
    changed: () => void,
  ) {
    this.#found = found;
    this.#root = new URL(form.action).pathname.replace(/\/search\/$/, "");
    this.#desk = new SearchDesk(
      address,
      (message) => {
        this.#progress = message.type === "failed" ? null : message.progress;
        changed();
        if (message.type === "loaded") this.#desk.refresh();
        const isNothing = message.type === "failed" || (message.type === "settled" && message.progress.total === 0);
        if (isNothing && isMadeHere()) this.#fail();
        if (this.takesOver && !this.#hasBegun) this.#begin();
        // What was being read may be what somebody waits for.
        else if (message.type === "settled" && this.#isShown) this.#send();
      },
      (answer) => this.#show(answer),
    );
    form.addEventListener("submit", (event) => this.#submit(event));
    found.addEventListener("click", (event) => this.#click(event));
    found.addEventListener("change", (event) => this.#filter(event));
    new BroadcastChannel(DUE).onmessage = () => this.#desk.refresh();
  }

  /** Whether what is typed is looked for on this phone. */
  get takesOver(): boolean {
    const progress = this.#progress;
    return progress !== null && progress.total > 0 && (progress.complete || isAlone());
  }

  /** Look for what stands in the field. */
  typed(): void {
    const q = this.input.value.trim();
    this.#ask({ q, limit: SHOWN, ...(q.length < SHORTEST ? {} : { kind: this.#asked.kind, topic: this.#asked.topic }) });
  }

  get #isWhole(): boolean {
    const progress = this.#progress;
    return progress !== null && progress.complete && progress.textless === 0 && progress.waiting <= progress.total * NEARLY;
  }

  get #isShown(): boolean {
    return this.#before !== null && this.takesOver;
  }

  /** Go on where this page was left; or do what a form that was sent off without a connection asked for. */
  #begin(): void {
    this.#hasBegun = true;
    const kept = (history.state as { search?: Asked } | null)?.search;
    if (kept) {
      this.input.value = kept.q;
      this.#ask(kept);
    } else if (this.input.value && isMadeHere()) {
      this.typed();
    }
  }

  #fail(): void {
    this.#found.innerHTML = `<p class="soft" role="status">${say("What is on this phone cannot be searched now.")}</p>`;
  }

  #ask(asked: Asked): void {
    this.#asked = asked;
    clearTimeout(this.#timer);
    if (asked.q.length < SHORTEST) {
      this.#desk.forget();
      this.#clear();
      return remember(null, this.#root);
    }
    this.#send();
  }

  #send(): void {
    const { q, ...rest } = this.#asked;
    this.#desk.find({ query: q, language, root: this.#root, ...rest });
  }

  #show(answer: Answer): void {
    if (!this.takesOver) return;
    this.#before ??= [...this.#found.childNodes];
    const focused = document.activeElement;
    const focus = focused instanceof HTMLElement && this.#found.contains(focused) ? keyOf(focused) : "";
    const shown = this.#found.querySelectorAll(".result").length;
    const view = { root: this.#root, kind: this.#asked.kind, topic: this.#asked.topic, asksServer: !this.#isWhole && !isAlone() };
    this.#found.innerHTML = draw(answer, { language, say, many }, view);
    if (focus === "[data-more]") this.#found.querySelectorAll<HTMLElement>(".result h3 a")[shown]?.focus();
    else if (focus) this.#found.querySelector<HTMLElement>(focus)?.focus();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.status.textContent = told(answer, { language, say, many });
      remember(this.#asked, this.#root);
    }, PAUSE_MS);
  }

  #clear(): void {
    this.status.textContent = "";
    if (!this.#before) return;
    // What another search had found is no beginning.
    const nodes = this.#before.filter((node) => !(node instanceof Element && node.matches(".results, .promoted")));
    this.#found.replaceChildren(...nodes);
    this.#before = null;
  }

  #submit(event: SubmitEvent): void {
    // What was looked for here is sent to nobody: who wants the server to look, too, is offered a link.
    if (!this.takesOver) return;
    event.preventDefault();
    this.typed();
    // The keyboard of the screen makes room for what was found.
    if (matchMedia("(pointer: coarse)").matches) this.input.blur();
  }

  #click(event: MouseEvent): void {
    const target = event.target as Element;
    const chosen = target.closest<HTMLElement>("[data-kind]");
    if (chosen) return this.#ask({ ...this.#asked, kind: chosen.dataset.kind || undefined, limit: SHOWN });
    if (target.closest("[data-more]")) return this.#ask({ ...this.#asked, limit: this.#asked.limit + SHOWN });
    const link = target.closest<HTMLAnchorElement>("a[href]");
    if (!link) return;
    if (this.#isShown) remember(this.#asked, this.#root);
    if (link.closest(".result")) rememberFound(link, this.input.value);
    else if (this.#isShown && !link.hasAttribute("data-server")) this.#follow(event, new URL(link.href));
  }

  /** Take a link to another search, such as the one that was meant. */
  #follow(event: MouseEvent, { pathname, searchParams }: URL): void {
    const q = searchParams.get("q");
    if (q === null || pathname !== `${this.#root}/search/`) return;
    event.preventDefault();
    this.input.value = q;
    this.#ask({ q, limit: SHOWN, exact: searchParams.get("exact") === "true" });
    this.input.focus();
  }

  #filter(event: Event): void {
    const target = event.target as Element;
    if (target instanceof HTMLSelectElement && target.matches("[data-topic]")) {
      this.#ask({ ...this.#asked, topic: target.value || undefined, limit: SHOWN });
    }
  }
}

/** Say whether nobody else could be asked. */
function isAlone(): boolean {
  return !navigator.onLine || isMadeHere();
}

function isMadeHere(): boolean {
  return document.documentElement.dataset.madeOn === "phone";
}

/** Keep what was asked in this entry of the history, where no address shows it: going back finds it again. */
function remember(search: Asked | null, root: string): void {
  history.replaceState({ ...(history.state as object | null), search }, "", `${root}/search/`);
}

function keyOf(element: HTMLElement): string {
  if (element.hasAttribute("data-more")) return "[data-more]";
  if (element.hasAttribute("data-topic")) return "[data-topic]";
  return element.dataset.kind === undefined ? "" : `[data-kind="${element.dataset.kind}"]`;
}
