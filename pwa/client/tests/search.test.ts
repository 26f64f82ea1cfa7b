import "./platform.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { libraryConnection } from "../src/library/database.js";
import { Library } from "../src/library/library.js";
import { synchronise } from "../src/library/sync.js";
import { draw } from "../src/search/drawing.js";
import { type Answer, Finder, type Query } from "../src/search/finder.js";
import { Keeper, toJoin } from "../src/search/keeper.js";
import { Builder, MOST_DOCS, Segment } from "../src/search/segment.js";
import { isIndexDue } from "../src/search/state.js";
import { Store } from "../src/search/store.js";
import { speech } from "../src/words/speech.js";
import { Feed, newLocks, world } from "./feed.js";

const still = () => Promise.resolve();
let phones = 0;

/** A phone with a library and an index of it, in databases of its own. */
class Phone {
  readonly feed = new Feed();
  readonly name = `search-${++phones}`;
  readonly connection = libraryConnection(`${this.name}-library`);
  readonly library = new Library(this.connection);
  store = new Store(this.name);
  keeper = new Keeper(this.connection, this.store, still);

  async sync(): Promise<void> {
    await synchronise(world(this.library, this.feed), newLocks());
  }

  async refresh(): Promise<void> {
    await this.sync();
    await this.keeper.refresh();
  }

  /** Begin anew, as a page that is opened does. */
  restart(breathe: () => Promise<void> = still): void {
    this.keeper = new Keeper(this.connection, this.store, breathe);
  }

  answer(query: string, more: Partial<Query> = {}, keeper = this.keeper): Promise<Answer> {
    return new Finder(this.connection, keeper, () => Date.now()).answer({ query, language: "en", root: "", limit: 50, ...more });
  }

  async found(query: string, more: Partial<Query> = {}): Promise<string[]> {
    const { hits } = await this.answer(query, more);
    return hits.map(({ path }) => path.split("/")[2] ?? "");
  }

  put(id: string, title: string, text: string, more: { summary?: string; topics?: string[]; kind?: string; language?: string } = {}): void {
    const { summary = "", topics = [], kind = "article", language = "en" } = more;
    const html = `<main><article><header><p class="kicker"><a href="/topics/">${topics.join(" ")}</a></p><h1>${title}</h1><p class="lede">${summary}</p></header><div class="prose"><p>${text}</p></div></article></main>`;
    this.feed.put({ id, kind, language, path: `/articles/${id}/`, title, html, card: `<i>${id}</i>`, data: { summary, topics } });
  }
}

async function small(): Promise<Phone> {
  const phone = new Phone();
  phone.put("text", "Breathing", "It may help you <b>sleep</b>. Sleeping &amp; waking.", { summary: "One exercise" });
  phone.put("keyword", "The long night", "Nothing here.", { summary: "How sleep comes" });
  phone.put("beginning", "Sleeping rough", "Nothing here.");
  phone.put("title", "Sleep and its enemies", "Nothing here, and much more of the same.", { summary: "About the night" });
  phone.put("none", "Grief", "Asleepness is no word, and café is one.", { summary: "When somebody dies" });
  await phone.refresh();
  return phone;
}

test("a word is found at the beginnings of words, in titles before summaries before texts, whole before begun", async () => {
  assert.deepEqual(await (await small()).found("SLEEP"), ["title", "beginning", "keyword", "text"]);
});

test("topics are searched, and weigh as much as summaries", async () => {
  const phone = new Phone();
  phone.put("text", "One", "About sleep. ".repeat(20));
  phone.put("topic", "Two", "Nothing.", { topics: ["sleep"] });
  await phone.refresh();
  assert.deepEqual(await phone.found("sleep"), ["topic", "text"]);
});

