/** `<respite-form>`: a form in which one writes first: kept while it is typed, sent through the outbox, with or without a connection. */

import { DEVICE, State } from "../outbox/database.js";
import { Gone, type News } from "../outbox/desk.js";
import { type Kept, type Values, draftOf, dropDraft, keepDraft } from "../outbox/drafts.js";
import { type About, type Letter, TakenBack, type Waiting, formOf, queue, settleTold, takeBack, waiting } from "../outbox/items.js";
import type { Ring } from "../outbox/sealing.js";
import { ringNow, ringOf, session, shownAccount } from "../outbox/session.js";
import { askSession } from "../page/session.js";
import { language, say } from "../page/speech.js";
import { desk, onNews, ownKeys, send } from "./desk.js";
import { clearFaults, faultsOf, fillIn, showFaults, valuesOf, wordsOf } from "./fields.js";
import { draftShown, leadBack } from "./gate.js";
import { isWriting } from "../page/writing.js";
import { whoIsHere } from "./here.js";
import { hasRiskWords } from "../words/risk.js";
import { phrasesOf, riskNote } from "./risk.js";
import { Saying } from "./saying.js";
import { sendStraight } from "./straight.js";
import { REFUSED_EVENT } from "../meetings/refused.js";
import { DRAFT_EVENT, problemWords, showWaiting } from "./waiting.js";

/** How long after the last letter it is kept. */
const REST_MS = 300;

/** Wake a form that the server has drawn, in a template or in the page. */
export function wakeForm(element: HTMLElement): void {
  const template = element.querySelector("template");
  const gate = element.querySelector<HTMLElement>(".gate");
  if (template) element.append(template.content.cloneNode(true));
  const form = element.querySelector("form");
  if (!form) return;
  gate?.remove();
  if (gate) leadBack(gate);
  void new Sheet(element, form, gate).start();
}

class Sheet {
  readonly #about: Pick<About, "kind" | "place">;
  readonly #name: string;
  readonly #empty: string;
  /** Whether anything is written in it; what is only chosen is no draft. */
  readonly #isWritten: boolean;
  readonly #saying: Saying;
  /** With whose keys the draft is kept; null where this browser keeps nothing. */
  #ring: Ring | null = null;
  /** What else is to be remembered of the draft. */
  #more: Pick<Kept, "key" | "other"> = {};
  /** What was kept last. */
  #kept: string;
  #timer = 0;
  /** What was sent from here and is not settled, the latest last. */
  readonly #sending = new Set<string>();
  #isBusy = false;
  #gated: HTMLElement | null = null;

  constructor(
    private readonly element: HTMLElement,
    private readonly form: HTMLFormElement,
    private readonly gate: HTMLElement | null,
  ) {
    this.#about = { kind: element.getAttribute("kind") ?? "", place: element.getAttribute("place") ?? "" };
    this.#name = formOf(this.#about);
    this.#empty = this.#kept = this.#written();
    this.#isWritten = form.querySelector("textarea, .input") !== null;
    this.#saying = new Saying(form);
  }

  async start(): Promise<void> {
    const { form, element } = this;
    // Not "change": a field that is left would have its say again, in the middle of a press on the button, and nothing may move under it.
    form.addEventListener("input", () => this.#typed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit(event.submitter);
    });
    element.addEventListener(DRAFT_EVENT, () => void this.#restore(true));
    addEventListener("pagehide", () => this.#leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.#leave());
    addEventListener("pageshow", (event) => event.persisted && void this.#reopen());
    onNews((news) => void this.#hear(news));
    this.#showWaiting();
    await whoIsHere();
    await this.#reopen();
  }

  /** What waits of this form is shown above it, where the page has no place for it. */
  #showWaiting(): void {
    const { kind, place } = this.#about;
    if (document.querySelector(`respite-waiting:is([kind="${CSS.escape(kind)}"], :not([kind]))`)) return;
    const list = document.createElement("div");
    list.setAttribute("kind", kind);
    list.setAttribute("place", place);
    this.form.before(list);
    showWaiting(list);
  }

  #written(): string {
    return JSON.stringify(valuesOf(this.form));
  }

  /** Take up the keys of whoever is here now; what was typed for somebody who has left goes with them. */
  async #reopen(): Promise<void> {
    const before = this.#ring;
    const now = await ringNow(desk).catch(() => null);
    if (before && before.generation === now?.generation) return;
    if (before && !now) return;
    if (before) {
      const there = await ringOf(desk, before.id).catch(() => undefined);
      const isGone = there?.generation !== before.generation;
      // A session that has ended leaves its draft where it was until that account is back.
      if (!isGone && before.id !== DEVICE) return;
      if (isGone) this.#clear();
    }
    this.#ring = now;
    await this.#restore(false);
  }

