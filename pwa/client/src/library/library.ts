/** The library on this phone: what was published, as of a cursor. */

import type { IDBPTransaction } from "idb";
import { Connection, type Schema } from "./database.js";
import { type Change, type Changes, type Cursor, type Row, TOMBSTONE, runsAt } from "./entries.js";
import { type Packed, pack, unpack } from "./pack.js";

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
}

const BLANK: Mark = {
  cursor: 0,
  epoch: null,
  copy: 1,
  complete: false,
  synced_at: null,
  template_version: null,
  rows: 0,
};
const MARK_NAMES = Object.keys(BLANK) as (keyof Mark)[];

type Writing = IDBPTransaction<Schema, ("entries" | "pages" | "meta")[], "readwrite">;

export class Library {
  constructor(
    private readonly connection: Connection = new Connection(),
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

  /** Say whether rows are missing that the mark speaks of. */
  hasLostRows(): Promise<boolean> {
    return this.connection.use(async (database) => {
      const transaction = database.transaction(["entries", "meta"]);
      const [there, expected] = await Promise.all([
        transaction.objectStore("entries").count(),
        transaction.objectStore("meta").get("rows"),
      ]);
      return there < ((expected as number | undefined) ?? 0);
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
    packed: readonly (Packed | null)[],
    from: Mark,
  ): Promise<Mark | null> {
    const entries = transaction.objectStore("entries");
    const pages = transaction.objectStore("pages");
    const meta = transaction.objectStore("meta");
    const [cursor, copy] = await Promise.all([meta.get("cursor"), meta.get("copy")]);
    if ((cursor ?? BLANK.cursor) !== from.cursor || (copy ?? BLANK.copy) !== from.copy) return null;
    const known = await Promise.all(page.changes.map((change) => entries.get(change.id)));
    const writes: Promise<unknown>[] = [];
    const write = (request: Promise<unknown>) => {
      // When one fails they all do, and one of them is enough to hear of it.
      request.catch(() => undefined);
      writes.push(request);
    };
    page.changes.forEach((change, index) => {
      const row = toRow(change, from.copy, known[index]);
      const text = packed[index];
      write(entries.put(row));
      write(text ? pages.put(text, row.id) : pages.delete(row.id));
    });
    if (!page.more && !from.complete) {
      const earlier = (await entries.getAll()).filter((row) => row.copy < from.copy);
      for (const { id } of earlier) {
        write(entries.delete(id));
        write(pages.delete(id));
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
      const transaction = database.transaction(["entries", "meta"], "readwrite");
      const meta = transaction.objectStore("meta");
      const values = {
        ...BLANK,
        copy: ((await meta.get("copy")) as number | undefined ?? BLANK.copy) + 1,
        rows: await transaction.objectStore("entries").count(),
        synced_at: ((await meta.get("synced_at")) as number | undefined) ?? null,
      };
      for (const name of MARK_NAMES) void meta.put(values[name], name);
      await transaction.done;
      return values;
    });
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

  /** Find what may be shown now at an address, or null. */
  async shownAt(path: string): Promise<Row | null> {
    const row = await this.at(path);
    return row && row.kind !== TOMBSTONE && runsAt(row, this.clock()) ? row : null;
  }

  /** Find what once stood at an address and has moved while this phone knew it. */
  formerlyAt(path: string): Promise<Row | null> {
    return this.connection.use(async (database) => (await database.getFromIndex("entries", "former", path)) ?? null);
  }

  /** Give everything of a kind that may be shown now, in no order. */
  async all(kind: string): Promise<Row[]> {
    const now = this.clock();
    const rows = await this.connection.use((database) => database.getAllFromIndex("entries", "kind", kind));
    return rows.filter((row) => runsAt(row, now));
  }

  /** Give the articles, newest first. */
  async articles(): Promise<Row[]> {
    return (await this.all("article")).sort(newestFirst);
  }

  /** Count what there is of a kind that may be shown now. */
  async count(kind: string): Promise<number> {
    return (await this.all(kind)).length;
  }

  /** Give the text of a page, or null where none is kept. */
  async text(id: string): Promise<string | null> {
    const packed = await this.connection.use((database) => database.get("pages", id));
    return packed === undefined ? null : unpack(packed);
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

function packPage(change: Change): Promise<Packed> | null {
  return change.op === "upsert" && change.html ? pack(change.html) : null;
}

function toRow(change: Change, copy: number, known: Row | undefined): Row {
  const gone = change.op === "delete";
  const path = change.path ?? "";
  const former = new Set(gone ? [] : known?.former);
  if (!gone && known?.path && known.path !== path && known.kind !== TOMBSTONE) former.add(known.path);
  former.delete(path);
  return {
    id: change.id,
    kind: gone ? TOMBSTONE : change.kind,
    path,
    former: [...former],
    revision: change.revision,
    copy,
    title: change.title ?? "",
    published_at: change.published_at ?? null,
    starts_at: gone ? null : change.starts_at,
    ends_at: gone ? null : change.ends_at,
    card: change.card ?? "",
    data: change.data ?? {},
  };
}
