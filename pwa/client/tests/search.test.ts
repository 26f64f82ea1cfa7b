import "./platform.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { plain, search, searchResults } from "../src/sw/search.js";
import { synchronise } from "../src/library/sync.js";
import { Feed, newLibrary, newLocks, world } from "./feed.js";

async function library() {
  const feed = new Feed();
  const put = (id: string, title: string, summary: string, text: string) =>
    feed.put({ id, path: `/articles/${id}/`, title, html: `<main><p>${text}</p></main>`, card: `<i>${id}</i>`, data: { summary } });
  put("title", "Sleep and its enemies", "About the night", "Nothing here.");
  put("summary", "The long night", "How sleep comes", "Nothing here.");
  put("text", "Breathing", "One exercise", "It may help you <b>sleep</b>. Sleeping &amp; waking.");
  put("none", "Grief", "When somebody dies", "Asleepness is no word, and café is one.");
  const { library } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  return library;
}

test("a word is found at the beginnings of words, in titles before summaries before texts", async () => {
  const found = await search(await library(), "SLEEP");
  assert.deepEqual(found.map(({ id }) => id), ["title", "summary", "text"]);
});

test("every word must be somewhere", async () => {
  const found = await search(await library(), "night sleep");
  assert.deepEqual(found.map(({ id }) => id).sort(), ["summary", "title"]);
  assert.deepEqual(await search(await library(), "sleep grief"), []);
});

test("accents, marks and entities do not matter, tags are no words", async () => {
  const kept = await library();
  assert.deepEqual((await search(kept, "cafe")).map(({ id }) => id), ["none"]);
  assert.deepEqual(await search(kept, "main"), []);
  assert.equal(plain("<p>Crème&amp;brûlée &#x27;now&#x27;</p>"), "creme brulee now");
});

test("no words find nothing", async () => {
  assert.deepEqual(await search(await library(), " ?! "), []);
});

test("it says what was searched and how much was found", async () => {
  const kept = await library();
  assert.match(await searchResults(kept, "grief"), /1 result<.*>This has searched the 4 articles on this phone\.<.*<i>none<\/i>/s);
  assert.match(await searchResults(kept, "sleep"), /3 results</);
  assert.match(await searchResults(kept, "quantum"), /Nothing has these words/);
});
