/** The library's database. */

import type { DBSchema, IDBPDatabase } from "idb";
import { Connection } from "./connection.js";
import type { Row } from "./entries.js";
import { DATABASE } from "./name.js";
import type { Packed } from "./pack.js";

export const DATABASE_VERSION = 1;

export interface Schema extends DBSchema {
  entries: { key: string; value: Row; indexes: { path: string; kind: string; former: string } };
  pages: { key: string; value: Packed };
  meta: { key: string; value: unknown };
}

export type LibraryConnection = Connection<Schema>;

/** Give a connection to the library, or to another of its shape. */
export function libraryConnection(name: string = DATABASE): LibraryConnection {
  return new Connection<Schema>(name, { version: DATABASE_VERSION, upgrade, takesNewer: true });
}

function upgrade(database: IDBPDatabase<Schema>, from: number): void {
  if (from < 1) {
    const entries = database.createObjectStore("entries", { keyPath: "id" });
    entries.createIndex("path", "path");
    entries.createIndex("kind", "kind");
    entries.createIndex("former", "former", { multiEntry: true });
    database.createObjectStore("pages");
    database.createObjectStore("meta");
  }
}
