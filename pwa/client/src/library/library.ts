/** The library on this phone: what was published, as of a cursor. */

import type { IDBPObjectStore, IDBPTransaction } from "idb";
import { type LibraryConnection, type Schema, libraryConnection } from "./database.js";
import { type Change, type Changes, type Cursor, type Row, TOMBSTONE, holds, runsAt, standsAt } from "./entries.js";
import { leafOf } from "./leaves.js";
import { type Packed, bytesOf, pack, unpack } from "./pack.js";
import type { Text } from "./texts.js";

/** Where the copy on this phone stands. */
export interface Mark {
  readonly cursor: Cursor;
  readonly epoch: string | number | null;
  /** The number of the copy being made or kept; rows of an earlier one are readable until this one is complete. */
  readonly copy: number;
  readonly complete: boolean;
  readonly synced_at: number | null;
  readonly template_version: string | null;
  /** How many rows there should be: fewer means that the browser took some. */
  readonly rows: number;
  /** How many texts there should be. */
  readonly texts: number;
  /** What the rows and their texts take as stored. */
  readonly bytes: number;
}

const BLANK: Mark = {
  cursor: 0,
  epoch: null,
  copy: 1,
  complete: false,
  synced_at: null,
  template_version: null,
  rows: 0,
  texts: 0,
  bytes: 0,
};
const MARK_NAMES = Object.keys(BLANK) as (keyof Mark)[];

/** Say whether a copy is whole and was brought up to date no longer ago than this (both in milliseconds). */
export function isWithin({ complete, synced_at }: Mark, limit: number, now: number): boolean {
  const age = synced_at === null ? Infinity : now - synced_at;
  // A time to come was written by a clock that has been put right since.
  return complete && age >= 0 && age < limit;
}

type Writing = IDBPTransaction<Schema, ("entries" | "pages" | "meta")[], "readwrite">;

export class Library {
  /** Names the state in which what is here was last found to be what is wanted. */
  settled = "";

  constructor(
    private readonly connection: LibraryConnection = libraryConnection(),
    private readonly clock: () => number = () => Date.now(),
  ) {}

  /** Where the copy stands; a store that was never written stands at the beginning. */
  mark(): Promise<Mark> {
    return this.connection.use(async (database) => {
      const meta = database.transaction("meta").store;
      const values = await Promise.all(MARK_NAMES.map((name) => meta.get(name)));
      const found = MARK_NAMES.map((name, index) => [name, values[index] ?? BLANK[name]] as const);
      return Object.fromEntries(found) as unknown as Mark;
    });
  }

  /** Say whether rows or texts are missing that the mark speaks of. */
  hasLost(): Promise<boolean> {
    return this.connection.use(async (database) => {
      const transaction = database.transaction(["entries", "pages", "meta"]);
      const meta = transaction.objectStore("meta");
      const [rows, texts, expectedRows = 0, expectedTexts = 0] = await Promise.all([
        transaction.objectStore("entries").count(),
        transaction.objectStore("pages").count(),
        meta.get("rows") as Promise<number | undefined>,
        meta.get("texts") as Promise<number | undefined>,
      ]);
      return rows < expectedRows || texts < expectedTexts;
    });
  }

  /**
   * Take one page of the feed: its changes and its cursor commit together, or nothing does.
   * The page must have been asked for with the cursor of `from`; if somebody else has moved it since, nothing
   * is written and null is given. Raises QuotaExceededError where the phone is full.
   */
  async take(page: Changes, from: Mark): Promise<Mark | null> {
    const packed = await Promise.all(page.changes.map((change) => packPage(change)));
    return this.connection.use(async (database) => {
      const transaction = database.transaction(["entries", "pages", "meta"], "readwrite");
      try {
        const taken = await this.#write(transaction, page, packed, from);
        await transaction.done;
        return taken;
      } catch (error) {
        transaction.done.catch(() => undefined);
        // A failed request only says that it was aborted; why, the transaction knows.
        throw transaction.error ?? error;
      }
    });
  }

