/** Pages made on this phone: what stands at an address, joined from the shell, its fragment and its fills. */

import { normal } from "../library/address.js";
import { type Row, TOMBSTONE, holds, runsAt, text, words } from "../library/entries.js";
import { belongs, leafTitle } from "../library/leaves.js";
import { type Library, newestFirst } from "../library/library.js";
import type { Copy } from "../outbox/copies.js";
import { aheadOfTheRest } from "./ahead.js";
import { type Banner, arrange, readPlace } from "./banners.js";
import * as compose from "./compose.js";
import { type Campaign, type Specialist, featured } from "./specialists.js";
import { escaped } from "../words/escape.js";
import { type Speech, speech } from "../words/speech.js";
import { type Face, type Release, faceOf } from "./release.js";
import { type Taken, takeShared } from "./sharing.js";

/** What pages are made of. */
export interface Desk {
  readonly library: Library;
  readonly release: Release;
  readonly clock: () => number;
  /** What the page is told of where it comes from: this phone because it is fresh, or because nobody could be asked. */
  readonly madeOn: "fresh" | "phone";
  /** The page fetched whole when the worker was installed, where there is one. */
  readonly whole: (path: string) => Promise<Response | undefined>;
}

/** Make the page of an address, or null where this phone does not have it. */
export async function makePage(desk: Desk, url: URL): Promise<Response | null> {
  const path = normal(url.pathname);
  const face = faceOf(desk.release, path);
  const inner = path.slice(face.root.length);
  if (inner === "/help/") return helpPage(desk, face, url);
  if (inner === "/on-this-phone/") {
    return page(desk, path, speechOf(face).say("On this phone"), face.parts["on-this-phone"], url);
  }
  if (inner === "/search/") return searchPage(desk, face, url);
  if (inner === "/share/") return sharePage(desk, face, url);
  if (inner === "/questions/") return questionsPage(desk, face, url);
  if (inner === "/questions/ask/") return page(desk, path, speechOf(face).say("Ask a question"), face.parts.ask, url);
  if (inner === "/specialists/") return specialistsPage(desk, face, url);
  if (inner === "/specialists/join/") return page(desk, path, speechOf(face).say("Help people here"), face.parts.join, url);
  const [, slug] = WRITING.exec(inner) ?? [];
  if (slug) return writingPage(desk, face, slug, url);
  if (inner === "/contact/") return page(desk, path, speechOf(face).say("Contact us"), face.parts.contact, url);
  if (inner === "/saved/") return page(desk, path, speechOf(face).say("Saved"), face.parts.saved, url);
  const [base, leaf] = belongs(path);
  const row = await desk.library.at(base);
  if (row === null) return (await sharedPage(desk, face, inner, url)) ?? moved(desk, base, url, leaf);
  if (row.kind === TOMBSTONE) return gonePage(desk, row);
  if (!runsAt(row, desk.clock())) return gonePage(desk, { ...row, data: {} });
  return rowPage(desk, row, url, leaf);
}

/** Make the page of a row that may be shown now, or a further one by its name; null where its text is not here. */
export async function rowPage(desk: Desk, row: Row, url: URL, leaf = ""): Promise<Response | null> {
  const main = await desk.library.text(row.id, undefined, leaf);
  if (!main) return null;
  const revision = row.kind === "article" ? row.revision : null;
  const title = leafTitle(row.title, leaf, speechOf(faceOf(desk.release, row.path)));
  const path = leaf ? `${row.path}${leaf}/` : row.path;
  return page(desk, path, title, main, url, { translations: translationsOf(row), revision });
}

/** Make the page of what the library has once for all languages, such as a person, in the words of this one. */
async function sharedPage(desk: Desk, face: Face, inner: string, url: URL): Promise<Response | null> {
  const [base, leaf] = belongs(inner);
  const row = face.root ? await desk.library.shownAt(base) : null;
  const main = row && (await desk.library.text(row.id, face.language, leaf));
  if (!row || !main) return null;
  return page(desk, face.root + inner, leafTitle(row.title, leaf, speechOf(face)), main, url);
}

/** Make the page that says that there is no connection, or that only the title of what was asked for is here. */
export async function offlinePage(desk: Desk, url: URL): Promise<Response> {
  const row = await desk.library.shownAt(normal(url.pathname)).catch(() => null);
  return row?.kind === "article" && !holds(row) ? titlePage(desk, row, url) : nothingPage(desk, url);
}

function titlePage(desk: Desk, row: Row, url: URL): Promise<Response> {
  const fills = { title: escaped(row.title), summary: escaped(text(row, "summary")) };
  return page(desk, row.path, row.title, faceOf(desk.release, row.path).parts.titled, url, { status: 503, fills });
}

