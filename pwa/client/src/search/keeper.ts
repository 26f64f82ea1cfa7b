/**
 * Keeping the index true to the library: what is new is read in batches, each committed before the next, so that
 * a page that is left loses one batch at most. What comes out is what an index made from nothing would find.
 */

import type { LibraryConnection } from "../library/database.js";
import { Library } from "../library/library.js";
import { Index } from "./index.js";
import { Builder, type Doc, MOST_DOCS, Segment } from "./segment.js";
import { type Item, type Stock, pageOf, sourceOf, takeStock, versionOf } from "./shelf.js";
import { noteIndexed, stateOf } from "./state.js";
import type { Store } from "./store.js";

/** Documents that are read before they are committed. */
const BATCH = 60;
/** Pieces of about one size become one as soon as there are so many, each size being four times the one below. */
const ALIKE = 4;
/** A piece is written anew when so much of it is gone. */
const MOSTLY_GONE = 0.3;
/** Titles that are read before others have a turn. */
const TITLES = 200;

/** How far the index is. */
export interface Progress {
  /** Whether the library has told everything that is published. */
  readonly complete: boolean;
  /** What there is to be searched, what of it is still to be read, and of how much the text is not on this phone. */
  readonly total: number;
  readonly waiting: number;
  readonly textless: number;
}

/** Lets others have a turn. */
export type Breathe = () => Promise<void>;

/** Does some work while nobody else does its like. */
export type Alone = (work: () => Promise<void>) => Promise<void>;

export class Keeper {
  #segments = new Map<number, Segment>();
  /** Titles and summaries of what is not in the index yet. */
  #titles: Segment[] = [];
  #generation = -1;
  #progress: Progress = { complete: false, total: 0, waiting: 0, textless: 0 };
  #stamp: string | null = null;

  readonly #library: Library;

