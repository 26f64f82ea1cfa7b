/**
 * A stage on which several actors (tabs, workers, the person, time) work at once. They stop before and after whatever
 * touches the database or the network, and somebody else chooses who goes on: every interleaving can be had, and had again.
 * An actor may be killed wherever it has stopped; what it held is free then.
 */

import type { Desk } from "../src/outbox/desk.js";
import type { Network } from "../src/outbox/flush.js";
import type { FakePhone } from "./outbox-world.js";

/** Chooses one of so many. */
export type Choose = (many: number) => number;

class Actor {
  /** Lets it go on; null while it works or once it has ended. */
  go: (() => void) | null = null;
  isWaitingForLock = false;
  isDead = false;
  hasEnded = false;
  #stopped: () => void = () => undefined;

  constructor(readonly name: string) {}

  /** Come back once it has stopped again, or has ended. */
  stopped(): Promise<void> {
    return new Promise((resolve) => (this.#stopped = resolve));
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.go = () => {
        this.go = null;
        resolve();
      };
      this.#stopped();
    });
  }

  end(): void {
    this.hasEnded = true;
    this.#stopped();
  }
}

export class Stage {
  readonly #actors: Actor[] = [];
  #holder: Actor | null = null;

  /** Have somebody come on: `work` is given a desk and a network that stop at every step. */
  enter(name: string, phone: FakePhone, work: (desk: Desk, network: Network) => Promise<unknown>): void {
    const actor = new Actor(name);
    this.#actors.push(actor);
    const stepping = async <T>(step: () => Promise<T>): Promise<T> => {
      await actor.stop();
      const done = await step();
      await actor.stop();
      return done;
    };
    const connection = { use: (task: never) => stepping(() => phone.connection.use(task)) } as unknown as Desk["connection"];
    const desk: Desk = { ...phone.desk, connection, now: () => phone.now++ };
    const request = async (_name: string, task: () => Promise<unknown>) => {
      actor.isWaitingForLock = true;
      await actor.stop();
      actor.isWaitingForLock = false;
      this.#holder = actor;
      try {
        return await task();
      } finally {
        if (this.#holder === actor) this.#holder = null;
      }
    };
    const network: Network = {
      fetch: (address, init) => stepping(() => phone.server.fetch(address, init)),
      locks: { request } as unknown as Network["locks"],
    };
    const start = async () => {
      await actor.stop();
      await work(desk, network);
    };
    void start().finally(() => actor.end());
  }

  /** Play until everybody has ended. Now and then (`isKilled`) an actor that could go on is killed instead. */
  async play(choose: Choose, isKilled: () => boolean): Promise<void> {
    for (;;) {
      const ready = this.#actors.filter((actor) => actor.go && !actor.isDead && !(actor.isWaitingForLock && this.#holder));
      const actor = ready[choose(ready.length)];
      if (!actor?.go) return;
      if (actor.name === "worker" && isKilled()) {
        actor.isDead = true;
        if (this.#holder === actor) this.#holder = null;
        continue;
      }
      const stopped = actor.stopped();
      actor.go();
      await stopped;
    }
  }
}