  /** Fill in the draft that is kept; where something has been typed already, that is the draft. */
  async #restore(isAsked: boolean): Promise<void> {
    const kept = this.#ring && (await draftOf(desk, this.#ring, this.#name).catch(() => null));
    const written = this.#written();
    if (kept && (isAsked || written === this.#empty || written === this.#kept)) {
      fillIn(this.form, kept.values);
      this.#more = { ...(kept.key ? { key: kept.key } : {}), ...(kept.other ? { other: kept.other } : {}) };
      this.#kept = this.#written();
      this.#saying.kept(() => this.#delete(), kept.other && (() => this.#swap(kept)));
      this.#look();
      if (isAsked) this.form.querySelector<HTMLElement>("textarea, input, select")?.focus();
    } else if (kept && written !== JSON.stringify(kept.values)) {
      this.#more = { other: kept.values };
      await this.#keep();
    } else if (written !== this.#empty) await this.#keep();
  }

  /** Put the other draft in place of this one, and this one in its. */
  async #swap({ values, other }: Kept): Promise<void> {
    if (!other) return;
    fillIn(this.form, other);
    this.#more = { ...this.#more, other: values };
    await this.#keep();
    this.#saying.kept(() => this.#delete(), () => this.#swap({ form: this.#name, values: other, other: values }));
  }