function nothingPage(desk: Desk, url: URL): Promise<Response> {
  const face = faceOf(desk.release, normal(url.pathname));
  const { say } = speechOf(face);
  return page(desk, `${face.root}/offline/`, say("No Internet Connection"), face.parts.offline, url, { status: 503 });
}

/** Make a private page from its copy, which says of when it is. */
export function copiedPage(desk: Desk, copy: Copy, url: URL): Promise<Response> {
  const face = desk.release.faces.find(({ language }) => language === copy.language) ?? faceOf(desk.release, copy.path);
  const format = new Intl.DateTimeFormat(face.language === "en" ? "en-GB" : face.language, { dateStyle: "long", timeStyle: "short" });
  const told = speechOf(face).say("Kept on this phone, as it was on %(when)s.", { when: format.format(copy.asked_at) });
  const main = copy.html.replace(/<\/main>\s*$/, `<p class="fine">${escaped(told)}</p></main>`);
  return page(desk, copy.path, copy.title, main, url, { face });
}

async function helpPage(desk: Desk, face: Face, url: URL): Promise<Response | null> {
  const path = `${face.root}/help/`;
  const { say } = speechOf(face);
  if ((await desk.library.count("helpline")) > 0) return page(desk, path, say("Help now"), face.parts.help, url);
  return (await desk.whole(path)) ?? null;
}

/** Make the search page; what it finds the page finds itself, as it does while somebody types (`search/field.ts`). */
async function searchPage(desk: Desk, face: Face, url: URL): Promise<Response | null> {
  const { say } = speechOf(face);
  const title = say("Search");
  const query = (url.searchParams.get("q") ?? "").trim();
  const results = query ? `<p class="soft" role="status">${say("Looking through what is on this phone …")}</p>` : "";
  const fills = { query: escaped(query), results };
  return page(desk, `${face.root}/search/`, query ? `${query} · ${title}` : title, face.parts.search, url, { fills });
}

/** Make the list of specialists. Where somebody goes from there is not to be told what they looked for. */
async function specialistsPage(desk: Desk, face: Face, url: URL): Promise<Response> {
  const title = speechOf(face).say("Find someone to talk to");
  const made = await page(desk, `${face.root}/specialists/`, title, face.parts.specialists, url);
  made.headers.set("referrer-policy", "no-referrer");
  return made;
}

/** Make the list of questions, of one topic or of all. */
async function questionsPage(desk: Desk, face: Face, url: URL): Promise<Response | null> {
  return page(desk, `${face.root}/questions/`, speechOf(face).say("Questions"), face.parts.questions, url);
}

/** Where somebody writes to a specialist. */
const WRITING = /^\/specialists\/([-\w]+)\/write\/$/;

/** Make the page on which somebody writes to a specialist, or null where this phone does not know them. */
async function writingPage(desk: Desk, face: Face, slug: string, url: URL): Promise<Response | null> {
  const row = await desk.library.at(`/specialists/${slug}/`);
  if (row?.kind !== "specialist" || !runsAt(row, desk.clock())) return null;
  const { say } = speechOf(face);
  const fills = { slug, name: escaped(row.title) };
  const path = `${face.root}/specialists/${slug}/write/`;
  return page(desk, path, say("Write to %(name)s", { name: row.title }), face.parts.write, url, { fills });
}

/** Make the page of what another app has shared. */
async function sharePage(desk: Desk, face: Face, url: URL): Promise<Response> {
  return takenPage(desk, face, url, await taken(desk, face, url));
}

/** Make that page where this phone knows what was shared, or knows that it is not ours; else null. Nobody has to be told then. */
export async function knownSharePage(desk: Desk, url: URL): Promise<Response | null> {
  const path = normal(url.pathname);
  const face = faceOf(desk.release, path);
  if (path !== `${face.root}/share/`) return null;
  const found = await taken(desk, face, url);
  return found.part === "share-missing" ? null : takenPage(desk, face, url, found);
}

function taken(desk: Desk, face: Face, url: URL): Promise<Taken> {
  return takeShared(desk.library, desk.release, url, desk.clock(), speechOf(face));
}

/** Where somebody goes from there is not to be told what it was. */
async function takenPage(desk: Desk, face: Face, url: URL, { part, fills }: Taken): Promise<Response> {
  const title = speechOf(face).say("Shared with Respite");
  const made = await page(desk, `${face.root}/share/`, title, face.parts[part], url, { fills });
  made.headers.set("referrer-policy", "no-referrer");
  return made;
}

