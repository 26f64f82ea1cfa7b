/** What the reader has saved, as far as the library must know: which texts are never given up. */

import { OWN_DATABASE } from "./name.js";

const SAVED = "saved";

/** Give the ids of the saved articles; none where nothing was ever saved. Looking makes nothing. */
export async function savedIds(): Promise<ReadonlySet<string>> {
  const database = await openIfThere();
  if (!database) return new Set();
  try {
    if (!database.objectStoreNames.contains(SAVED)) return new Set();
    return new Set((await done(database.transaction(SAVED).objectStore(SAVED).getAllKeys())).map(String));
  } finally {
    database.close();
  }
}

function openIfThere(): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(OWN_DATABASE);
    let isNew = false;
    request.onupgradeneeded = () => {
      isNew = true;
      request.transaction?.abort();
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => (isNew ? resolve(null) : reject(request.error as DOMException));
    // Whoever upgrades it now is a page of ours: what is saved is asked for again with the next round.
    request.onblocked = () => resolve(null);
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
}
