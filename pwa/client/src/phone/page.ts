/** The page "On this phone": what is here, what is coming, and what the reader wants of it. */

import { installSection } from "../page/installing.js";
import { icon, make } from "../page/make.js";
import { many, say } from "../page/speech.js";
import { ask, hear } from "../page/worker.js";
import type { Standing, Store } from "../protocol/messages.js";
import { pictures, removal, room, safe, wish } from "./choices.js";
import { safety } from "./safety.js";
import { doing, isComing, readable, size, updated } from "./words.js";

/** How often, at most, the figures are asked for anew while something comes in. */
const LOOK_MS = 500;

/** Show the page's own part, and keep it true while it stands. */
export async function showStore(place: HTMLElement): Promise<void> {
  const store = await storeOnceThere();
  if (!store?.usable) return place.replaceChildren(unusable());
  const figures = make("section", { class: "panel lined stack store", "aria-labelledby": "figures" });
  const choices = make("div", { class: "stack" });
  place.className = "kept";
  place.replaceChildren(figures, choices, safe(await safety()), removal(), installSection());
  const panel = new Panel(figures, choices, store);
  hear((standing) => panel.hear(standing));
}

/** The worker may still be on its way in: the first visit of all can be to this page. */
async function storeOnceThere(): Promise<Store | null> {
  if (!("serviceWorker" in navigator)) return null;
  const ready = navigator.serviceWorker.ready;
  const patience = new Promise((resolve) => setTimeout(resolve, 10_000));
  await Promise.race([ready, patience]);
  return ask({ type: "store" });
}

function unusable(): HTMLElement {
  const told = say("This browser lets Respite keep nothing here, as private windows often do. Everything can still be read with a connection.");
  return make("p", { class: "note", "data-tone": "honey" }, icon("info", ""), make("span", {}, told));
}

class Panel {
  #standing: Standing | null = null;
  #timer = 0;
  #wishes = "";
  readonly #progress = make("progress", { "aria-label": say("Coming in") });
  readonly #spoken = make("p", { class: "sr", role: "status" });
  readonly #body = make("div", { class: "stack near" });
  #said = "";

  constructor(
    place: HTMLElement,
    private readonly choices: HTMLElement,
    private store: Store,
  ) {
    place.replaceChildren(this.#body, this.#spoken);
    this.#draw();
  }

  hear(standing: Standing): void {
    this.#standing = standing;
    this.#draw();
    if (this.#timer) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = 0;
      void this.#look();
    }, LOOK_MS);
  }

  async #look(): Promise<void> {
    this.store = (await ask({ type: "store" })) ?? this.store;
    this.#draw();
  }

  #draw(): void {
    const { store } = this;
    const now = doing(this.#standing, store, Date.now());
    const isBusy = store.wishes.rest === "no" && this.#standing !== null && isComing(this.#standing);
    const focused = (document.activeElement as HTMLElement | null)?.dataset.key;
    this.#body.replaceChildren(...this.#figures(), ...(isBusy ? [this.#bar()] : []), ...(now ? [state(now, isBusy)] : []), this.#actions(isBusy));
    if (focused) this.#body.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
    this.#say(isBusy ? say("Coming in") : now);
    const wishes = JSON.stringify(store.wishes);
    // Drawn anew only when they are others: somebody may be on their way through them.
    if (wishes !== this.#wishes && !this.choices.contains(document.activeElement)) {
      this.choices.replaceChildren(room(store), pictures(store));
    }
    this.#wishes = wishes;
    void this.#estimate();
  }

  #figures(): Node[] {
    const { bytes, wishes, pictures: kept } = this.store;
    const used = bytes + kept.bytes;
    const of = wishes.budget === null ? "" : ` ${say("of %(size)s", { size: size(wishes.budget) })}`;
    const head = make("div", { class: "head flush" }, make("h2", { id: "figures" }, say("The library")), make("p", { class: "num" }, make("b", {}, size(used)), make("span", { class: "soft" }, of)));
    const meter = make("meter", { "aria-label": say("Room used"), min: "0", max: String(wishes.budget ?? used), value: String(used) });
    const shown = many("%(count)s picture", "%(count)s pictures", kept.count);
    const parts = say("Texts %(texts)s, %(pictures)s %(size)s.", { texts: size(bytes), pictures: shown, size: size(kept.bytes) });
    return [
      head,
      ...(wishes.budget === null ? [] : [meter]),
      make("p", {}, readable(this.store)),
      make("p", { class: "fine num" }, `${parts} ${updated(this.store.synced_at, Date.now())}`),
      this.#altogether,
    ];
  }

  readonly #altogether = make("p", { class: "fine num" });

  async #estimate(): Promise<void> {
    const { usage, quota } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
    if (usage === undefined || !quota) return;
    this.#altogether.textContent = say("With its own files Respite takes about %(used)s, of %(all)s that your browser allows.", { used: size(usage), all: size(quota) });
  }

  #bar(): HTMLElement {
    const { done, total } = this.#standing as Standing;
    if (total === null) this.#progress.removeAttribute("value");
    else {
      this.#progress.max = total;
      this.#progress.value = done;
    }
    return this.#progress;
  }

  #actions(isBusy: boolean): HTMLElement {
    const { wishes, titles } = this.store;
    const button = (key: string, label: string, act: () => unknown, kind = "quiet") =>
      make("button", { class: `btn ${kind} small`, type: "button", "data-key": key, onclick: () => void act() }, label);
    // Who asks for everything wants more than there was room for.
    const everything = () => wish({ rest: "no", more: true, ...(titles > 0 && wishes.more ? { budget: null } : {}) });
    if (wishes.rest === "paused") {
      return actions(button("go", say("Resume"), () => wish({ rest: "no" }), ""), button("cancel", say("Cancel"), () => wish({ rest: "no", more: false })));
    }
    if (isBusy) {
      return actions(button("go", say("Pause"), () => wish({ rest: "paused" })), button("cancel", say("Cancel"), () => wish({ more: false })));
    }
    return actions(button("go", say("Fetch everything now"), everything, ""), ...(wishes.rest === "no" ? [button("pause", say("Pause"), () => wish({ rest: "paused" }))] : []));
  }

  /** Spoken are the turns that things take, not the figures on the way. */
  #say(words: string): void {
    if (words === this.#said) return;
    this.#said = words;
    this.#spoken.textContent = words;
  }
}

function actions(...buttons: HTMLElement[]): HTMLElement {
  return make("div", { class: "actions" }, ...buttons);
}

function state(words: string, isBusy: boolean): HTMLElement {
  return make("p", { class: "state num", "data-state": isBusy ? "saving" : "queued" }, icon(isBusy ? "phone-kept" : "info"), words);
}