test("every word must be somewhere, a phrase in quotes word for word", async () => {
  const phone = await small();
  assert.deepEqual((await phone.found("night sleep")).sort(), ["keyword", "title"]);
  assert.deepEqual(await phone.found("sleep grief"), []);
  assert.deepEqual(await phone.found('"its enemies"'), ["title"]);
  assert.deepEqual(await phone.found('"enemies its"'), []);
  // A phrase does not run on from a title into a summary.
  assert.deepEqual(await phone.found('"enemies about"'), []);
});

test("accents, umlauts and entities do not matter, tags are no words", async () => {
  const phone = new Phone();
  phone.put("a", "Ängste überwinden", "Über Müdigkeit und ein Café &amp; mehr.", { language: "de" });
  await phone.refresh();
  for (const query of ["angste", "ÄNGSTE", "mudigkeit", "cafe mehr", "uber"]) {
    assert.deepEqual(await phone.found(query, { language: "de" }), ["a"], query);
  }
  assert.deepEqual(await phone.found("main", { language: "de" }), []);
  assert.deepEqual(await phone.found("angste"), [], "in another language");
  const { hits } = await phone.answer("angste", { language: "de" });
  assert.equal(hits[0]?.titleHtml, "<mark>Ängste</mark> überwinden");
});

test("one letter finds nothing, and neither do signs", async () => {
  const phone = await small();
  for (const query of ["s", " ?! ", ""]) assert.equal((await phone.answer(query)).total, 0, query);
});

test("slips are put right where nothing has the word, and it can be insisted on", async () => {
  const phone = await small();
  const answer = await phone.answer("enmeies");
  assert.equal(answer.shownFor, "enemies");
  assert.deepEqual(answer.hits.map(({ path }) => path), ["/articles/title/"]);
  assert.equal((await phone.answer("enmeies", { exact: true })).total, 0);
  assert.equal((await phone.answer("xyzzyq")).shownFor, "xyzzyq");
});

test("a slip is put right in the spelling that the language has", async () => {
  const phone = new Phone();
  phone.put("a", "Schlafstörungen", "Was hilft.", { language: "de" });
  await phone.refresh();
  assert.equal((await phone.answer("schlafstroungen", { language: "de" })).shownFor, "schlafstörungen");
});

test("of words that are here, but not together, each is offered", async () => {
  assert.deepEqual((await (await small()).answer("breathing enemies")).knownWords, ["breathing", "enemies"]);
});

test("a far more common word is offered beside few results", async () => {
  const phone = new Phone();
  for (let number = 0; number < 12; number++) phone.put(`a${number}`, `Number ${number}`, "On therapists.");
  phone.put("slip", "A slip", "On therapits.");
  await phone.refresh();
  assert.equal((await phone.answer("therapits")).didYouMean, "therapists");
});

test("kinds and topics are counted, and chosen among", async () => {
  const phone = await small();
  phone.put("page", "Sleep at sea", "Sleep.", { kind: "page" });
  phone.put("more", "More sleep", "Sleep.", { topics: ["night", "sea"] });
  phone.feed.put({ id: "night", kind: "topic", path: "/topics/night/", title: "Night", html: "<main><h1>Night</h1></main>", data: { slug: "night" } });
  await phone.refresh();
  const answer = await phone.answer("sleep");
  assert.deepEqual(answer.kinds, [["article", 5], ["page", 1]]);
  assert.deepEqual(answer.topics, [{ slug: "night", title: "Night", count: 1 }]);
  assert.deepEqual(await phone.found("sleep", { kind: "page" }), ["page"]);
  assert.deepEqual(await phone.found("sleep", { topic: "night" }), ["more"]);
  assert.equal((await phone.answer("sleep", { kind: "page" })).total, 6);
});