  async #write(
    transaction: Writing,
    page: Changes,
    packed: readonly (Texts | null)[],
    from: Mark,
  ): Promise<Mark | null> {
    const entries = transaction.objectStore("entries");
    const pages = transaction.objectStore("pages");
    const meta = transaction.objectStore("meta");
    const [cursor, copy, counted] = await Promise.all([meta.get("cursor"), meta.get("copy"), meta.get("bytes")]);
    let bytes = (counted as number | undefined) ?? BLANK.bytes;
    if ((cursor ?? BLANK.cursor) !== from.cursor || (copy ?? BLANK.copy) !== from.copy) return null;
    const known = await Promise.all(page.changes.map((change) => entries.get(change.id)));
    const writes: Promise<unknown>[] = [];
    const write = (request: Promise<unknown>) => {
      // When one fails they all do, and one of them is enough to hear of it.
      request.catch(() => undefined);
      writes.push(request);
    };
    page.changes.forEach((change, index) => {
      const text = packed[index];
      const row = weighed(toRow(change, from.copy, known[index]), text ?? null);
      bytes += weightOf(row) - weightOf(known[index]);
      write(entries.put(row));
      write(text?.own ? pages.put(text.own, row.id) : pages.delete(row.id));
      for (const language of new Set([...Object.keys(known[index]?.others ?? {}), ...Object.keys(row.others)])) {
        const other = text?.others[language];
        write(other ? pages.put(other, pageKey(row.id, language)) : pages.delete(pageKey(row.id, language)));
      }
    });
    if (!page.more && !from.complete) {
      const earlier = (await entries.getAll()).filter((row) => row.copy < from.copy);
      for (const { id, others, ...weight } of earlier) {
        bytes -= weightOf(weight);
        write(entries.delete(id));
        write(pages.delete(id));
        for (const language of Object.keys(others ?? {})) write(pages.delete(pageKey(id, language)));
      }
    }
    const mark: Mark = {
      cursor: page.cursor,
      epoch: page.epoch,
      copy: from.copy,
      complete: from.complete || !page.more,
      synced_at: page.more ? from.synced_at : this.clock(),
      template_version: page.template_version ?? from.template_version,
      rows: await entries.count(),
      texts: await pages.count(),
      bytes,
    };
    for (const name of MARK_NAMES) write(meta.put(mark[name], name));
    await Promise.all(writes);
    return mark;
  }

  /**
   * Begin a new copy from the start of the feed. What is there stays readable: each row is replaced as its
   * successor arrives, and those that have none go in the moment the new copy is complete.
   */
  restart(): Promise<Mark> {
    return this.connection.use(async (database) => {
      const transaction = database.transaction(["entries", "pages", "meta"], "readwrite");
      const meta = transaction.objectStore("meta");
      // Counted anew: what the browser took was taken with its weight, and of what lost its text only the title is here.
      const there = new Set(await transaction.objectStore("pages").getAllKeys());
      const rows = (await transaction.objectStore("entries").getAll()).map((row) => {
        if (row.kind !== "article" || !holds(row) || there.has(row.id)) return row;
        const title: Row = { ...row, held: "title" };
        void transaction.objectStore("entries").put(title);
        return title;
      });
      const values = {
        ...BLANK,
        copy: ((await meta.get("copy")) as number | undefined ?? BLANK.copy) + 1,
        rows: rows.length,
        texts: there.size,
        bytes: rows.reduce((sum, row) => sum + weightOf(row), 0),
        synced_at: ((await meta.get("synced_at")) as number | undefined) ?? null,
      };
      for (const name of MARK_NAMES) void meta.put(values[name], name);
      await transaction.done;
      return values;
    });
  }

  /** Give up the texts of some articles; their titles and cards stay. */
  drop(ids: readonly string[]): Promise<void> {
    return this.#rewrite(ids, async (row, pages) => {
      if (!holds(row)) return null;
      await erase(pages, row);
      return { ...row, held: "title" };
    });
  }

  /** Take in texts, each where its row is still of that revision. Raises QuotaExceededError where the phone is full. */
  async fill(texts: readonly Text[]): Promise<void> {
    const packed = new Map<string, Texts>();
    for (const text of texts) packed.set(text.id, await packTexts(text));
    const revisions = new Map(texts.map(({ id, revision }) => [id, revision]));
    await this.#rewrite([...packed.keys()], async (row, pages) => {
      const text = packed.get(row.id);
      if (!text || holds(row) || revisions.get(row.id) !== row.revision) return null;
      if (text.own) await pages.put(text.own, row.id);
      for (const [language, other] of Object.entries(text.others)) await pages.put(other, pageKey(row.id, language));
      return weighed({ ...row, held: "whole" }, text);
    });
  }

  /** Weigh rows that an earlier release has kept, which weighed nothing. */
  async weigh(): Promise<void> {
    const unweighed = (await this.#everything()).filter(({ row_bytes }) => row_bytes === undefined).map(({ id }) => id);
    await this.#rewrite(unweighed, async (row, pages) => {
      const keys = [row.id, ...Object.keys(row.others ?? {}).map((language) => pageKey(row.id, language))];
      const texts = await Promise.all(keys.map((key) => pages.get(key)));
      const isWhole = row.kind !== "article" || texts[0] !== undefined;
      const text_bytes = texts.reduce((sum, text) => sum + (text === undefined ? 0 : bytesOf(text)), 0);
      return { ...row, held: isWhole ? "whole" : "title", text_bytes, row_bytes: rowBytes(row) };
    });
  }

  /** Give up everything but the small values beside the library: it stands at its beginning again. */
  async empty(): Promise<void> {
    await this.connection.use(async (database) => {
      const transaction = database.transaction(["entries", "pages", "meta"], "readwrite");
      void transaction.objectStore("entries").clear();
      void transaction.objectStore("pages").clear();
      for (const name of MARK_NAMES) void transaction.objectStore("meta").delete(name);
      await transaction.done;
    });
  }

  /** Write some rows anew in one transaction, and count what they take. */
  async #rewrite(
    ids: readonly string[],
    change: (row: Row, pages: Pages) => Promise<Row | null>,
  ): Promise<void> {
    if (ids.length === 0) return;
    await this.connection.use(async (database) => {
      const transaction = database.transaction(["entries", "pages", "meta"], "readwrite");
      const [entries, pages, meta] = [
        transaction.objectStore("entries"),
        transaction.objectStore("pages"),
        transaction.objectStore("meta"),
      ];
      try {
        let bytes = ((await meta.get("bytes")) as number | undefined) ?? BLANK.bytes;
        for (const id of ids) {
          const row = await entries.get(id);
          const changed = row && (await change(row, pages));
          if (!changed) continue;
          bytes += weightOf(changed) - weightOf(row);
          await entries.put(changed);
        }
        await meta.put(await pages.count(), "texts");
        await meta.put(bytes, "bytes");
        await transaction.done;
      } catch (error) {
        transaction.done.catch(() => undefined);
        throw transaction.error ?? error;
      }
    });
  }

  #everything(): Promise<Row[]> {
    return this.connection.use((database) => database.getAll("entries"));
  }

  /** Give all rows of a kind, running or not. */
  rows(kind: string): Promise<Row[]> {
    return this.connection.use((database) => database.getAllFromIndex("entries", "kind", kind));
  }

  /** Find what stands at an address: a living thing, else a tombstone, else null. */
  at(path: string): Promise<Row | null> {
    return this.connection.use(async (database) => {
      const rows = await database.getAllFromIndex("entries", "path", path);
      const better = (a: Row, b: Row) =>
        Number(a.kind === TOMBSTONE) - Number(b.kind === TOMBSTONE) || b.copy - a.copy || b.revision - a.revision;
      return rows.sort(better)[0] ?? null;
    });
  }

  /** Find what has this id: a living thing, else a tombstone, else null. */
  byId(id: string): Promise<Row | null> {
    return this.connection.use(async (database) => (await database.get("entries", id)) ?? null);
  }

  /** Find what may be shown now at an address, or null. */
  async shownAt(path: string): Promise<Row | null> {
    const row = await this.at(path);
    return row && standsAt(row, this.clock()) ? row : null;
  }

  /** Find what once stood at an address and has moved while this phone knew it. */
  formerlyAt(path: string): Promise<Row | null> {
    return this.connection.use(async (database) => (await database.getFromIndex("entries", "former", path)) ?? null);
  }

  /** Give everything of a kind that may be shown now, in no order. */
  async all(kind: string): Promise<Row[]> {
    const now = this.clock();
    return (await this.rows(kind)).filter((row) => runsAt(row, now));
  }

  /** Give the articles, newest first: of one language, or of all. */
  async articles(language?: string): Promise<Row[]> {
    const rows = (await this.all("article")).sort(newestFirst);
    return language === undefined ? rows : rows.filter((row) => row.language === language);
  }

  /** Count what there is of a kind that may be shown now. */
  async count(kind: string): Promise<number> {
    return (await this.all(kind)).length;
  }

  /** Count the articles whose text is on this phone, by their names alone: reading five thousand takes ten times as long. */
  countReadable(): Promise<number> {
    return this.connection.use(async (database) => {
      const texts = new Set(await database.getAllKeys("pages"));
      const articles = await database.getAllKeysFromIndex("entries", "kind", "article");
      return articles.filter((id) => texts.has(id)).length;
    });
  }

  /**
   * Give the text of a page, or null where none is kept; of what is shared, in another language than the default. `leaf`
   * names a further page of the same thing.
   */
  async text(id: string, language?: string, leaf = ""): Promise<string | null> {
    const key = language ? pageKey(id, language) : id;
    const packed = await this.connection.use((database) => database.get("pages", key));
    if (packed === undefined) return null;
    try {
      return leafOf(await unpack(packed), leaf);
    } catch {
      // What cannot be unpacked is as good as lost: the next round notices that it is missing.
      await this.connection.use((database) => database.delete("pages", key));
      return null;
    }
  }

  /** Give the cards and texts of what is kept under these ids. */
  async markupOf(ids: readonly string[]): Promise<string[]> {
    const rows = await this.connection.use((database) => Promise.all(ids.map((id) => database.get("entries", id))));
    const texts = await Promise.all(ids.map((id) => this.text(id)));
    return [...rows.map((row) => row?.card ?? ""), ...texts.map((text) => text ?? "")].filter(Boolean);
  }

  /** Keep a small value beside the library. */
  async note(name: string, value: unknown): Promise<void> {
    await this.connection.use((database) => database.put("meta", value, `note:${name}`));
  }

  /** Give a small value back, or undefined. */
  noted(name: string): Promise<unknown> {
    return this.connection.use((database) => database.get("meta", `note:${name}`));
  }
}

