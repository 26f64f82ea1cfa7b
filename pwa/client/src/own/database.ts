/**
 * What a reader makes on this phone: saved articles, collections, marks and notes. A database of its own, which no round
 * of sync touches and we never clear to make room. Pages alone open it; nothing in it is ever sent.
 */

import type { DBSchema, IDBPDatabase } from "idb";
import { Connection } from "../library/connection.js";
import { OWN_DATABASE } from "../library/name.js";
import type { Note } from "./notes.js";
import type { Collection, Saved } from "./shelf.js";

export const OWN_VERSION = 2;

export interface OwnSchema extends DBSchema {
  saved: { key: string; value: Saved };
  collections: { key: string; value: Collection };
  notes: { key: string; value: Note; indexes: { article: string } };
}

export type OwnDatabase = IDBPDatabase<OwnSchema>;

/** Raised where the browser lets nothing be kept: private windows of some, or storage that was switched off. */
export class NothingKept extends Error {}

const connection = new Connection<OwnSchema>(OWN_DATABASE, { version: OWN_VERSION, upgrade, takesNewer: true });

/** Do something with the open database; one that the browser has let die is opened again, once. */
export async function own<T>(work: (database: OwnDatabase) => Promise<T>): Promise<T> {
  try {
    await connection.open();
  } catch (error) {
    throw new NothingKept("This browser keeps nothing.", { cause: error });
  }
  return connection.use(work);
}

/** Let go of the database, so that it can be deleted or opened in another version. */
export function closeOwn(): Promise<void> {
  return connection.close();
}

function upgrade(database: OwnDatabase, from: number): void {
  if (from < 1) {
    database.createObjectStore("saved", { keyPath: "id" });
    database.createObjectStore("collections", { keyPath: "id" });
  }
  if (from < 2) database.createObjectStore("notes", { keyPath: "id" }).createIndex("article", "article.id");
}