test("an excerpt shows the place, and the result opens there", async () => {
  const phone = new Phone();
  const html = `<main><article><div class="prose"><section><p>Nothing yet.</p></section><section><h2 id="safe">Safety first</h2><p>${"Some words go before. ".repeat(20)}A secure base &lt;here&gt;.</p></section><section><h2 id="end">The end</h2><p>Secure again.</p></section></div></article></main>`;
  phone.feed.put({ id: "a", path: "/articles/a/", title: "A", html });
  await phone.refresh();
  const [hit] = (await phone.answer("secure base")).hits;
  assert.equal(hit?.path, "/articles/a/#safe");
  assert.equal(hit?.heading, "Safety first");
  assert.equal(hit?.more, 1);
  assert.match(hit?.excerptHtml ?? "", /A <mark>secure<\/mark> <mark>base<\/mark> &lt;here&gt;\.$/);
});

test("what has not begun or has ended is not found", async () => {
  const phone = new Phone();
  const running = { kind: "page", title: "Open day", html: "<main><p>Open day</p></main>" };
  phone.feed.put({ ...running, id: "past", path: "/a/past/", ends_at: "2020-01-01T00:00:00Z" });
  phone.feed.put({ ...running, id: "now", path: "/a/now/", starts_at: "2020-01-01T00:00:00Z", ends_at: "2999-01-01T00:00:00Z" });
  await phone.refresh();
  assert.deepEqual(await phone.found("open day"), ["now"]);
});

test("before it is read, titles and summaries are searched, and it says so", async () => {
  const phone = await small();
  phone.store = new Store(`${phone.name}-again`);
  let during: Answer | null = null;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  phone.restart(() => held);
  const told = new Promise<void>((resolve) => void phone.keeper.refresh(() => resolve()).catch(() => undefined));
  letGo();
  await told;
  during = await phone.answer("sleep");
  assert.deepEqual(during.hits.map(({ path }) => path), ["/articles/title/", "/articles/beginning/", "/articles/keyword/"]);
  assert.equal(during.progress.waiting, 5);
  assert.match(draw(during, speech(), { root: "" }), /only titles and summaries/);
});

test("before it is read, all titles are searched, of however large a library", async () => {
  const phone = new Phone();
  for (let number = 0; number <= MOST_DOCS; number += 1) phone.put(`n${number}`, `Title ${number}`, "Nothing here.");
  phone.put("de", "Titel", "Nichts.", { language: "de" });
  await phone.sync();
  const nobodyReads = () => Promise.resolve();
  await phone.keeper.refresh(() => undefined, nobodyReads);
  for (const number of [0, MOST_DOCS]) assert.deepEqual(await phone.found(`"title ${number}"`), [`n${number}`]);
  assert.deepEqual(await phone.found("titel", { language: "de" }), ["de"]);
});

test("what is here without its text is found by its title, and it says so", async () => {
  const phone = await small();
  await phone.connection.use((database) => database.delete("pages", "text"));
  await phone.keeper.refresh();
  const answer = await phone.answer("breathing exercise");
  assert.deepEqual(answer.hits.map(({ path }) => path), ["/articles/text/"]);
  assert.equal((await phone.answer("waking")).total, 0);
  assert.match(draw(answer, speech(), { root: "" }), /Of 1 page only the title is on this phone\./);
});

test("it says what was searched and how much was found, and that nothing was sent", async () => {
  const phone = await small();
  const html = draw(await phone.answer("sleep"), speech(), { root: "" });
  assert.match(html, />4 results<.*Searched on this phone; nothing was sent\./s);
  assert.match(draw(await phone.answer("xyzzyq"), speech(), { root: "" }), /Nothing has all of these words.*Help now/s);
});

