/** The connection to IndexedDB: opened when needed, opened again when the browser has let it die. */

import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Row } from "./entries.js";
import { DATABASE } from "./name.js";
import type { Packed } from "./pack.js";

export interface Schema extends DBSchema {
  entries: { key: string; value: Row; indexes: { path: string; kind: string; former: string } };
  pages: { key: string; value: Packed };
  meta: { key: string; value: unknown };
}

export type Database = IDBPDatabase<Schema>;

/** A database that can be used at any time, however long ago it was opened. */
export class Connection {
  #opening: Promise<Database> | null = null;

  constructor(private readonly name: string = DATABASE) {}

  /**
   * Do something with the open database.
   * A dead connection (iOS drops it in the background) is opened again, once; other errors are the caller's.
   */
  async use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#database());
    } catch (error) {
      if (!isDead(error)) throw error;
      this.#opening = null;
      return work(await this.#database());
    }
  }

  /** Let go of the database, so that it can be deleted. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    (await opening)?.close();
  }

  #database(): Promise<Database> {
    const forget = () => {
      this.#opening = null;
    };
    this.#opening ??= openDB<Schema>(this.name, 1, {
      upgrade(database) {
        const entries = database.createObjectStore("entries", { keyPath: "id" });
        entries.createIndex("path", "path");
        entries.createIndex("kind", "kind");
        entries.createIndex("former", "former", { multiEntry: true });
        database.createObjectStore("pages");
        database.createObjectStore("meta");
      },
      blocking(_current, _blocked, event) {
        forget();
        (event.target as IDBDatabase).close();
      },
      terminated: forget,
    }).catch((error: unknown) => {
      forget();
      throw error;
    });
    return this.#opening;
  }
}

function isDead(error: unknown): boolean {
  return error instanceof DOMException && (error.name === "InvalidStateError" || error.name === "UnknownError");
}

/** Say whether an error means that the phone has no room. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
