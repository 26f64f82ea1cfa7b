import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Banner, chooseBanner } from "../src/sw/banners.js";
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

function read<T>(name: string): T {
  return JSON.parse(readFileSync(`${VECTORS}/${name}.json`, "utf8")) as T;
}

const vectors = read<Vectors>("compose");
const choices = read<Choice[]>("banners");

test("there are vectors of every kind", () => {
  assert.ok(vectors.join.length > 5 && vectors.fills.length > 5 && vectors.heads.length > 1 && choices.length > 10);
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

for (const { title, path, head } of vectors.heads) {
  test(`head: ${title}`, () => assert.equal(compose.shortHead(title, path), head));
}

for (const { name, banners, placement, audience, topics, now, chosen } of choices) {
  test(`banner: ${name}`, () => {
    assert.equal(chooseBanner(banners, placement, audience, topics, Date.parse(now))?.id ?? null, chosen);
  });
}

test("what fills a slot is taken as it is, dollar signs and slots of the shell included", () => {
  const page = compose.join("<!--slot:head--><!--slot:main-->", "", "<main>$& $1 <!--slot:head--></main>", {}, "/", 0);
  assert.equal(page, "<main>$& $1 </main>");
});

test("no slot is filled from what every object has", () => {
  assert.equal(compose.fill("<main><!--slot:constructor--></main>", {}, 0), "<main></main>");
});
