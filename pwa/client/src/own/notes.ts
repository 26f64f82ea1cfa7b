/** Marks and notes in articles: what was marked, where it stands, and what the reader has written about it. */

import { own } from "./database.js";
import { changed } from "./tabs.js";

/** Words of an article, by which they are found again: themselves, what stands around them, and their section. */
export interface Quote {
  /** What is marked, its white space made single; "" for a note on a whole section. */
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
  /** The anchor of the section it stands in; "" before the first. */
  readonly anchor: string;
  /** What the heading of that section says. */
  readonly section: string;
}

export interface Note {
  readonly id: string;
  readonly article: { readonly id: string; readonly path: string; readonly title: string; readonly language: string };
  readonly quote: Quote;
  /** What was written; "" for a mark alone. */
  readonly text: string;
  readonly made_at: string;
  readonly changed_at: string;
  /** Whether the article, when it was last opened, no longer had these words. */
  readonly is_lost: boolean;
}

/** Longer than this, nobody writes in the margin. */
export const LONGEST_NOTE = 10_000;

/** Give the notes of one article, the oldest first. */
export async function notesOf(article: string): Promise<Note[]> {
  return byAge(await own((database) => database.getAllFromIndex("notes", "article", article)));
}

/** Give all notes, the oldest first. */
export async function allNotes(): Promise<Note[]> {
  return byAge(await own((database) => database.getAll("notes")));
}

/** Put the notes of each article together, the articles in the order of their first note. */
export function byArticle(notes: readonly Note[]): Note[][] {
  const articles = new Map<string, Note[]>();
  for (const note of notes) articles.set(note.article.id, [...(articles.get(note.article.id) ?? []), note]);
  return [...articles.values()];
}

/** Make a note. */
export async function addNote(article: Note["article"], quote: Quote, text: string, now = new Date()): Promise<Note> {
  const { id, path, title, language } = article;
  const at = now.toISOString();
  const note: Note = {
    id: crypto.randomUUID(),
    article: { id, path, title, language },
    quote,
    text: text.trim().slice(0, LONGEST_NOTE),
    made_at: at,
    changed_at: at,
    is_lost: false,
  };
  await restoreNotes(note);
  return note;
}

/** Write something else in a note. */
export function rewrite(id: string, text: string, now = new Date()): Promise<void> {
  return alter(id, { text: text.trim().slice(0, LONGEST_NOTE), changed_at: now.toISOString() });
}

/** Remember whether the words of a note are still in its article. */
export async function markLost(note: Note, isLost: boolean): Promise<void> {
  if (note.is_lost !== isLost) await alter(note.id, { is_lost: isLost });
}

/** Take a note away. */
export async function deleteNote(id: string): Promise<void> {
  await own((database) => database.delete("notes", id));
  changed();
}

/** Put notes back, or in: one that is there already is replaced if it was changed later. Gives how many were taken. */
export async function restoreNotes(...notes: readonly Note[]): Promise<number> {
  const taken = await own(async (database) => {
    const { store, done } = database.transaction("notes", "readwrite");
    const there = await Promise.all(notes.map((note) => store.get(note.id)));
    const newer = notes.filter((note, index) => !(there[index] && there[index].changed_at >= note.changed_at));
    for (const note of newer) void store.put(note);
    await done;
    return newer.length;
  });
  changed();
  return taken;
}

async function alter(id: string, change: Partial<Note>): Promise<void> {
  await own(async (database) => {
    const { store, done } = database.transaction("notes", "readwrite");
    const row = await store.get(id);
    if (row) void store.put({ ...row, ...change });
    await done;
  });
  changed();
}

function byAge(notes: Note[]): Note[] {
  return notes.sort((a, b) => (a.made_at < b.made_at ? -1 : 1));
}
