/**
 * Joining a page from its parts: shell, fragment and what fills the fragment's slots.
 *
 * The server joins the same parts by the same rules (`pwa/compose.py`); both are held to `tests/vectors/compose.json`.
 * Everything here is text in, text out.
 */

import { escaped } from "../words/escape.js";
import { type Speech, speech } from "../words/speech.js";

export const CARDS_ON_A_PAGE = 20;
export const LATEST = 7;
const SITE_NAME = "Respite";

const SLOT = /<!--slot:([a-z][a-z-]*(?: [^ >]+)*)-->/g;
const HERE = /<!--here:(\/[^ >]*)-->/g;
const WHERE = /<!--where ([^ >]+)-->(.*?)<!--\/where-->/gs;
const AFTER = /<!--after ([^ >]+)-->(.*?)<!--\/after-->/gs;

export type Fills = Readonly<Record<string, string>>;

/** What a slot asks for: its name, its bare words, its named values. */
export interface Slot {
  readonly name: string;
  readonly words: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** Read a slot's inside, such as `articles topic=sleep` or `banners home client -`. */
export function parse(slot: string): Slot {
  const [name = "", ...rest] = slot.split(" ");
  const values: Record<string, string> = {};
  const words: string[] = [];
  for (const word of rest) {
    const equals = word.indexOf("=");
    if (equals < 0) words.push(word);
    else values[word.slice(0, equals)] = word.slice(equals + 1);
  }
  return { name, words, values };
}

/** Name the slots in a piece of a page, each once, in order. */
export function wanted(html: string): string[] {
  return [...new Set(Array.from(html.matchAll(SLOT), (match) => match[1] ?? ""))];
}

/** Name the conditions under which parts of a page stand, each once, in order. */
export function conditions(html: string): string[] {
  return [...new Set(Array.from(html.matchAll(WHERE), (match) => match[1] ?? ""))];
}

/** Give the whole page: the shell with its head, its main and its marked navigation. */
export function join(shell: string, head: string, main: string, fills: Fills, path: string, now: number): string {
  const parts: Fills = { head, main: fill(main, fills, now), languages: fills.languages ?? "" };
  return markHere(shell, path).replace(SLOT, (_, slot: string) => parts[slot] ?? "");
}

/**
 * Fill a fragment's slots, then the slots within what filled them, and no further.
 * What nobody fills becomes nothing. What stands under a condition is shown where the fills name it (`where NAME`).
 * What waits for its moment is shown from that moment on.
 */
export function fill(main: string, fills: Fills, now: number): string {
  const once = (html: string, then: (filled: string) => string) =>
    html.replace(SLOT, (_, slot: string) => then(Object.hasOwn(fills, slot) ? (fills[slot] ?? "") : ""));
  const joined = once(main, (inner) => once(inner, (deepest) => deepest.replace(SLOT, "")));
  const filled = joined.replace(WHERE, (_, name: string, inner: string) => (Object.hasOwn(fills, `where ${name}`) ? inner : ""));
  return filled.replace(AFTER, (_, moment: string, inner: string) => (Date.parse(moment) <= now ? inner : ""));
}

/** Mark the navigation's link of the area a path is in; the home page, the shortest, is an area of its own. */
function markHere(shell: string, path: string): string {
  const areas = Array.from(shell.matchAll(HERE), (match) => match[1] ?? "");
  const home = areas.reduce((shortest, area) => (area.length < shortest.length ? area : shortest), areas[0] ?? "");
  const around = areas.filter((area) => area === path || (area !== home && path.startsWith(area)));
  const here = around.reduce((longest, area) => (area.length > longest.length ? area : longest), "");
  return shell.replace(HERE, (_, area: string) => (area === here ? ' aria-current="page"' : ""));
}

/** Give the head that needs nothing but a title. */
export function shortHead(title: string, path: string, home = "/"): string {
  return `<title>${escaped(pageTitle(title, path, home))}</title>`;
}

/** Give what tells a page of which revision its text is; nothing for what nobody reads for long. */
export function revisionHead(revision: number | null): string {
  return revision === null ? "" : `\n<meta name="revision" content="${revision}">`;
}

/** Name a page as its tab does: the site alone at home, elsewhere what it is, then the site. */
export function pageTitle(title: string, path: string, home = "/"): string {
  return path === home || !title ? SITE_NAME : `${title} · ${SITE_NAME}`;
}

// ---- Languages ---------------------------------------------------------------------------------

/** What stands at the same address in every language, after what the language begins with. */
const IN_EVERY_LANGUAGE = /^(\/(help|search|offline|contact|questions|questions\/ask)\/|\/(people|specialists)\/.*)$/;

export interface Language {
  readonly code: string;
  readonly name: string;
  readonly root: string;
  readonly direction: string;
}

export interface Translation {
  readonly language: string;
  readonly path: string;
}

/** Say where a page can be read in each language: its translation, the same page, or else that one's home. */
export function ways(
  path: string,
  root: string,
  translations: readonly Translation[],
  known: readonly Pick<Language, "code" | "root">[],
): Record<string, string> {
  const translated = new Map(translations.map((translation) => [translation.language, translation.path]));
  const inner = path.startsWith(root) ? path.slice(root.length) : path;
  const same = IN_EVERY_LANGUAGE.test(inner) ? inner : "/";
  return Object.fromEntries(known.map((language) => [language.code, translated.get(language.code) ?? language.root + same]));
}

/** Set the choice of languages, each by its own name; nothing where there is no choice. */
export function languages(
  here: string,
  found: Readonly<Record<string, string>>,
  known: readonly Omit<Language, "root">[],
  { say }: Speech = speech(),
): string {
  if (known.length < 2) return "";
  const item = ({ code, name, direction }: Omit<Language, "root">) => {
    const written = `lang="${escaped(code)}" dir="${direction}"`;
    if (code === here) return `<li><span ${written} aria-current="true">${escaped(name)}</span></li>`;
    return `<li><a href="${escaped(found[code] ?? "/")}" hreflang="${escaped(code)}" ${written}>${escaped(name)}</a></li>`;
  };
  return `<nav class="languages" aria-label="${say("Language")}"><ul>${known.map(item).join("")}</ul></nav>`;
}

// ---- What fills the slots ----------------------------------------------------------------------

/** Set the newest articles' cards: the first by itself, up to six after it. */
export function latest(cards: readonly string[]): string {
  if (cards.length === 0) return "";
  const first = `<div class="first">${cards[0]}</div>`;
  const others = cards.slice(1, LATEST).join("");
  return others ? `${first}<div class="rows columns">${others}</div>` : first;
}

/** Set one page of articles' cards; below them the way to newer and older ones, where there are more. */
export function articles(
  cards: readonly string[],
  page = 1,
  count = cards.length,
  spoken: Speech = speech(),
  kept = "",
): string {
  if (cards.length === 0) return "";
  const pages = Math.ceil(count / CARDS_ON_A_PAGE);
  return `<div class="rows">${cards.join("")}</div>${pages > 1 ? pager(page, pages, kept, spoken) : ""}`;
}

function pager(page: number, pages: number, kept: string, { say }: Speech): string {
  const newer = page > 1 ? `<a href="${pageOf(page - 1, kept)}" rel="prev">${say("Newer")}</a>` : "";
  const older = page < pages ? `<a href="${pageOf(page + 1, kept)}" rel="next">${say("Older")}</a>` : "";
  return `<nav class="pager" aria-label="${say("Pages")}">${newer}<span>${say("Page %(page)s of %(pages)s", { page, pages })}</span>${older}</nav>`;
}

function pageOf(number: number, kept: string): string {
  const asked = [kept, number > 1 ? `page=${number}` : ""].filter(Boolean);
  return asked.length > 0 ? `?${escaped(asked.join("&"))}` : "./";
}

/** Give the cards of the page of a list that an address names, or of the last one; of the first where it names none. */
export function cardsOf(rows: readonly { readonly card: string }[], query: URLSearchParams): { number: number; cards: string[] } {
  const asked = Number(query.get("page") ?? 1);
  const pages = Math.max(1, Math.ceil(rows.length / CARDS_ON_A_PAGE));
  const number = Math.min(Number.isInteger(asked) ? Math.max(asked, 1) : 1, pages);
  const from = (number - 1) * CARDS_ON_A_PAGE;
  return { number, cards: rows.slice(from, from + CARDS_ON_A_PAGE).map(({ card }) => card) };
}

/** Set one page of questions' cards, of one topic or ("") of all. */
export function questions(cards: readonly string[], page: number, count: number, topic: string, spoken: Speech = speech()): string {
  const { say } = spoken;
  if (cards.length === 0) return `<p class="soft">${say("There is no question here yet.")}</p>`;
  return articles(cards, page, count, spoken, topic ? `topic=${topic}` : "");
}

export interface TopicName {
  readonly slug: string;
  readonly title: string;
}

/** Set the choice of the topics that questions are about, by title; nothing where there is no choice. */
export function questionTopics(
  named: readonly (TopicName & { readonly count: number })[],
  count: number,
  chosen: string,
  { say }: Speech = speech(),
): string {
  if (named.length === 0) return "";
  const pill = (way: string, name: string, many: number, here: boolean) =>
    `<li><a class="pill" href="${escaped(way)}"${here ? ' aria-current="true"' : ""}>${escaped(name)} <span class="many">${many}</span></a></li>`;
  const pills = [...named].sort(byName).map((one) => pill(`?topic=${one.slug}`, one.title, one.count, one.slug === chosen));
  return `<nav aria-label="${say("Topics")}"><ul class="pills">${pill("./", say("All"), count, !chosen)}${pills.join("")}</ul></nav>`;
}

/** Set the topics that a form offers, by title. */
export function topicOptions(named: readonly TopicName[]): string {
  return [...named].sort(byName).map(({ slug, title }) => `<option value="${escaped(slug)}">${escaped(title)}</option>`).join("");
}

function byName(a: TopicName, b: TopicName): number {
  return compare([a.title.toLowerCase(), a.slug], [b.title.toLowerCase(), b.slug]);
}

/** Set the cards of topics. */
export function topics(cards: readonly string[]): string {
  return cards.length > 0 ? `<ul class="topics">${cards.join("")}</ul>` : "";
}

export interface Helpline {
  readonly id: string;
  readonly country: string;
  readonly country_name: string;
  readonly position: number;
  readonly name: string;
  readonly card: string;
}

/** Set helplines by country, one country first, the others by name. */
export function helplines(lines: readonly Helpline[], firstCountry = ""): string {
  const rank = (line: Helpline) =>
    [
      line.country === firstCountry ? 0 : 1,
      line.country_name.toLowerCase(),
      line.country,
      line.position,
      line.name.toLowerCase(),
      line.id,
    ] as const;
  const ordered = [...lines].sort((a, b) => compare(rank(a), rank(b)));
  const countries = new Map<string, Helpline[]>();
  for (const line of ordered) countries.set(line.country, [...(countries.get(line.country) ?? []), line]);
  return [...countries.values()]
    .map(
      (group) =>
        `<section><h2>${escaped(group[0]?.country_name ?? "")}</h2>` +
        `<ul class="lines">${group.map((line) => line.card).join("")}</ul></section>`,
    )
    .join("");
}

/** Set the choice of countries, for whoever is somewhere else. */
export function countries(lines: readonly Helpline[], chosen: string, { say }: Speech = speech()): string {
  const names = new Map(lines.map((line) => [line.country, line.country_name]));
  if (names.size < 2) return "";
  const pill = ([code, name]: readonly [string, string]) =>
    `<li><a class="pill" href="?country=${escaped(code)}"${code === chosen ? ' aria-current="true"' : ""}>${escaped(name)}</a></li>`;
  const pills = [...names].sort((a, b) => compare([a[1], a[0]], [b[1], b[0]])).map(pill);
  return `<nav aria-label="${say("Countries")}"><ul class="pills">${pills.join("")}</ul></nav>`;
}

/** Set the way to the free consultation, where there is a page about it. */
export function support(path: string, { say }: Speech = speech()): string {
  return path ? `<a class="btn" href="${escaped(path)}">${say("Find support")}</a>` : "";
}

/** Set the way to what is said of the free first consultation, where there is such a page. */
export function consultation(path: string, { say }: Speech = speech()): string {
  return path ? `<p><a href="${escaped(path)}">${say("What a free first consultation is")}</a></p>` : "";
}

/** Set a banner's fragment in its place: the element around it knows which banner stands where, to count it. */
export function offer(html: string, placement: string, banner: string): string {
  if (!html) return "";
  return `<respite-offer placement="${escaped(placement)}" banner="${escaped(banner)}">${html}</respite-offer>`;
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let index = 0; index < a.length; index++) {
    const [one, other] = [a[index] ?? 0, b[index] ?? 0];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
