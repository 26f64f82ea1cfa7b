/** The page's side of the search worker: having one, asking it, hearing from it. */

import type { Answer, Query } from "./finder.js";
import type { FromSearch, ToSearch } from "./protocol.js";

export type Heard = Exclude<FromSearch, { type: "found" }>;

export class SearchDesk {
  readonly #worker: Worker;
  #number = 0;

  /** `found` hears the answer to the latest question alone. */
  constructor(address: string, hear: (message: Heard) => void, found: (answer: Answer) => void = () => undefined) {
    this.#worker = new Worker(address);
    this.#worker.onerror = () => hear({ type: "failed" });
    this.#worker.onmessage = (event: MessageEvent<FromSearch>) => {
      const message = event.data;
      if (message.type !== "found") hear(message);
      else if (message.number === this.#number) found(message.answer);
    };
  }

  refresh(): void {
    this.#tell({ type: "refresh" });
  }

  find(query: Query): void {
    this.#tell({ type: "find", number: ++this.#number, ...query });
  }

  /** Have the answer to whatever was asked go unheard. */
  forget(): void {
    this.#number++;
  }

  close(): void {
    this.#worker.terminate();
  }

  #tell(message: ToSearch): void {
    this.#worker.postMessage(message);
  }
}

/** Give the address of the worker's script, which every document names; null where a browser has no such workers. */
export function workerAddress(): string | null {
  return "Worker" in globalThis ? (document.documentElement.dataset.search ?? null) : null;
}