  #typed(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#keep(), REST_MS);
    this.#saying.writing();
    this.#look();
  }

  /** Show the way to Help now where words say that it may be wanted. */
  #look(): void {
    const field = this.form.querySelector(":focus")?.closest(".field");
    if (hasRiskWords(wordsOf(this.form), phrasesOf(this.element))) this.#saying.risk(riskNote, field);
  }

  #draft(): Kept {
    return { form: this.#name, values: valuesOf(this.form), ...this.#more };
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#timer);
    const written = this.#written();
    if (written === this.#kept || !this.#isWritten) return;
    const isEmpty = written === this.#empty && !this.#more.other;
    try {
      this.#ring ??= await ringNow(desk);
      if (isEmpty) await dropDraft(desk, this.#ring, this.#name);
      else await keepDraft(desk, this.#ring, this.#draft());
      this.#kept = written;
      if (isEmpty) this.#saying.quiet();
      else this.#saying.kept(() => this.#delete());
    } catch (error) {
      if (error instanceof Gone) return this.#reopen();
      this.#saying.notKept();
    }
  }

  /** The page may be gone in a moment: the worker, which stays, is handed what has not been kept yet. */
  #leave(): void {
    if (!this.#ring || this.#written() === this.#kept || this.#isBusy || !this.#isWritten) return;
    const { id: holder, generation } = this.#ring;
    const worker = navigator.serviceWorker?.controller;
    if (worker) worker.postMessage({ type: "draft", holder, generation, draft: this.#draft() });
    else void this.#keep();
  }

  async #delete(): Promise<void> {
    this.#clear();
    if (this.#ring) await dropDraft(desk, this.#ring, this.#name).catch(() => undefined);
    this.#saying.quiet();
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.form.reset();
    fillIn(this.form, JSON.parse(this.#empty) as Values);
    clearFaults(this.form);
    this.#more = {};
    this.#kept = this.#empty;
    this.#ungate();
    this.#saying.quiet();
  }

  async #submit(pressed: HTMLElement | null): Promise<void> {
    if (this.#isBusy) return;
    clearFaults(this.form);
    const faults = faultsOf(this.form);
    if (Object.keys(faults).length > 0) return showFaults(this.form, faults);
    this.#isBusy = true;
    this.#saying.busy(pressed ?? undefined);
    try {
      await this.#send(pressed);
    } finally {
      this.#isBusy = false;
    }
  }

  async #send(pressed: HTMLElement | null): Promise<void> {
    await whoIsHere();
    await this.#keep();
    const ring = await ringNow(desk).catch(() => null);
    const letter = await this.#letter(pressed);
    // Where nothing can be kept, the server alone can say who is here.
    if (!ring) return this.#straight(letter);
    if (ring.id === DEVICE) return this.#meetGate(true);
    const { key, other } = this.#more;
    try {
      const id = await queue(desk, ring, letter, key, other);
      ownKeys.add(id);
      this.#sending.add(id);
    } catch (error) {
      return error instanceof Gone ? this.#reopen() : this.#straight(letter);
    }
    this.#clear();
    if (other) await this.#restore(true);
    this.#saying.sending();
    if (!navigator.onLine) await this.#follow(true);
    // What keeps it from being sent now keeps it here.
    await send().catch(() => undefined);
  }

  /** Where a form can be sent in several ways, the button says which. */
  async #letter(pressed: HTMLElement | null): Promise<Letter> {
    const { form, element } = this;
    const given = Object.entries(element.dataset).filter(([name]) => name !== "riskWords");
    const shaped = element.getAttribute("shape") === "times" ? (await import("../meetings/practice.js")).practiceIn(form) : {};
    const title = element.getAttribute("label") ?? document.querySelector("main h1")?.textContent?.trim() ?? "";
    const { address = element.getAttribute("address") ?? "", says: sent = element.getAttribute("sent") ?? say("Your message has been sent") } = pressed?.dataset ?? {};
    // A form of many fields is named by its page.
    const words = wordsOf(form, element.hasAttribute("renews") && !element.hasAttribute("shape") ? pressed : null);
    const about: About = { ...this.#about, title, words, page: location.pathname, next: this.#about.place, sent };
    return { address, method: element.getAttribute("method") ?? "POST", body: valuesOf(form), given: { ...Object.fromEntries(given), ...shaped }, about, language };
  }

  /** Send it without keeping it, as this browser keeps nothing. */
  async #straight(letter: Letter): Promise<void> {
    const user = (await askSession())?.user;
    if (user === null) return this.#meetGate(false);
    const key = (this.#more = { ...this.#more, key: this.#more.key ?? crypto.randomUUID() }).key ?? "";
    const answer = await sendStraight(key, letter);
    if (answer.is === "made") {
      this.#clear();
      if (!this.#renew()) this.#saying.sent(letter.about);
    } else if (answer.is === "refused") this.#refuse(answer.problem);
    else if (answer.is === "log-in-needed") this.#meetGate(false);
    else this.#saying.notSent();
  }

  #refuse(problem: Waiting["problem"]): void {
    if (!problem) return;
    this.#saying.quiet();
    const { key: _, ...rest } = this.#more;
    this.#more = rest;
    showFaults(this.form, problem.errors, problemWords(problem));
    this.form.dispatchEvent(new CustomEvent(REFUSED_EVENT, { detail: problem }));
  }

  /** Show the gate in the form's place, with what was written. */
  #meetGate(isKept: boolean): void {
    this.#saying.quiet();
    const { gate, form } = this;
    if (!gate) return location.reload();
    const again = () => {
      this.#ungate();
      form.querySelector<HTMLElement>("textarea, input, select")?.focus();
    };
    const below = draftShown({ words: wordsOf(form), isKept, edit: again, remove: () => void this.#delete() });
    const whole = document.createElement("div");
    whole.className = "stack loose";
    whole.append(gate, below);
    this.#gated?.remove();
    this.#gated = whole;
    form.hidden = true;
    form.before(whole);
    gate.tabIndex = -1;
    gate.focus();
  }

  #ungate(): void {
    this.#gated?.remove();
    this.#gated = null;
    this.form.hidden = false;
  }

  async #hear(news: News): Promise<void> {
    if (news.type === "copies") return;
    if (news.type === "session" || news.type === "wiped") {
      await this.#reopen();
      if (this.#gated && this.#ring && this.#ring.id !== DEVICE) this.#ungate();
    }
    if (news.type === "changed") await this.#yield();
    await this.#follow(news.type === "left");
  }

  /** What stood here as it was kept, and was sent from another tab, stands here no longer. */
  async #yield(): Promise<void> {
    const written = this.#written();
    if (this.#isBusy || !this.#ring || written === this.#empty || written !== this.#kept) return;
    const kept = await draftOf(desk, this.#ring, this.#name).catch(() => undefined);
    if (kept === null && this.#written() === written && !this.#isBusy) this.#clear();
  }

  /** Say what becomes of what was sent from here; `hasEnded` is that nothing more is tried at the moment. */
  async #follow(hasEnded: boolean): Promise<void> {
    if (this.#sending.size === 0) return;
    const now = await session(desk).catch(() => null);
    if (now && !shownAccount(now)) return this.#saying.loggedOut();
    const items = await waiting(desk).catch(() => []);
    const latest = [...this.#sending].at(-1);
    for (const item of items.filter(({ id }) => this.#sending.has(id))) {
      if (item.state === State.Sent || item.state === State.Failed) await this.#end(item);
      else if (item.id !== latest) continue;
      else if (item.state === State.Sending) this.#saying.sending();
      else if (hasEnded) this.#saying.queued(navigator.onLine && item.not_before > Date.now());
    }
  }

  /** Draw the page anew where what was sent changes it, unless somebody writes on it; say whether. */
  #renew(): boolean {
    const renews = this.element.hasAttribute("renews") && !isWriting();
    if (renews) location.reload();
    return renews;
  }

  /** Something has arrived, or was refused: then it comes back into the form, with what is wrong beside it. */
  async #end(item: Waiting): Promise<void> {
    if (!this.#sending.delete(item.id)) return;
    if (item.state === State.Sent) {
      // The page that comes says it, with what has become of it.
      if (this.#renew()) return;
      await settleTold(desk, item.id);
      return this.#saying.sent(item.letter.about);
    }
    if (this.#written() !== this.#empty || (await takeBack(desk, item)) !== TakenBack.Done) return this.#saying.quiet();
    await this.#restore(true);
    this.#refuse(item.problem);
  }
}
