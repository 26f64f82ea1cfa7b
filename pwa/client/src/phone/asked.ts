/** The list of questions, where this phone makes it: drawn by the page, from the library, as the server draws it. */

import { libraryConnection } from "../library/database.js";
import { type Row, runsAt, text, words } from "../library/entries.js";
import { Library, newestFirst } from "../library/library.js";
import { language, many, say } from "../page/speech.js";
import { CARDS_ON_A_PAGE, type TopicName, articles, byName } from "../sw/compose.js";
import { escaped } from "../words/escape.js";
import { type Speech, speech } from "../words/speech.js";

/** Draw the choice of topics and the list in their places, as the address asks. */
export async function listAsked(places: Iterable<HTMLElement>): Promise<void> {
  const library = new Library(libraryConnection());
  const [rows, named] = await Promise.all([ofThisLanguage(library, "question"), ofThisLanguage(library, "topic")]);
  const now = Date.now();
  const asked = rows.filter((row) => runsAt(row, now)).sort(newestFirst);
  const topics = named.map((row) => ({ slug: text(row, "slug"), title: row.title }));
  const query = new URLSearchParams(location.search);
  const spoken = { language, many, say };
  for (const place of places) {
    // Made of what our server has drawn, with everything else escaped.
    place.innerHTML = place.dataset.part === "topics" ? choice(asked, topics, query, spoken) : list(asked, query, spoken);
  }
}

async function ofThisLanguage(library: Library, kind: string): Promise<Row[]> {
  return (await library.all(kind).catch(() => [])).filter((row) => row.language === language);
}

function list(asked: readonly Row[], query: URLSearchParams, spoken: Speech): string {
  const topic = query.get("topic") ?? "";
  const rows = asked.filter((row) => !topic || words(row, "topics").includes(topic));
  const pages = Math.max(1, Math.ceil(rows.length / CARDS_ON_A_PAGE));
  const number = Math.min(Math.max(Math.trunc(Number(query.get("page"))) || 1, 1), pages);
  const from = (number - 1) * CARDS_ON_A_PAGE;
  const cards = rows.slice(from, from + CARDS_ON_A_PAGE).map((row) => row.card);
  return questions(cards, number, rows.length, topic, spoken);
}

function choice(asked: readonly Row[], topics: readonly TopicName[], query: URLSearchParams, spoken: Speech): string {
  const counts = new Map<string, number>();
  for (const slug of asked.flatMap((row) => [...words(row, "topics")])) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  const named = topics.flatMap((one) => (counts.has(one.slug) ? [{ ...one, count: counts.get(one.slug) as number }] : []));
  return questionTopics(named, asked.length, query.get("topic") ?? "", spoken);
}

/** Set one page of questions' cards, of one topic or ("") of all. */
export function questions(cards: readonly string[], page: number, count: number, topic: string, spoken: Speech = speech()): string {
  const { say } = spoken;
  if (cards.length === 0) return `<p class="soft">${say("There is no question here yet.")}</p>`;
  return articles(cards, page, count, spoken, topic ? `topic=${topic}` : "");
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
