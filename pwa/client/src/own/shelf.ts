/** The reader's own list of articles, in the reader's own order, and the collections that they are put into. */

import { own } from "./database.js";
import { changed } from "./tabs.js";

/** An article as it was when it was saved or last seen: enough to name it when the library no longer can. */
export interface Article {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  readonly language: string;
  readonly minutes: number;
  /** When its text had last changed, as an ISO time. */
  readonly updated_at: string;
}

export interface Saved extends Article {
  readonly saved_at: string;
  /** The place in the list: smaller stands higher. */
  readonly place: number;
  /** The ids of the collections it is in. */
  readonly collections: readonly string[];
}

export interface Collection {
  readonly id: string;
  readonly name: string;
  readonly made_at: string;
}

/** Longer names help nobody. */
export const LONGEST_NAME = 60;

/** Give the saved articles in their order. */
export async function savedArticles(): Promise<Saved[]> {
  const rows = await own((database) => database.getAll("saved"));
  return rows.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
}

/** Give the collections, the oldest first. */
export async function collections(): Promise<Collection[]> {
  const rows = await own((database) => database.getAll("collections"));
  return rows.sort((a, b) => (a.made_at < b.made_at ? -1 : 1));
}

/** Give those of the articles that are in a collection. */
export function within(rows: readonly Saved[], collection: string): Saved[] {
  return rows.filter((row) => row.collections.includes(collection));
}

/** Say whether an article is saved. */
export async function isSaved(id: string): Promise<boolean> {
  return (await own((database) => database.getKey("saved", id))) !== undefined;
}

/** Save an article above all others; one that is saved already stays as it is. */
export async function save(article: Article, now = new Date()): Promise<void> {
  await own(async (database) => {
    const { store, done } = database.transaction("saved", "readwrite");
    if ((await store.getKey(article.id)) === undefined) {
      const highest = Math.min(0, ...(await store.getAll()).map(({ place }) => place));
      void store.put({ ...article, saved_at: now.toISOString(), place: highest - 1, collections: [] });
    }
    await done;
  });
  changed();
}

/** Take an article off the list, and give it as it stood there; null where it was not there. */
export async function remove(id: string): Promise<Saved | null> {
  const removed = await own(async (database) => {
    const { store, done } = database.transaction("saved", "readwrite");
    const row = await store.get(id);
    void store.delete(id);
    await done;
    return row ?? null;
  });
  changed();
  return removed;
}

/** Put back what was removed, where it stood. */
export async function restore(...rows: readonly Saved[]): Promise<void> {
  await own(async (database) => {
    const { store, done } = database.transaction("saved", "readwrite");
    for (const row of rows) void store.put(row);
    await done;
  });
  changed();
}

/** Move an article above (`-1`) or below (`1`) its neighbour among those that are shown. */
export async function move(id: string, by: -1 | 1, shown: readonly string[]): Promise<void> {
  const neighbour = shown[shown.indexOf(id) + by];
  if (!shown.includes(id) || neighbour === undefined) return;
  await own(async (database) => {
    const { store, done } = database.transaction("saved", "readwrite");
    const [one, other] = await Promise.all([store.get(id), store.get(neighbour)]);
    if (one && other) {
      void store.put({ ...one, place: other.place });
      void store.put({ ...other, place: one.place });
    }
    await done;
  });
  changed();
}

/** Remember that the reader has seen an article as it is now; and its address, which may be another. */
export async function seen(article: Article): Promise<void> {
  const isNews = await own(async (database) => {
    const { store, done } = database.transaction("saved", "readwrite");
    const row = await store.get(article.id);
    const isOther = row !== undefined && (row.updated_at !== article.updated_at || row.path !== article.path);
    if (isOther) void store.put({ ...row, ...article });
    await done;
    return isOther;
  });
  if (isNews) changed();
}

/** Make a collection and give it; null where the name is empty. */
export async function collect(name: string, now = new Date()): Promise<Collection | null> {
  const named = tidy(name);
  if (!named) return null;
  const made = { id: crypto.randomUUID(), name: named, made_at: now.toISOString() };
  await own((database) => database.put("collections", made));
  changed();
  return made;
}

/** Call a collection something else; an empty name changes nothing. */
export async function rename(id: string, name: string): Promise<void> {
  const named = tidy(name);
  if (!named) return;
  await own(async (database) => {
    const { store, done } = database.transaction("collections", "readwrite");
    const row = await store.get(id);
    if (row) void store.put({ ...row, name: named });
    await done;
  });
  changed();
}

/** Take a collection away; what is in it stays saved. Gives the ids of the articles that were in it. */
export async function dissolve(id: string): Promise<string[]> {
  const were = await own(async (database) => {
    const transaction = database.transaction(["saved", "collections"], "readwrite");
    void transaction.objectStore("collections").delete(id);
    const saved = transaction.objectStore("saved");
    const rows = within(await saved.getAll(), id);
    for (const row of rows) void saved.put({ ...row, collections: row.collections.filter((other) => other !== id) });
    await transaction.done;
    return rows.map((row) => row.id);
  });
  changed();
  return were;
}

/** Bring a collection back with what was in it. */
export async function gather(collection: Collection, ids: readonly string[]): Promise<void> {
  await own((database) => database.put("collections", collection));
  for (const id of ids) await put(id, collection.id, true);
  changed();
}

/** Put an article into a collection, or take it out. */
export async function put(id: string, collection: string, isIn: boolean): Promise<void> {
  await own(async (database) => {
    const { store, done } = database.transaction("saved", "readwrite");
    const row = await store.get(id);
    if (row) {
      const others = row.collections.filter((other) => other !== collection);
      void store.put({ ...row, collections: isIn ? [...others, collection] : others });
    }
    await done;
  });
  changed();
}

function tidy(name: string): string {
  return name.replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME);
}
