/**
 * The list of questions, where this phone makes it: drawn by the page, from the library, as the server draws it. Which
 * topic it is of stands in the page's address.
 */

import { libraryConnection } from "../library/database.js";
import { type Row, runsAt, text, words } from "../library/entries.js";
import { Library, newestFirst } from "../library/library.js";
import { language, many, say } from "../page/speech.js";
import * as compose from "../sw/compose.js";

/** Draw the list in its place, which says meanwhile that it is being looked for, and above it the choice of topics. */
export async function listQuestions(place: Element): Promise<void> {
  const library = new Library(libraryConnection());
  const [rows, topics] = await Promise.all([written(library, "question"), written(library, "topic")]);
  const now = Date.now();
  const asked = rows.filter((row) => runsAt(row, now)).sort(newestFirst);
  const query = new URLSearchParams(location.search);
  const topic = query.get("topic") ?? "";
  const found = asked.filter((row) => !topic || words(row, "topics").includes(topic));
  const { number, cards } = compose.cardsOf(found, query);
  const speech = { language, many, say };
  // Made of what our server has drawn, with everything else escaped.
  const choice = document.querySelector("respite-question-topics");
  if (choice) choice.outerHTML = compose.questionTopics(counted(asked, topics), asked.length, topic, speech);
  place.outerHTML = compose.fill(compose.questions(cards, number, found.length, topic, speech), {}, now);
}

/** Give everything of a kind that is written in the language of the page; nothing where this phone cannot say. */
async function written(library: Library, kind: string): Promise<Row[]> {
  return (await library.all(kind).catch(() => [])).filter((row) => row.language === language);
}

/** Give the topics of some questions, and how many are about each. */
function counted(asked: readonly Row[], topics: readonly Row[]): (compose.TopicName & { count: number })[] {
  return topics
    .map((row) => ({ slug: text(row, "slug"), title: row.title }))
    .map((named) => ({ ...named, count: asked.filter((row) => words(row, "topics").includes(named.slug)).length }))
    .filter(({ count }) => count > 0);
}