async function moved(desk: Desk, path: string, url: URL, leaf: string): Promise<Response | null> {
  const row = await desk.library.formerlyAt(path);
  const to = row && row.kind !== TOMBSTONE ? `${row.path}${leaf && `${leaf}/`}` : "";
  return to ? Response.redirect(new URL(to, url).href, 302) : null;
}

async function gonePage(desk: Desk, row: Row): Promise<Response> {
  const fills = {
    reason: escaped(text(row, "reason")),
    replacement: await replacement(desk, text(row, "replacement_path")),
  };
  const face = faceOf(desk.release, row.path);
  const title = speechOf(face).say("No longer here");
  return page(desk, row.path, title, face.parts.gone, new URL(row.path, self.location.href), { status: 410, fills });
}

async function replacement(desk: Desk, path: string): Promise<string> {
  const row = path ? await desk.library.shownAt(path) : null;
  return row?.card ?? "";
}

/** What only some pages have. */
interface Particular {
  readonly status?: number;
  readonly fills?: compose.Fills;
  readonly translations?: readonly compose.Translation[];
  /** Of which revision what is to be read here is: the page asks later whether there is a newer one. */
  readonly revision?: number | null;
  /** What stands around it, where its address does not say. */
  readonly face?: Face;
}

async function page(
  desk: Desk,
  path: string,
  title: string,
  main: string,
  url: URL,
  { status = 200, fills: known = {}, translations = [], revision = null, face = faceOf(desk.release, path) }: Particular = {},
): Promise<Response> {
  const ways = compose.ways(path, face.root, translations, face.languages);
  const languages = compose.languages(face.language, ways, face.languages, speechOf(face));
  const fills = { ...(await fillsOf(desk, face, main, url)), languages, ...known };
  const head = compose.shortHead(title, path, `${face.root}/`) + compose.revisionHead(revision);
  const html = compose.join(face.shell, head, main, fills, path, desk.clock());
  // The page's script is to know whether nobody could be asked: see elements/offline.ts.
  const marked = html.replace(/<html\b/, `<html data-made-on="${desk.madeOn}"`);
  return new Response(aheadOfTheRest(marked), {
    status,
    headers: {
      ...desk.release.headers,
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
    },
  });
}

/** Find what fills the slots of a fragment, and those within what fills them. */
async function fillsOf(desk: Desk, face: Face, main: string, url: URL): Promise<compose.Fills> {
  const fills: Record<string, string> = {};
  const shelf = new Shelf(desk, face);
  const fill = async (slots: Iterable<string>) => {
    const missing = [...new Set(slots)].filter((slot) => !(slot in fills));
    const filled = await Promise.all(missing.map((slot) => shelf.fill(slot, url)));
    missing.forEach((slot, index) => (fills[slot] = filled[index] ?? ""));
  };
  const slots = compose.wanted(main);
  Object.assign(fills, await shelf.banners(slots));
  await fill(slots);
  await fill(Object.values(fills).flatMap((filled) => [...compose.wanted(filled)]));
  for (const name of await shelf.trueOf([main, ...Object.values(fills)].flatMap(compose.conditions))) fills[`where ${name}`] = "yes";
  return fills;
}

/** What was read from the library for one page, each thing once. */
class Shelf {
  #articles: Promise<Row[]> | null = null;
  #lines: Promise<compose.Helpline[]> | null = null;
  #specialists: Promise<Specialist[]> | null = null;

  readonly #speech: Speech;

  constructor(
    private readonly desk: Desk,
    private readonly face: Face,
  ) {
    this.#speech = speechOf(face);
  }