  constructor(
    private readonly connection: LibraryConnection,
    private readonly store: Store,
    private readonly breathe: Breathe,
  ) {
    this.#library = new Library(connection);
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Give what can be asked now in a language. */
  index(language: string): Index {
    return new Index([...this.#segments.values(), ...this.#titles].filter((segment) => segment.language === language));
  }

  /** In how many pieces it is, and how many bytes they take: to be measured. */
  get pieces(): number {
    return this.#segments.size;
  }

  get bytes(): number {
    return [...this.#segments.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Read what is kept; give whether that is how the library is now. */
  async load(): Promise<boolean> {
    if ((await this.store.generation()) !== this.#generation) {
      const { segments, generation, stamp } = await this.store.load();
      this.#segments = new Map(segments);
      this.#generation = generation;
      this.#stamp = stamp;
    }
    const { stamp, complete } = await stateOf(this.connection);
    if (this.#stamp !== null) this.#progress = { complete, waiting: 0, ...this.#counted() };
    return this.#stamp === stamp;
  }

  /**
   * Bring the index into agreement with the library, and tell how far it is now and then. Titles can be searched
   * before anything is written; what writes runs inside `alone`, since another page may be at the same work.
   */
  async refresh(tell: (progress: Progress) => void = () => undefined, alone: Alone = (work) => work()): Promise<void> {
    if (!(await this.load())) {
      const stock = await takeStock(this.connection);
      const { missing, gone } = compare(stock.items, this.#segments);
      // Of what has changed, what it said before is found until the new text is read.
      const known = new Set([...gone].flatMap(([number, docs]) => [...docs].map((at) => keyOf(this.#segments.get(number) as Segment, at))));
      const titles = await this.#readTitles(missing.filter((item) => !known.has(keyOfItem(item))));
      this.#say(stock, missing.length, tell, titles);
      await alone(() => this.#write(stock, tell));
    }
    await noteIndexed(this.connection, this.#stamp as string);
    tell(this.#progress);
  }

  async #write(stock: Stock, tell: (progress: Progress) => void): Promise<void> {
    // Whoever wrote before us may have done it all.
    await this.load();
    const { missing, gone } = compare(stock.items, this.#segments);
    this.#dropTitles(new Set([...this.#segments.values()].flatMap((segment) => segment.docs.map((_, at) => keyOf(segment, at)))));
    await this.#forget(gone);
    let waiting = missing.length;
    for (const batch of batches(missing)) {
      await this.#read(batch);
      waiting -= batch.length;
      this.#say(stock, waiting, tell);
    }
    this.#titles = [];
    await this.#joinPieces();
    // Written last: only now is everything of this state in the index.
    const { generation } = await this.store.write({ stamp: stock.stamp });
    this.#generation = generation;
    this.#stamp = stock.stamp;
    this.#progress = { complete: stock.complete, waiting: 0, ...this.#counted() };
  }

  #say({ items, complete }: Stock, waiting: number, tell: (progress: Progress) => void, titles = this.#titles): void {
    this.#titles = titles;
    const textless = items.filter(({ hasText }) => !hasText).length;
    this.#progress = { complete, total: items.length, waiting, textless };
    tell(this.#progress);
  }

  #counted(): { total: number; textless: number } {
    const docs = [...this.#segments.values()].flatMap(({ docs, gone }) => docs.filter((_, at) => !gone.has(at)));
    return { total: docs.length, textless: docs.filter(({ hasText }) => !hasText).length };
  }

  async #readTitles(items: readonly Item[]): Promise<Segment[]> {
    const full: Builder[] = [];
    const open = new Map<string, Builder>();
    for (const [at, item] of items.entries()) {
      const builder = open.get(item.language) ?? new Builder(item.language);
      open.set(item.language, builder);
      builder.add({ ...sourceOf(item, null), hasText: false });
      if (builder.docs.length === MOST_DOCS) {
        full.push(builder);
        open.delete(item.language);
      }
      if (at % TITLES === TITLES - 1) await this.breathe();
    }
    return Promise.all([...full, ...open.values()].map(async (builder) => new Segment(await builder.build(this.breathe))));
  }

  async #read(items: readonly Item[]): Promise<void> {
    const builder = new Builder((items[0] as Item).language);
    for (const item of items) {
      builder.add(sourceOf(item, await pageOf(this.#library, item)));
      await this.breathe();
    }
    await this.#put(builder, []);
    this.#dropTitles(new Set(items.map(keyOfItem)));
  }

  /** Let go of the titles of what can be found with its text. */
  #dropTitles(read: ReadonlySet<string>): void {
    for (const segment of this.#titles) segment.docs.forEach((_, at) => read.has(keyOf(segment, at)) && segment.gone.add(at));
  }

  /** Mark what was replaced or withdrawn. */
  async #forget(gone: ReadonlyMap<number, ReadonlySet<number>>): Promise<void> {
    if (gone.size === 0) return;
    const all = new Map([...gone].map(([number, docs]) => [number, new Set([...(this.#segments.get(number)?.gone ?? []), ...docs])]));
    const { generation } = await this.store.write({ gone: all });
    this.#generation = generation;
    for (const [number, docs] of all) docs.forEach((doc) => this.#segments.get(number)?.gone.add(doc));
  }

  async #joinPieces(): Promise<void> {
    for (let some = toJoin(this.#segments); some.length > 0; some = toJoin(this.#segments)) {
      const pieces = some.map((number) => this.#segments.get(number) as Segment);
      const builder = new Builder((pieces[0] as Segment).language);
      for (const piece of pieces) await builder.join(piece, this.breathe);
      await this.#put(builder, some);
    }
  }

  async #put(builder: Builder, drop: readonly number[]): Promise<void> {
    const piece = builder.docs.length > 0 ? await builder.build(this.breathe) : undefined;
    const { number, generation } = await this.store.write({ drop, ...(piece ? { add: piece } : {}) });
    this.#generation = generation;
    for (const one of drop) this.#segments.delete(one);
    if (piece) this.#segments.set(number, new Segment(piece));
  }
}

/** Compare what is on this phone with what is in the index: what is to be read, and what is no longer so. */
export function compare(
  items: readonly Item[],
  segments: ReadonlyMap<number, Segment>,
): { missing: Item[]; gone: Map<number, Set<number>> } {
  const wanted = new Map(items.map((item) => [keyOfItem(item), item]));
  const gone = new Map<number, Set<number>>();
  for (const [number, segment] of segments) {
    segment.docs.forEach((doc, at) => {
      if (segment.gone.has(at)) return;
      const key = keyOf(segment, at);
      const item = wanted.get(key);
      if (item && isOf(doc, item)) return void wanted.delete(key);
      gone.set(number, (gone.get(number) ?? new Set()).add(at));
    });
  }
  return { missing: [...wanted.values()], gone };
}

function keyOf(segment: Segment, at: number): string {
  return `${segment.language} ${segment.docs[at]?.id}`;
}

function keyOfItem({ row, language }: Item): string {
  return `${language} ${row.id}`;
}

function isOf(doc: Doc, { row, hasText }: Item): boolean {
  return doc.version === versionOf(row) && doc.hasText === hasText;
}

function* batches(items: readonly Item[]): Generator<readonly Item[]> {
  for (const language of new Set(items.map((item) => item.language))) {
    const own = items.filter((item) => item.language === language);
    for (let at = 0; at < own.length; at += BATCH) yield own.slice(at, at + BATCH);
  }
}

/** Choose pieces of one language to be joined: those of about one size where there are several, or one mostly gone. */
export function toJoin(segments: ReadonlyMap<number, Segment>): number[] {
  const alike = new Map<string, number[]>();
  for (const [number, segment] of segments) {
    const { length } = segment.docs;
    if (segment.gone.size > length * MOSTLY_GONE) return [number];
    const size = Math.max(0, Math.floor(Math.log(length / BATCH) / Math.log(ALIKE) + 1e-9));
    const key = `${segment.language} ${size}`;
    alike.set(key, [...(alike.get(key) ?? []), number]);
  }
  const fits = (some: readonly number[]) => living(some, segments) <= MOST_DOCS;
  return [...alike.values()].map((some) => some.slice(0, ALIKE)).find((some) => some.length === ALIKE && fits(some)) ?? [];
}

function living(numbers: readonly number[], segments: ReadonlyMap<number, Segment>): number {
  return numbers.reduce((sum, number) => sum + (segments.get(number)?.docs.length ?? 0), 0);
}
