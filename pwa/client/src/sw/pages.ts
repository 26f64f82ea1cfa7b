/** Pages made on this phone: what stands at an address, joined from the shell, its fragment and its fills. */

import { type Row, TOMBSTONE, runsAt, words } from "../library/entries.js";
import { type Library, newestFirst } from "../library/library.js";
import { type Banner, bannerTopics, chooseBanner } from "./banners.js";
import * as compose from "./compose.js";
import type { Release } from "./release.js";
import { searchResults } from "./search.js";

/** What pages are made of. */
export interface Desk {
  readonly library: Library;
  readonly release: Release;
  readonly clock: () => number;
  /** The page fetched whole when the worker was installed, where there is one. */
  readonly whole: (path: string) => Promise<Response | undefined>;
}

/** Make the page of an address, or null where this phone does not have it. */
export async function makePage(desk: Desk, url: URL): Promise<Response | null> {
  const path = normal(url.pathname);
  if (path === "/help/") return helpPage(desk, url);
  if (path === "/search/") return searchPage(desk, url);
  const row = await desk.library.at(path);
  if (row === null) return moved(desk, path, url);
  if (row.kind === TOMBSTONE) return gonePage(desk, row);
  if (!runsAt(row, desk.clock())) return gonePage(desk, { ...row, data: {} });
  const main = await desk.library.text(row.id);
  return main ? page(desk, path, row.title, main, url) : null;
}

/** Make the page that says that there is no connection. */
export function offlinePage(desk: Desk, url: URL): Promise<Response> {
  return page(desk, "/offline/", "No Internet Connection", desk.release.parts.offline, url, 503);
}

/** Addresses end in a slash, and are compared decoded. */
export function normal(pathname: string): string {
  let path = pathname;
  try {
    path = decodeURI(pathname);
  } catch {
    // A malformed escape is an address that we do not have.
  }
  return path.endsWith("/") ? path : `${path}/`;
}

async function helpPage(desk: Desk, url: URL): Promise<Response | null> {
  if ((await desk.library.count("helpline")) > 0) return page(desk, "/help/", "Help now", desk.release.parts.help, url);
  return (await desk.whole("/help/")) ?? null;
}

async function searchPage(desk: Desk, url: URL): Promise<Response | null> {
  const query = (url.searchParams.get("q") ?? "").trim();
  const fills = { query: compose.escape(query), results: query ? await searchResults(desk.library, query) : "" };
  return page(desk, "/search/", query ? `${query} · Search` : "Search", desk.release.parts.search, url, 200, fills);
}

async function moved(desk: Desk, path: string, url: URL): Promise<Response | null> {
  const row = await desk.library.formerlyAt(path);
  return row && row.kind !== TOMBSTONE ? Response.redirect(new URL(row.path, url).href, 302) : null;
}

async function gonePage(desk: Desk, row: Row): Promise<Response> {
  const fills = {
    reason: compose.escape(text(row.data.reason)),
    replacement: await replacement(desk, text(row.data.replacement_path)),
  };
  return page(desk, row.path, "No longer here", desk.release.parts.gone, new URL(row.path, self.location.href), 410, fills);
}

async function replacement(desk: Desk, path: string): Promise<string> {
  const row = path ? await desk.library.shownAt(path) : null;
  return row?.card ?? "";
}

async function page(
  desk: Desk,
  path: string,
  title: string,
  main: string,
  url: URL,
  status = 200,
  known: compose.Fills = {},
): Promise<Response> {
  const fills = { ...(await fillsOf(desk, main, url)), ...known };
  const head = compose.shortHead(title, path);
  const html = compose.join(desk.release.shell, head, main, fills, path, desk.clock());
  // The page's script is to know that nobody has been asked: see elements/offline.ts.
  const marked = html.replace(/<html\b/, `<html data-made-on="phone"`);
  return new Response(marked, {
    status,
    headers: {
      ...desk.release.headers,
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
    },
  });
}

/** Find what fills the slots of a fragment, and those within what fills them. */
async function fillsOf(desk: Desk, main: string, url: URL): Promise<compose.Fills> {
  const fills: Record<string, string> = {};
  const shelf = new Shelf(desk);
  const fill = async (slots: Iterable<string>) => {
    const missing = [...new Set(slots)].filter((slot) => !(slot in fills));
    const filled = await Promise.all(missing.map((slot) => shelf.fill(slot, url)));
    missing.forEach((slot, index) => (fills[slot] = filled[index] ?? ""));
  };
  await fill(compose.wanted(main));
  await fill(Object.values(fills).flatMap((filled) => [...compose.wanted(filled)]));
  return fills;
}

/** What was read from the library for one page, each thing once. */
class Shelf {
  #articles: Promise<Row[]> | null = null;
  #banners: Promise<Row[]> | null = null;
  #lines: Promise<compose.Helpline[]> | null = null;

  constructor(private readonly desk: Desk) {}

  async fill(slot: string, url: URL): Promise<string> {
    const { name, words: asked, values } = compose.parse(slot);
    switch (name) {
      case "banners":
        return this.banner(asked);
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
        return compose.countries(await this.lines(), chosenCountry(url) || this.desk.release.first_country);
      case "support":
        return compose.support(await this.support());
      case "crisis":
        return compose.escape(this.desk.release.crisis_note);
      default:
        return "";
    }
  }

  private async articles(values: Readonly<Record<string, string>>): Promise<Row[]> {
    this.#articles ??= this.desk.library.articles();
    const rows = await this.#articles;
    const { topic, author } = values;
    return rows.filter(
      (row) =>
        (topic === undefined || words(row, "topics").includes(topic)) &&
        (author === undefined || words(row, "authors").includes(author)),
    );
  }

  private list(rows: readonly Row[], url: URL): string {
    const pages = Math.max(1, Math.ceil(rows.length / compose.CARDS_ON_A_PAGE));
    const asked = Number(url.searchParams.get("page") ?? 1);
    const number = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
    const from = (number - 1) * compose.CARDS_ON_A_PAGE;
    const cards = rows.slice(from, from + compose.CARDS_ON_A_PAGE).map((row) => row.card);
    return compose.articles(cards, number, rows.length);
  }

  private async banner([placement = "", audience = "", topics = "-"]: readonly string[]): Promise<string> {
    this.#banners ??= this.desk.library.all("banner");
    const banners = (await this.#banners).map((row) => ({ ...(row.data as unknown as Banner), row }));
    const chosen = chooseBanner(banners, placement, audience, bannerTopics(topics), this.desk.clock());
    return chosen ? ((await this.desk.library.text(chosen.row.id)) ?? "") : "";
  }

  private async topics(): Promise<string> {
    const used = new Set((await this.articles({})).flatMap((row) => words(row, "topics")));
    const rows = (await this.desk.library.all("topic")).filter((row) => used.has(text(row.data.slug)));
    return compose.topics(rows.sort(byTitle).map((row) => row.card));
  }

  private lines(): Promise<compose.Helpline[]> {
    this.#lines ??= this.desk.library
      .all("helpline")
      .then((rows) => rows.map((row) => ({ ...(row.data as unknown as compose.Helpline), id: row.id, card: row.card })));
    return this.#lines;
  }

  /** Find the page about the free consultation for clients, as the server's frame does. */
  private async support(): Promise<string> {
    const pages = (await this.desk.library.all("page")).sort(byTitle);
    const isForClients = (row: Row) => row.data.type === "consultation" && row.data.audience !== "specialist";
    return pages.find(isForClients)?.path ?? "";
  }
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

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