/** Order by the day of publication, newest first, then by id. */
export function newestFirst(a: Row, b: Row): number {
  return (Date.parse(b.published_at ?? "") || 0) - (Date.parse(a.published_at ?? "") || 0) || (a.id < b.id ? -1 : 1);
}

/** The packed texts of one change: its page's, and that of the same page in other languages. */
interface Texts {
  readonly own: Packed | null;
  readonly others: Readonly<Record<string, Packed>>;
}

async function packPage(change: Change): Promise<Texts | null> {
  return change.op === "upsert" ? packTexts(change) : null;
}

async function packTexts(given: Pick<Change, "html" | "others">): Promise<Texts> {
  const others: Record<string, Packed> = {};
  for (const [language, { html }] of Object.entries(given.others ?? {})) if (html) others[language] = await pack(html);
  return { own: given.html ? await pack(given.html) : null, others };
}

type Pages = IDBPObjectStore<Schema, ("entries" | "pages" | "meta")[], "pages", "readwrite">;

async function erase(pages: Pages, row: Row): Promise<void> {
  await pages.delete(row.id);
  for (const language of Object.keys(row.others ?? {})) await pages.delete(pageKey(row.id, language));
}

/** Give a row with what it takes; a text that is not here keeps what it took while nothing about it has changed. */
function weighed(row: Row, texts: Texts | null): Row {
  const here = texts ? [texts.own, ...Object.values(texts.others)].filter((text) => text !== null) : [];
  const text_bytes = here.reduce((sum, text) => sum + bytesOf(text), 0);
  return { ...row, ...(holds(row) ? { text_bytes } : {}), row_bytes: rowBytes(row) };
}

