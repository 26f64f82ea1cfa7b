/** Where the index is kept: a database of its own, since it can be made again from the library at any time. */

import type { DBSchema, IDBPDatabase } from "idb";
import { Connection } from "../library/connection.js";
import { SEARCH_DATABASE } from "../library/name.js";
import { type Piece, Segment } from "./segment.js";

/** Raise it when pieces are made otherwise: a kept index of another shape is thrown away and made again. */
export const SHAPE = 1;

interface Schema extends DBSchema {
  pieces: { key: number; value: Piece };
  /** For each piece the numbers of its documents that are gone. */
  gone: { key: number; value: readonly number[] };
  meta: { key: string; value: unknown };
}

/** What is kept: pieces by number, and which state of the library they were last brought into agreement with. */
export interface Kept {
  readonly segments: ReadonlyMap<number, Segment>;
  /** Rises with every write. */
  readonly generation: number;
  readonly stamp: string | null;
}

/** What is to be written together, or not at all. */
export interface Changes {
  readonly add?: Piece;
  readonly drop?: readonly number[];
  readonly gone?: ReadonlyMap<number, Iterable<number>>;
  readonly stamp?: string;
}

export class Store {
  readonly #connection: Connection<Schema>;

  constructor(name: string = SEARCH_DATABASE) {
    // Pieces of another shape mean nothing to this release: a page of it then has the server search.
    this.#connection = new Connection<Schema>(name, { version: SHAPE, upgrade, takesNewer: false });
  }

  async load(): Promise<Kept> {
    return this.#use(async (database) => {
      const transaction = database.transaction(["pieces", "gone", "meta"]);
      const pieces = transaction.objectStore("pieces");
      const goneStore = transaction.objectStore("gone");
      const meta = transaction.objectStore("meta");
      const [numbers, all, goneNumbers, gone, generation, stamp] = await Promise.all([
        pieces.getAllKeys(),
        pieces.getAll(),
        goneStore.getAllKeys(),
        goneStore.getAll(),
        meta.get("generation"),
        meta.get("stamp"),
      ]);
      const goneOf = new Map(goneNumbers.map((number, index) => [number, gone[index]]));
      const segments = numbers.map((number, index) => [number, new Segment(all[index] as Piece, new Set(goneOf.get(number)))] as const);
      return { segments: new Map(segments), generation: Number(generation ?? 0), stamp: typeof stamp === "string" ? stamp : null };
    });
  }

  /** Say which state of the library the index is in agreement with; null where it is not made yet. */
  async stamp(): Promise<string | null> {
    const stamp = await this.#use((database) => database.get("meta", "stamp"));
    return typeof stamp === "string" ? stamp : null;
  }

  /** Say how often was written, so that another's work is noticed. */
  async generation(): Promise<number> {
    return Number((await this.#use((database) => database.get("meta", "generation"))) ?? 0);
  }

  /** Write, and give the number of the piece that was added and the new generation. */
  async write({ add, drop = [], gone = new Map(), stamp }: Changes): Promise<{ number: number; generation: number }> {
    return this.#use(async (database) => {
      const transaction = database.transaction(["pieces", "gone", "meta"], "readwrite");
      const meta = transaction.objectStore("meta");
      const generation = Number((await meta.get("generation")) ?? 0) + 1;
      for (const number of drop) {
        void transaction.objectStore("pieces").delete(number);
        void transaction.objectStore("gone").delete(number);
      }
      for (const [number, docs] of gone) void transaction.objectStore("gone").put([...docs], number);
      const number = add ? await transaction.objectStore("pieces").add(add) : 0;
      void meta.put(generation, "generation");
      if (stamp !== undefined) void meta.put(stamp, "stamp");
      await transaction.done;
      return { number, generation };
    });
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #use<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    return this.#connection.use(work);
  }
}

function upgrade(database: IDBPDatabase<Schema>): void {
  for (const name of [...database.objectStoreNames]) database.deleteObjectStore(name);
  database.createObjectStore("pieces", { autoIncrement: true });
  database.createObjectStore("gone");
  database.createObjectStore("meta");
}