test("what is found is escaped", async () => {
  const phone = new Phone();
  phone.put("a", "&lt;img src=x onerror=alert(1)>", "&lt;script>alert(1)&lt;/script> sleep");
  phone.feed.put({ id: "b", path: '/articles/"onfocus="x/', title: '<b>"sleep"</b>', html: "<main><h2 id='x'>&lt;i&gt;</h2><p>sleep</p></main>" });
  await phone.refresh();
  const html = draw(await phone.answer('sleep <u>"'), speech(), { root: "" }) + draw(await phone.answer("sleep"), speech(), { root: "" });
  assert.doesNotMatch(html, /<(?:img|script|u|b>"|i)\b/);
  assert.doesNotMatch(html, /"onfocus/);
});

test("an index is due after a change, and not after it was made", async () => {
  const phone = await small();
  assert.equal(await isIndexDue(phone.connection), false);
  phone.feed.publish("later");
  await phone.sync();
  assert.equal(await isIndexDue(phone.connection), true);
  await phone.keeper.refresh();
  assert.equal(await isIndexDue(phone.connection), false);
});

const WORDS = "sleep night worry breath base secure calm grief talk walk rest dream help hope".split(" ");

/** Random numbers that are the same in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

test("an index kept through changes, deaths and restarts finds what one made from nothing finds", async () => {
  for (let seed = 1; seed <= 6; seed++) {
    const next = random(seed);
    const pick = <T>(some: readonly T[]): T => some[Math.floor(next() * some.length)] as T;
    const sentence = () => Array.from({ length: 12 }, () => pick(WORDS)).join(" ");
    const phone = new Phone();
    phone.feed.pageLength = 40;
    for (let step = 0; step < 12; step++) {
      for (let change = Math.floor(next() * 60); change >= 0; change--) {
        const id = `a${Math.floor(next() * 150)}`;
        if (next() < 0.25) phone.feed.withdraw(id);
        else phone.put(id, `${pick(WORDS)} ${id}`, sentence(), { topics: [pick(WORDS)], language: next() < 0.3 ? "de" : "en" });
      }
      if (next() < 0.1) phone.feed.restore("a1", "a2", "a3");
      await phone.sync();
      if (next() < 0.3) {
        // The page is left at some moment of the work.
        let turns = Math.floor(next() * 80);
        phone.restart(() => (turns-- > 0 ? still() : Promise.reject(new Error("left"))));
        await phone.keeper.refresh().catch(() => undefined);
        phone.restart();
      }
      await phone.keeper.refresh();
      const fresh = new Keeper(phone.connection, new Store(`${phone.name}-${step}`), still);
      await fresh.refresh();
      for (const language of ["en", "de"]) {
        for (const query of [pick(WORDS), `${pick(WORDS)} ${pick(WORDS)}`, `"${pick(WORDS)} ${pick(WORDS)}"`, pick(WORDS).slice(0, 2)]) {
          const [kept, made] = await Promise.all([phone.answer(query, { language }), phone.answer(query, { language }, fresh)]);
          const ids = ({ hits }: Answer) => hits.map(({ path }) => path).sort();
          assert.deepEqual([kept.total, kept.kinds], [made.total, made.kinds], `${seed} ${step} ${query}`);
          if (kept.total <= 50) assert.deepEqual(ids(kept), ids(made), `${seed} ${step} ${query}`);
        }
      }
      assert.ok(phone.keeper.pieces <= 12, `${phone.keeper.pieces} pieces`);
    }
  }
});

test("pieces of one size are joined, and those that are mostly gone are written anew", async () => {
  const piece = async (docs: number, gone = 0, language = "en") => {
    const builder = new Builder(language);
    for (let id = 0; id < docs; id++) {
      builder.add({ id: `${id}`, kind: "article", version: "1", topics: [], starts_at: null, ends_at: null, published: 0, hasText: true, title: "A", keywords: "", text: "b c" });
    }
    return new Segment(await builder.build(still), new Set(Array.from({ length: gone }, (_, at) => at)));
  };
  const pieces = async (...some: [number, number?, string?][]) =>
    new Map(await Promise.all(some.map(async (one, at) => [at, await piece(...one)] as const)));
  assert.deepEqual(toJoin(await pieces([60], [3], [60], [1])), [0, 1, 2, 3]);
  assert.deepEqual(toJoin(await pieces([60], [3], [60], [1, 0, "de"])), []);
  assert.deepEqual(toJoin(await pieces([60], [250], [1000], [60, 20])), [3]);
  assert.deepEqual(toJoin(await pieces([3000], [3000], [3000], [3000])), []);
});