  async fill(slot: string, url: URL): Promise<string> {
    const { name, values } = compose.parse(slot);
    switch (name) {
      case "latest":
        return compose.latest((await this.articles({})).map((row) => row.card));
      case "articles":
        return this.list(await this.articles(values), url);
      case "count":
        return String((await this.articles(values)).length);
      case "topics":
        return this.topics();
      case "helplines":
        return compose.helplines(await this.lines(), chosenCountry(url) || (values.first ?? ""));
      case "countries":
        return compose.countries(await this.lines(), chosenCountry(url) || this.desk.release.first_country, this.#speech);
      case "specialists":
        // The page draws it itself (`phone/people.ts`), as it does with questions (`phone/questions.ts`).
        return this.later("respite-people", this.#speech.say("Looking up who is here"));
      case "consultation":
        return compose.consultation(await this.support(), this.#speech);
      case "questions":
        return this.later("respite-questions", this.#speech.say("Looking up what was asked"));
      case "question-topics":
        return "<respite-question-topics></respite-question-topics>";
      case "topic-options":
        return compose.topicOptions(await this.topicNames());
      case "support":
        return compose.support(await this.support(), this.#speech);
      case "crisis":
        return escaped(this.face.crisis_note);
      default:
        return "";
    }
  }

  private async articles(values: Readonly<Record<string, string>>): Promise<Row[]> {
    this.#articles ??= this.desk.library.articles(this.face.language);
    const rows = await this.#articles;
    const { topic, author } = values;
    return rows.filter(
      (row) =>
        (topic === undefined || words(row, "topics").includes(topic)) &&
        (author === undefined || words(row, "authors").includes(author)),
    );
  }

  private later(element: string, words: string): string {
    return `<${element} data-root="${this.face.root}"><p class="soft" role="status">${words}</p></${element}>`;
  }

  private list(rows: readonly Row[], url: URL): string {
    const { number, cards } = compose.cardsOf(rows, url.searchParams);
    return compose.articles(cards, number, rows.length, this.#speech);
  }

  private async topicNames(): Promise<compose.TopicName[]> {
    return (await this.all("topic")).map((row) => ({ slug: text(row, "slug"), title: row.title }));
  }

  /** Fill the banner slots among those of a page: each banner once, in the order of the page. */
  async banners(slots: readonly string[]): Promise<compose.Fills> {
    const wanted = slots.filter((slot) => compose.parse(slot).name === "banners");
    if (wanted.length === 0) return {};
    const rows = await this.all("banner");
    const places = wanted.map((slot) => readPlace(compose.parse(slot).words));
    const standing = arrange(
      rows.map((row) => row.data as unknown as Banner),
      places,
      this.desk.clock(),
    );
    const set = async (banner: Banner | null, at: number) =>
      banner ? compose.offer((await this.desk.library.text(banner.id)) ?? "", places[at]?.placement ?? "", banner.id) : "";
    const filled = await Promise.all(standing.map(set));
    return Object.fromEntries(wanted.map((slot, at) => [slot, filled[at] ?? ""]));
  }

  private async topics(): Promise<string> {
    const used = new Set((await this.articles({})).flatMap((row) => words(row, "topics")));
    const rows = (await this.all("topic")).filter((row) => used.has(text(row, "slug")));
    return compose.topics(rows.sort(byTitle).map((row) => row.card));
  }

  private lines(): Promise<compose.Helpline[]> {
    this.#lines ??= this.desk.library
      .all("helpline")
      .then((rows) => rows.map((row) => this.line(row)));
    return this.#lines;
  }

  /** Give a helpline, which is there once for all languages, in the words of this one. */
  private line(row: Row): compose.Helpline {
    const line = { ...(row.data as unknown as compose.Helpline), id: row.id, card: row.card };
    return { ...line, ...row.others?.[this.face.language] };
  }

  /** Give which of some conditions are true now. */
  async trueOf(conditions: readonly string[]): Promise<string[]> {
    if (conditions.length === 0) return [];
    const first = featured(await this.specialists(), this.desk.clock());
    const are = new Set([...first].map(([id, campaign]) => `featured/${id}/${campaign}`));
    return conditions.filter((condition) => are.has(condition));
  }

  private specialists(): Promise<Specialist[]> {
    const campaigns = ({ id, data }: Row) => ({ id, featured: (data.featured ?? []) as readonly Campaign[] });
    this.#specialists ??= this.desk.library.all("specialist").then((rows) => rows.map(campaigns));
    return this.#specialists;
  }

  /** Give everything of a kind that is written in the language of the page. */
  private async all(kind: string): Promise<Row[]> {
    return (await this.desk.library.all(kind)).filter((row) => row.language === this.face.language);
  }

  /** Find the page about the free consultation for clients, as the server's frame does. */
  private async support(): Promise<string> {
    const pages = (await this.all("page")).sort(byTitle);
    const isForClients = (row: Row) => row.data.type === "consultation" && row.data.audience !== "specialist";
    return pages.find(isForClients)?.path ?? "";
  }
}

function speechOf(face: Face): Speech {
  return speech(face.words, face.language);
}

/** Give where a page stands in other languages, as the feed has told it. */
function translationsOf(row: Row): readonly compose.Translation[] {
  const { translations } = row.data;
  return Array.isArray(translations) ? (translations as compose.Translation[]) : [];
}

/** Read which country somebody has asked for; "" where none, or something that is none. */
function chosenCountry(url: URL): string {
  const asked = (url.searchParams.get("country") ?? "").toUpperCase();
  return /^[A-Z]{2}$/.test(asked) ? asked : "";
}

function byTitle(a: Row, b: Row): number {
  const [one, other] = [a.title.toLowerCase(), b.title.toLowerCase()];
  return one === other ? newestFirst(a, b) : one < other ? -1 : 1;
}
