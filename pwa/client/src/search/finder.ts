/** Answering a search on this phone as the server would: with slips put right, and with what editors put first. */

import type { LibraryConnection } from "../library/database.js";
import { type Row, runsAt, text } from "../library/entries.js";
import { Library } from "../library/library.js";
import type { Index, Match } from "./index.js";
import type { Keeper, Progress } from "./keeper.js";
import { excerptOf, marked, placesOf, readable } from "./marks.js";
import type { Passage } from "./passages.js";
import { type Promotion, promoted } from "./promotions.js";
import type { Doc } from "./segment.js";
import { SEARCHED, cardOf, pageOf } from "./shelf.js";
import { type Term, plain, plainWords, termsOf } from "./words.js";

/** Results, up to which a more common word is offered. */
const FEW = 3;
/** Letters from which on something is searched for. */
export const SHORTEST_QUERY = 2;
const MOST_TEXTS = 80;

/** What is asked for. */
export interface Query {
  readonly query: string;
  readonly language: string;
  /** What addresses of the language begin with. */
  readonly root: string;
  readonly kind?: string | undefined;
  readonly topic?: string | undefined;
  /** Leaves slips as they are. */
  readonly exact?: boolean | undefined;
  readonly limit: number;
}

/** Something found. What ends in `Html` is escaped, with the found words in `<mark>`. */
export interface Hit {
  readonly kind: string;
  readonly path: string;
  readonly titleHtml: string;
  readonly excerptHtml: string;
  /** The words of the excerpt, by which its place is found again in the page. */
  readonly excerpt: string;
  /** The heading that the excerpt stands under, "" at the beginning, and how many other places there are. */
  readonly heading: string;
  readonly more: number;
  /** How it stands in lists, where that is what somebody needs. */
  readonly card: string;
  readonly note: string;
}

export interface Answer {
  readonly query: string;
  /** The query that was searched for: another where that finds nothing and its slips could be put right. */
  readonly shownFor: string;
  /** A query to offer beside few results. */
  readonly didYouMean: string;
  /** Words of the query that are here, where not all of them are together. */
  readonly knownWords: readonly string[];
  /** How many there are with these filters, and without the filter of kinds. */
  readonly count: number;
  readonly total: number;
  readonly kinds: readonly (readonly [kind: string, count: number])[];
  readonly topics: readonly Topic[];
  readonly hits: readonly Hit[];
  /** What editors put first, as the server drew it. */
  readonly promotedHtml: readonly string[];
  readonly hasHelp: boolean;
  readonly progress: Progress;
}

export interface Topic {
  readonly slug: string;
  readonly title: string;
  readonly count: number;
}

interface Text {
  readonly version: string;
  readonly passages: readonly Passage[];
  /** The passages in one, as excerpts are cut from them, and where in it each begins. */
  readonly whole: string;
  readonly starts: readonly number[];
}

/** Finds things in what a keeper keeps. */
export class Finder {
  readonly #library: Library;
  /** Texts that were read for excerpts, the latest last: while somebody types, the same are found again and again. */
  readonly #texts = new Map<string, Text>();

  constructor(
    private readonly connection: LibraryConnection,
    private readonly keeper: Keeper,
    private readonly clock: () => number,
  ) {
    this.#library = new Library(connection, clock);
  }

