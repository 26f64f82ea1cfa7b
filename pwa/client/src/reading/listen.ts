/**
 * Reading aloud, by a voice of this device. A voice that the browser fetches from elsewhere would be sent the text
 * (`localService` tells them apart), so those are never used, and where there are no others that is said.
 */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { layLeaf } from "./leaf.js";
import { spokenBlocks, wordsOf } from "./spoken.js";

const VOICES_MS = 1_000;
const PACES = [0.8, 1, 1.2, 1.5];

/** Begin to read the article, or say why that cannot be. */
export async function listen(button: HTMLElement): Promise<void> {
  const voice = await ownVoice(document.documentElement.lang);
  if (!voice) return sayWhy(button);
  document.querySelector(".speaker")?.remove();
  const reading = new Reading(voice, spokenBlocks());
  document.body.append(reading.bar);
  reading.bar.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  reading.play();
}

function sayWhy(button: HTMLElement): void {
  const words = say("This browser has no voice of its own for this language. A voice from elsewhere would have to be sent the text, so Respite does not use one. Your phone’s settings for reading aloud may offer one to keep.");
  layLeaf(say("Listen"), [make("p", {}, words)], button);
}

/** Find a voice of this device for a language; null where there is none. Some browsers know their voices only after a while. */
async function ownVoice(language: string): Promise<SpeechSynthesisVoice | null> {
  if (!("speechSynthesis" in window)) return null;
  const find = () => speechSynthesis.getVoices().find(({ localService, lang }) => localService && lang.replace("_", "-").split("-")[0] === language.split("-")[0]);
  if (speechSynthesis.getVoices().length === 0) {
    await new Promise<void>((resolve) => {
      speechSynthesis.addEventListener("voiceschanged", () => resolve(), { once: true });
      setTimeout(resolve, VOICES_MS);
    });
  }
  return find() ?? null;
}

class Reading {
  readonly bar: HTMLElement;
  #at = 0;
  #pace = 1;
  #isPlaying = false;
  /** Which utterance is ours: one that was cancelled must not lead on to the next block. */
  #turn = 0;
  readonly #button: HTMLButtonElement;

  constructor(
    private readonly voice: SpeechSynthesisVoice,
    private readonly blocks: readonly HTMLElement[],
  ) {
    this.#button = make("button", { class: "btn small", type: "button", onclick: () => (this.#isPlaying ? this.pause() : this.play()) });
    const step = (by: number, label: string) => make("button", { class: "btn bare small", type: "button", onclick: () => this.#go(this.#at + by) }, label);
    const pace = make("select", { "aria-label": say("Pace"), onchange: () => this.#setPace(Number(pace.value)) });
    for (const one of PACES) pace.add(new Option(`${one} ×`, String(one), one === 1, one === 1));
    this.bar = make(
      "section",
      { class: "speaker", "aria-label": say("Reading aloud") },
      this.#button,
      step(-1, say("Back")),
      step(1, say("On")),
      pace,
      make("button", { class: "btn bare small", type: "button", onclick: () => this.stop() }, say("Stop")),
      make("p", { class: "fine" }, say("Read by a voice of this device. Nothing is sent.")),
    );
    addEventListener("pagehide", () => this.stop(), { once: true });
  }

  /** Read the block that is due, and those after it. */
  play(): void {
    this.#isPlaying = true;
    this.#button.textContent = say("Pause");
    this.#speak();
  }

  /** Stop for a while; the block begins anew then. (The browser's own pause ends some voices for good.) */
  pause(): void {
    this.#isPlaying = false;
    this.#button.textContent = say("Go on");
    this.#silence();
  }

  /** Stop for good. */
  stop(): void {
    this.#isPlaying = false;
    this.#silence();
    this.#mark(null);
    this.bar.remove();
    document.querySelector<HTMLElement>("[data-do=listen]")?.focus({ preventScroll: true });
  }

  #go(to: number): void {
    this.#at = Math.max(0, Math.min(this.blocks.length - 1, to));
    this.#mark(this.blocks[this.#at] ?? null);
    if (this.#isPlaying) this.#speak();
  }

  #setPace(pace: number): void {
    this.#pace = pace;
    if (this.#isPlaying) this.#speak();
  }

  #speak(): void {
    const block = this.blocks[this.#at];
    if (!block) return this.stop();
    this.#silence();
    const turn = this.#turn;
    const utterance = new SpeechSynthesisUtterance(wordsOf(block));
    utterance.voice = this.voice;
    utterance.lang = this.voice.lang;
    utterance.rate = this.#pace;
    utterance.onend = () => {
      if (turn !== this.#turn) return;
      this.#at += 1;
      this.#speak();
    };
    utterance.onerror = () => turn === this.#turn && this.pause();
    this.#mark(block);
    speechSynthesis.speak(utterance);
  }

  #silence(): void {
    this.#turn += 1;
    speechSynthesis.cancel();
  }

  /** Mark the block that is read, and bring it into view where it is not. */
  #mark(block: HTMLElement | null): void {
    document.querySelector(".spoken")?.classList.remove("spoken");
    block?.classList.add("spoken");
    const box = block?.getBoundingClientRect();
    if (box && (box.top < 80 || box.bottom > innerHeight - 160)) block?.scrollIntoView({ block: "center" });
  }
}
