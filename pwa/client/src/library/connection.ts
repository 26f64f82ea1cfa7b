/** A connection to one of our databases: opened when needed, opened again when the browser has let it die. */

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames, openDB } from "idb";
import { dropPictures } from "./pictures.js";

/** How long another tab may take to let go of the database, where this one has to change its stores. */
export const LETTING_GO_MS = 3_000;
/** How long opening may take at all: some browsers now and then never answer. */
const OPENING_MS = 10_000;

type Upgraded<S extends DBSchema> = IDBPTransaction<S, StoreNames<S>[], "versionchange">;

export interface Shape<S extends DBSchema> {
  readonly version: number;
  /** Make it of this version out of an earlier one, 0 for none. It may add, and may not take away or change what the release before reads. */
  readonly upgrade: (database: IDBPDatabase<S>, from: number, transaction: Upgraded<S>) => void;
  /**
   * Whether a database of a newer version is used as it is, by a tab of an earlier release that is still open: it can be
   * as long as upgrades only add. Else opening it raises VersionError.
   */
  readonly takesNewer: boolean;
}

/** Raised where the database cannot be opened now: mostly because another tab does not let go of it. */
export class HeldElsewhere extends Error {}

/** A database that can be used at any time, however long ago it was opened. */
export class Connection<S extends DBSchema> {
  #opening: Promise<IDBPDatabase<S>> | null = null;

  constructor(
    readonly name: string,
    private readonly shape: Shape<S>,
  ) {}

  /**
   * Do something with the open database.
   * A dead connection (iOS drops it in the background, a newer release has another version) is opened again, once; other
   * errors are the caller's. On a full phone pictures make room. Where the work was cut off nothing of its transaction is
   * kept, so it is done from its beginning.
   */
  async use<T>(work: (database: IDBPDatabase<S>) => Promise<T>): Promise<T> {
    const opening = this.open();
    try {
      return await work(await opening);
    } catch (error) {
      if (isFull(error) && (await dropPictures())) return this.use(work);
      if (!isDead(error)) throw error;
      // Others may have met the same dead connection, and one of them may have opened it again already.
      if (this.#opening === opening) this.#opening = null;
      return work(await this.open());
    }
  }

  /** Open it, where it is not; raises what the browser says where it cannot be. */
  open(): Promise<IDBPDatabase<S>> {
    this.#opening ??= this.#opened().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  /** Let go of the database, so that it can be deleted or opened in another version. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    (await opening)?.close();
  }

  /** Some browsers refuse at once and some with the answer: both come out as a rejection. */
  async #opened(): Promise<IDBPDatabase<S>> {
    const { version, takesNewer } = this.shape;
    try {
      return await this.#inTime(version);
    } catch (error) {
      const isNewer = error instanceof DOMException && error.name === "VersionError";
      if (!isNewer || !takesNewer) throw error;
      return this.#inTime(undefined);
    }
  }

  #inTime(version: number | undefined): Promise<IDBPDatabase<S>> {
    const forget = () => {
      this.#opening = null;
    };
    return new Promise((resolve, reject) => {
      let isLate = false;
      const giveUp = () => {
        isLate = true;
        reject(new HeldElsewhere(`${this.name} cannot be opened now.`));
      };
      let timer = setTimeout(giveUp, OPENING_MS);
      const settle = (database: IDBPDatabase<S>) => {
        clearTimeout(timer);
        // Whoever waited has been told that it could not be had: what is asked for next opens it again.
        if (isLate) database.close();
        else resolve(database);
      };
      const refused = (error: unknown) => {
        clearTimeout(timer);
        reject(error as Error);
      };
      openDB<S>(this.name, version, {
        upgrade: (database, from, _to, transaction) => this.shape.upgrade(database, from, transaction),
        blocked: () => {
          clearTimeout(timer);
          timer = setTimeout(giveUp, LETTING_GO_MS);
        },
        blocking(_current, _blocked, event) {
          forget();
          (event.target as IDBDatabase).close();
        },
        terminated: forget,
      }).then(settle, refused);
    });
  }
}

function isDead(error: unknown): boolean {
  return error instanceof DOMException && (error.name === "InvalidStateError" || error.name === "UnknownError");
}

/** Say whether an error means that the phone has no room. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