  async answer(asked: Query): Promise<Answer> {
    const index = this.keeper.index(asked.language);
    let shownFor = asked.query;
    let found = this.#find(index, asked, shownFor);
    let didYouMean = "";
    let knownWords: string[] = [];
    const promotions = await this.#promotions();
    let first = promoted(promotions, [asked.query]);
    // Who asks for help is not asked what they meant.
    if (found.terms.length > 0 && found.all.length <= FEW && !first.some(({ is_help }) => is_help)) {
      if (found.all.length > 0) {
        if (!asked.exact) didYouMean = mended(asked.query, (word) => index.rather(word), index);
      } else {
        const instead = asked.exact ? "" : mended(asked.query, (word) => (index.knows(word) ? null : index.meantBy(word)), index);
        const other = instead ? this.#find(index, asked, instead) : found;
        if (other.all.length > 0) [shownFor, found] = [instead, other];
        else knownWords = [...new Set(plainWords(asked.query))].filter((word) => index.saysSomething(word));
      }
    }
    if (shownFor !== asked.query) first = promoted(promotions, [asked.query, shownFor]);
    const { all, chosen, terms } = found;
    const about = all.filter(({ doc }) => isAbout(doc, asked.topic));
    const [hits, topics, promotedHtml] = await Promise.all([
      Promise.all(chosen.slice(0, asked.limit).map((match) => this.#hit(match, terms, asked))),
      this.#topics(all, asked),
      Promise.all(first.map(({ id }) => this.#library.text(id, asked.root ? asked.language : undefined))),
    ]);
    return {
      query: asked.query,
      shownFor,
      didYouMean,
      knownWords,
      count: chosen.length,
      total: about.length,
      kinds: kindsOf(about),
      topics,
      hits: hits.filter((hit) => hit !== null),
      promotedHtml: promotedHtml.flatMap((html) => html || []),
      hasHelp: first.some(({ is_help }) => is_help),
      progress: this.keeper.progress,
    };
  }

  #find(index: Index, { kind, topic }: Query, query: string): { all: Match[]; chosen: Match[]; terms: Term[] } {
    const now = this.clock();
    const terms = termsOf(query);
    const all = plain(query).length < SHORTEST_QUERY ? [] : index.find(terms, (doc) => runsAt(doc, now));
    return { all, terms, chosen: all.filter(({ doc }) => (!kind || doc.kind === kind) && isAbout(doc, topic)) };
  }

  async #promotions(): Promise<Promotion[]> {
    const rows = await this.#library.all("promotion");
    return rows.map((row) => ({ ...(row.data as unknown as Promotion), id: row.id }));
  }

  async #hit({ doc }: Match, terms: readonly Term[], { language, root }: Query): Promise<Hit | null> {
    const row = await this.connection.use((database) => database.get("entries", doc.id));
    // What was withdrawn a moment ago.
    if (row?.kind !== doc.kind) return null;
    const { whole, starts, passages } = await this.#read(row, doc, language);
    const places = placesOf(whole, terms);
    const { start } = excerptOf(whole, terms, places);
    const at = passageAt(starts, places.find(([from]) => from >= start)?.[0] ?? 0);
    const others = new Set(places.map(([from]) => passageAt(starts, from)));
    const passage = passages[at] as Passage;
    const shown = wordsOf(passage, terms);
    const cut = excerptOf(shown, terms);
    const isHere = places.length > 0;
    const isLine = row.kind === "helpline";
    return {
      kind: row.kind,
      path: isLine ? helpPath(row, root) : (language === row.language ? "" : root) + row.path + (isHere && passage.anchor ? `#${passage.anchor}` : ""),
      titleHtml: marked(row.title, terms),
      excerptHtml: cut.html,
      excerpt: isHere ? shown.slice(cut.start, cut.end) : "",
      heading: isHere ? passage.heading : "",
      more: Math.max(0, others.size - 1),
      card: isLine ? cardOf(row, language) : "",
      note: isLine ? countryOf(row, language) : "",
    };
  }

  /** Give a thing's text, from which excerpts are cut. */
  async #read(row: Row, { version, hasText }: Doc, language: string): Promise<Text> {
    const key = `${language} ${row.id}`;
    let known = this.#texts.get(key);
    if (known?.version !== version) {
      const page = await pageOf(this.#library, { row, language, hasText });
      const passages = page?.passages.length ? page.passages : [{ anchor: "", heading: "", text: page?.keywords || text(row, "summary") }];
      known = { version, passages, ...joined(passages) };
    }
    this.#texts.delete(key);
    this.#texts.set(key, known);
    for (const oldest of this.#texts.keys()) if (this.#texts.size > MOST_TEXTS) this.#texts.delete(oldest);
    return known;
  }

  async #topics(all: readonly Match[], { topic, kind, language }: Query): Promise<Topic[]> {
    const counts = new Map<string, number>();
    for (const { doc } of all) {
      if (!kind || doc.kind === kind) for (const slug of doc.topics) counts.set(slug, (counts.get(slug) ?? 0) + 1);
    }
    if (topic && !counts.has(topic)) counts.set(topic, 0);
    if (counts.size === 0) return [];
    const rows = (await this.#library.all("topic")).filter((row) => row.language === language);
    const titles = new Map(rows.map((row) => [text(row, "slug"), row.title]));
    const named = [...counts].flatMap(([slug, count]) => (titles.has(slug) ? [{ slug, count, title: titles.get(slug) as string }] : []));
    return named.sort((a, b) => a.title.localeCompare(b.title, language));
  }
}

/** Put passages one after the other, and give where each begins. */
function joined(passages: readonly Passage[]): Pick<Text, "whole" | "starts"> {
  const starts: number[] = [];
  let whole = "";
  for (const passage of passages) {
    if (whole) whole += " ";
    starts.push(whole.length);
    whole += readable(passage.text);
  }
  return { whole, starts };
}

/** Give a passage as it is shown: without its heading, which is named apart, unless that is where the words are. */
function wordsOf({ heading, text }: Passage, terms: readonly Term[]): string {
  const without = readable(heading && text.startsWith(heading) ? text.slice(heading.length) : text);
  return without && placesOf(without, terms).length > 0 ? without : readable(text);
}

function isAbout(doc: Doc, topic: string | undefined): boolean {
  return !topic || doc.topics.includes(topic);
}

function kindsOf(matches: readonly Match[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { doc } of matches) counts.set(doc.kind, (counts.get(doc.kind) ?? 0) + 1);
  return SEARCHED.filter((kind) => counts.has(kind)).map((kind) => [kind, counts.get(kind) as number] as const);
}

/** Put other words in the place of some; "" where none is. */
function mended(query: string, instead: (word: string) => string | null, index: Index): string {
  const written = query.replace(/[\p{L}\p{M}]+/gu, (word) => {
    const other = instead(plain(word));
    return other === null ? word : index.spelling(other);
  });
  return plain(written) === plain(query) ? "" : written;
}

function passageAt(starts: readonly number[], place: number): number {
  return Math.max(0, starts.findLastIndex((start) => start <= place));
}

function helpPath(row: Row, root: string): string {
  const country = text(row, "country");
  return `${root}/help/${country ? `?country=${country}` : ""}`;
}

function countryOf(row: Row, language: string): string {
  const own = language === row.language ? undefined : row.others?.[language]?.country_name;
  return own ?? text(row, "country_name");
}
