/** What of the library is searched, and as what: each thing once for each language in which it can be read here. */

import type { LibraryConnection } from "../library/database.js";
import { type Row, text, words } from "../library/entries.js";
import { type Library, pageKey } from "../library/library.js";
import { type PageText, readPage, readText } from "./passages.js";
import type { Source } from "./segment.js";
import { type State, stateOf } from "./state.js";

/** The kinds that are searched, in the order in which they are offered. */
export const SEARCHED = ["article", "page", "topic", "question", "specialist", "person", "helpline"] as const;
const IS_SEARCHED: ReadonlySet<string> = new Set(SEARCHED);
/** What is there once for all languages. */
const SHARED: ReadonlySet<string> = new Set(["person", "helpline", "specialist"]);

/** A row in one language, and whether its text is on this phone. */
export interface Item {
  readonly row: Row;
  readonly language: string;
  readonly hasText: boolean;
}

/** How the library stands, for the index to be compared with. */
export interface Stock extends State {
  readonly items: readonly Item[];
}

/** Read the rows of the library that are searched, and which of their texts are here. */
export async function takeStock(connection: LibraryConnection): Promise<Stock> {
  // Named before it is read: what changes in between is then read once more, and never missed.
  const state = await stateOf(connection);
  return connection.use(async (database) => {
    const transaction = database.transaction(["entries", "pages"]);
    const [rows, keys] = await Promise.all([
      transaction.objectStore("entries").getAll(),
      transaction.objectStore("pages").getAllKeys(),
    ]);
    const texts = new Set(keys);
    const items = rows.filter(({ kind }) => IS_SEARCHED.has(kind)).flatMap((row) => itemsOf(row, texts));
    return { items, ...state };
  });
}

function itemsOf(row: Row, texts: ReadonlySet<string>): Item[] {
  const own = { row, language: row.language, hasText: row.kind === "helpline" || texts.has(row.id) };
  const others = SHARED.has(row.kind) ? Object.keys(row.others ?? {}) : [];
  return [
    own,
    ...others.map((language) => ({ row, language, hasText: row.kind === "helpline" || texts.has(pageKey(row.id, language)) })),
  ];
}

/** Give the page's text of an item as it is read, or null where it is not on this phone. */
export async function pageOf(library: Library, { row, language, hasText }: Item): Promise<PageText | null> {
  if (!hasText) return null;
  if (row.kind === "helpline") return { keywords: "", passages: [{ anchor: "", heading: "", text: readText(cardOf(row, language)) }] };
  const html = await library.text(row.id, language === row.language ? undefined : language);
  return html === null ? null : readPage(html);
}

/** Give an item as the index takes it. */
export function sourceOf({ row, language }: Item, page: PageText | null): Source {
  return {
    id: row.id,
    kind: row.kind,
    version: versionOf(row),
    topics: words(row, "topics"),
    starts_at: row.starts_at,
    ends_at: row.ends_at,
    published: Date.parse(row.published_at ?? "") || 0,
    hasText: page !== null,
    title: row.title,
    keywords: page?.keywords || `${text(row, "summary") || readText(cardOf(row, language))} ${words(row, "topics").join(" ")}`,
    text: page?.passages.map(({ text }) => text).join("\n") ?? "",
  };
}

/** Name the text of a row: revisions are counted anew after a restore, and each copy of the library is of one count. */
export function versionOf({ copy, revision }: Row): string {
  return `${copy}/${revision}`;
}

/** Give how a row stands in lists of a language. */
export function cardOf(row: Row, language: string): string {
  return (language === row.language ? undefined : row.others?.[language]?.card) ?? row.card;
}
