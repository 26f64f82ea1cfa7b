import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Banner, arrange, byRank, choose, readPlace } from "../src/sw/banners.js";
import * as compose from "../src/sw/compose.js";

/** The folder of the vectors that the server's own joining is tested on too; the build puts it here. */
declare const VECTORS: string;

interface Joined {
  name: string;
  shell: string;
  head: string;
  main: string;
  fills: Record<string, string>;
  path: string;
  now: string;
  page: string;
}
type Filled = { name: string; html: string } & (
  | { kind: "latest" | "topics"; cards: string[] }
  | { kind: "articles"; cards: string[]; page: number; count: number }
  | { kind: "helplines"; lines: compose.Helpline[]; first: string }
);
interface Vectors {
  join: Joined[];
  wanted: { html: string; slots: string[] }[];
  fills: Filled[];
  heads: { title: string; path: string; head: string }[];
  countries: { name: string; lines: compose.Helpline[]; chosen: string; html: string }[];
  support: { name: string; path: string; html: string }[];
  consultation: { name: string; path: string; html: string }[];
  ways: {
    name: string;
    path: string;
    root: string;
    translations: compose.Translation[];
    known: compose.Language[];
    ways: Record<string, string>;
  }[];
  languages: { name: string; here: string; ways: Record<string, string>; known: compose.Language[]; html: string }[];
  offers: { name: string; banner_html: string; placement: string; banner: string; html: string }[];
}
interface Choice {
  name: string;
  banners: Banner[];
  placement: string;
  audience: string;
  topics: string[];
  now: string;
  chosen: string | null;
}
interface Arranged {
  name: string;
  banners: Banner[];
  slots: string[];
  now: string;
  stand: (string | null)[];
}
interface Rules {
  choose: Choice[];
  pages: Arranged[];
  order: { name: string; banners: Banner[]; order: string[] }[];
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(`${VECTORS}/${name}.json`, "utf8")) as T;
}

const vectors = read<Vectors>("compose");
const rules = read<Rules>("banners");

test("there are vectors of every kind", () => {
  assert.ok(vectors.join.length > 5 && vectors.fills.length > 5 && vectors.heads.length > 1);
  assert.ok(rules.choose.length > 20 && rules.pages.length > 5 && rules.order.length > 1 && vectors.offers.length > 1);
});

for (const { name, shell, head, main, fills, path, now, page } of vectors.join) {
  test(`join: ${name}`, () => {
    assert.equal(compose.join(shell, head, main, fills, path, Date.parse(now)), page);
  });
}

for (const { html, slots } of vectors.wanted) {
  test(`wanted: ${slots.length} slots`, () => assert.deepEqual(compose.wanted(html), slots));
}

for (const vector of vectors.fills) {
  test(`fills: ${vector.name}`, () => {
    assert.equal(draw(vector), vector.html);
  });
}

function draw(vector: Filled): string {
  switch (vector.kind) {
    case "latest":
      return compose.latest(vector.cards);
    case "topics":
      return compose.topics(vector.cards);
    case "articles":
      return compose.articles(vector.cards, vector.page, vector.count);
    case "helplines":
      return compose.helplines(vector.lines, vector.first);
  }
}

for (const { name, lines, chosen, html } of vectors.countries) {
  test(`countries: ${name}`, () => assert.equal(compose.countries(lines, chosen), html));
}

for (const { name, path, html } of vectors.support) {
  test(`support: ${name}`, () => assert.equal(compose.support(path), html));
}

for (const { name, path, html } of vectors.consultation) {
  test(`consultation: ${name}`, () => assert.equal(compose.consultation(path), html));
}

for (const { name, path, root, translations, known, ways } of vectors.ways) {
  test(`ways: ${name}`, () => assert.deepEqual(compose.ways(path, root, translations, known), ways));
}

for (const { name, here, ways, known, html } of vectors.languages) {
  test(`languages: ${name}`, () => assert.equal(compose.languages(here, ways, known), html));
}

for (const { title, path, head } of vectors.heads) {
  test(`head: ${title}`, () => assert.equal(compose.shortHead(title, path), head));
}

for (const { name, banner_html, placement, banner, html } of vectors.offers) {
  test(`offer: ${name}`, () => assert.equal(compose.offer(banner_html, placement, banner), html));
}

for (const { name, banners, placement, audience, topics, now, chosen } of rules.choose) {
  test(`banner: ${name}`, () => {
    assert.equal(choose(banners, { placement, audience, topics }, Date.parse(now))?.id ?? null, chosen);
  });
}

for (const { name, banners, slots, now, stand } of rules.pages) {
  test(`banners of a page: ${name}`, () => {
    const places = slots.map((slot) => readPlace(slot.split(" ")));
    assert.deepEqual(arrange(banners, places, Date.parse(now)).map((banner) => banner?.id ?? null), stand);
  });
}

for (const { name, banners, order } of rules.order) {
  test(`order of banners: ${name}`, () => assert.deepEqual([...banners].sort(byRank).map(({ id }) => id), order));
}

test("what fills a slot is taken as it is, dollar signs and slots of the shell included", () => {
  const page = compose.join("<!--slot:head--><!--slot:main-->", "", "<main>$& $1 <!--slot:head--></main>", {}, "/", 0);
  assert.equal(page, "<main>$& $1 </main>");
});

test("no slot is filled from what every object has", () => {
  assert.equal(compose.fill("<main><!--slot:constructor--></main>", {}, 0), "<main></main>");
});