/** What a row takes, about: as much as it would be as text. */
function rowBytes(row: Row): number {
  const { text_bytes: _text, row_bytes: _row, ...told } = row;
  return JSON.stringify(told).length;
}

/** What a row and its text take as stored; nothing where an earlier release kept it unweighed. */
function weightOf(row: Pick<Row, "held" | "text_bytes" | "row_bytes"> | undefined): number {
  if (row?.row_bytes === undefined) return 0;
  return row.row_bytes + (holds(row) ? (row.text_bytes ?? 0) : 0);
}

/** The key under which a page's text in another language lies. */
export function pageKey(id: string, language: string): string {
  return `${id} ${language}`;
}

function cardsOf(change: Change): Row["others"] {
  const cards = Object.entries(change.others ?? {}).map(([language, { html: _, ...other }]) => [language, other] as const);
  return Object.fromEntries(cards);
}

function toRow(change: Change, copy: number, known: Row | undefined): Row {
  const gone = change.op === "delete";
  const path = change.path ?? "";
  const former = new Set(gone ? [] : [...(known?.former ?? []), ...(change.former ?? [])]);
  if (!gone && known?.path && known.path !== path && known.kind !== TOMBSTONE) former.add(known.path);
  former.delete(path);
  return {
    id: change.id,
    kind: gone ? TOMBSTONE : change.kind,
    path,
    former: [...former],
    revision: change.revision,
    copy,
    language: change.language ?? "en",
    title: change.title ?? "",
    published_at: change.published_at ?? null,
    starts_at: gone ? null : change.starts_at,
    ends_at: gone ? null : change.ends_at,
    card: change.card ?? "",
    held: heldOf(change, known),
    others: gone ? {} : cardsOf(change),
    data: change.data ?? {},
  };
}

/** Say whether a change brings the text; an article's may be left out, and then it depends on what was here. */
function heldOf(change: Change, known: Row | undefined): "whole" | "title" | "again" {
  if (change.op === "delete" || change.kind !== "article" || change.html !== undefined) return "whole";
  const wasHere = known !== undefined && known.kind === "article" && (holds(known) || known.held === "again");
  return wasHere ? "again" : "title";
}
