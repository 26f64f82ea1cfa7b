/** Telling of trouble at once and of its end only when it has lasted, so that a flapping network is told once. */

/** How long an end of trouble must last before it is believed; twice as long each time it did not, up to a minute. */
const LASTS_MS = 1_500;
const LONGEST_MS = 60_000;

/** The clock it runs on, which a test replaces. */
export interface Clock {
  readonly now: () => number;
  readonly set: (work: () => void, milliseconds: number) => unknown;
  readonly clear: (timer: unknown) => void;
}

const own: Clock = {
  now: () => performance.now(),
  set: (work, milliseconds) => setTimeout(work, milliseconds),
  clear: (timer) => clearTimeout(timer as number),
};

/** Passes on what is told, but a good word that follows on trouble only once nothing has taken it back. */
export class Calm<T> {
  #inTrouble = false;
  #takenBack = 0;
  #believedAt = -Infinity;
  #waiting: { readonly timer: unknown; told: T } | null = null;

  constructor(
    private readonly isTrouble: (told: T) => boolean,
    private readonly pass: (told: T) => void,
    private readonly clock: Clock = own,
  ) {}

  tell(told: T): void {
    if (this.isTrouble(told)) return this.#trouble(told);
    if (this.#waiting) this.#waiting.told = told;
    else if (!this.#inTrouble) this.pass(told);
    else {
      const lasts = Math.min(LASTS_MS * 2 ** this.#takenBack, LONGEST_MS);
      this.#waiting = { told, timer: this.clock.set(() => this.#believe(), lasts) };
    }
  }

  #trouble(told: T): void {
    const isBackSoon = this.#waiting !== null || (!this.#inTrouble && this.clock.now() - this.#believedAt < LONGEST_MS);
    if (isBackSoon) this.#takenBack += 1;
    else if (!this.#inTrouble) this.#takenBack = 0;
    if (this.#waiting) this.clock.clear(this.#waiting.timer);
    this.#waiting = null;
    this.#inTrouble = true;
    this.pass(told);
  }

  #believe(): void {
    const told = this.#waiting?.told as T;
    this.#waiting = null;
    this.#inTrouble = false;
    this.#believedAt = this.clock.now();
    this.pass(told);
  }
}
