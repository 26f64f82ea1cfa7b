/**
 * How often banners were shown and followed on this phone, until the sums have been sent.
 *
 * Sums by banner, place and day, and nothing else: no page, no time of day, nothing of whoever reads. They lie among the
 * small values beside the library, so the browser that takes the library takes them too, and nothing but counts is lost.
 */

import { type LibraryConnection, libraryConnection } from "./database.js";

export type Event = "shown" | "followed";

/** Something that happened with a banner. */
export interface Happening {
  readonly banner: string;
  readonly placement: string;
  readonly event: Event;
}

/** A sum, as the server takes it. */
export interface Sum extends Happening {
  /** In UTC, as `2026-11-02`. */
  readonly day: string;
  readonly count: number;
}

/** Sums that are sent together, under a random number by which they are taken in once. */
export interface Batch {
  readonly batch: string;
  readonly counts: readonly Sum[];
}

/** What the server takes in one sum, in one batch, and for how long after its day (it takes one day more). */
export const MOST_IN_SUM = 50;
export const MOST_IN_BATCH = 100;
const TAKEN_FOR_MS = 29 * 24 * 60 * 60_000;
/** More different sums than this are not kept: nobody meets as many banners. */
const MOST_SUMS = 300;
/** Sums wait for up to so long, so that the time of sending tells nothing about the time of reading. */
export const JITTER_MS = 10 * 60_000;

const [OPEN, SEALED, DUE] = ["counts:open", "counts:sealed", "counts:due"];

export class Tally {
  constructor(
    private readonly connection: LibraryConnection = libraryConnection(),
    private readonly clock: () => number = () => Date.now(),
    private readonly random: () => number = Math.random,
  ) {}

  /** Add one. */
  add({ banner, placement, event }: Happening): Promise<void> {
    const day = dayOf(this.clock());
    return this.connection.use(async (database) => {
      const transaction = database.transaction("meta", "readwrite");
      const sums = ((await transaction.store.get(OPEN)) ?? []) as Sum[];
      const isThis = (sum: Sum) =>
        sum.banner === banner && sum.placement === placement && sum.event === event && sum.day === day;
      const { count } = sums.find(isThis) ?? { count: 0 };
      const others = sums.filter((sum) => !isThis(sum)).slice(-MOST_SUMS + 1);
      const sum = { banner, placement, event, day, count: Math.min(count + 1, MOST_IN_SUM) };
      void transaction.store.put([...others, sum], OPEN);
      const due = await transaction.store.get(DUE);
      if (due === undefined) void transaction.store.put(this.clock() + this.random() * JITTER_MS, DUE);
      await transaction.done;
    });
  }

  /**
   * Give the batch that is to be sent next, the same one until it is settled; null where there is none, or where what
   * there is has yet to wait. `isUrgent` waits for nothing.
   */
  seal(isUrgent: boolean): Promise<Batch | null> {
    return this.connection.use(async (database) => {
      const { store, done } = database.transaction("meta", "readwrite");
      const sealed = (await store.get(SEALED)) as Batch | undefined;
      const due = ((await store.get(DUE)) ?? Infinity) as number;
      if (sealed || (!isUrgent && this.clock() < due)) return sealed ?? null;
      const oldest = dayOf(this.clock() - TAKEN_FOR_MS);
      const sums = (((await store.get(OPEN)) ?? []) as Sum[]).filter(({ day }) => day >= oldest);
      const [counts, rest] = [sums.slice(0, MOST_IN_BATCH), sums.slice(MOST_IN_BATCH)];
      const batch = counts.length > 0 ? { batch: crypto.randomUUID(), counts } : null;
      if (batch) void store.put(batch, SEALED);
      if (rest.length > 0) void store.put(rest, OPEN);
      else {
        void store.delete(OPEN);
        void store.delete(DUE);
      }
      await done;
      return batch;
    });
  }

  /** Forget the batch that was sent. */
  async settle(): Promise<void> {
    await this.connection.use((database) => database.delete("meta", SEALED));
  }
}

/** Write the day of a moment (milliseconds), in UTC. */
function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
