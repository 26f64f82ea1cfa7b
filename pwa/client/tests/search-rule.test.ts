import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { excerptOf, marked, readable } from "../src/search/marks.js";
import { readPage, readText } from "../src/search/passages.js";
import { type Promotion, choosePromotions, promoted } from "../src/search/promotions.js";
import { type Term, distance, plain, termsOf } from "../src/search/words.js";

declare const VECTORS: string;

interface Rule {
  plain: { text: string; plain: string }[];
  terms: { query: string; terms: Term[] }[];
  distances: { one: string; other: string; most: number; distance: number }[];
  marked: { text: string; query: string; html: string }[];
  excerpts: { text: string; query: string; html: string }[];
}

function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(`${VECTORS}/${name}.json`, "utf8")) as T;
}

const rule = vectors<Rule>("search");

test("words are compared as on the server", () => {
  for (const one of rule.plain) assert.equal(plain(one.text), one.plain, one.text);
});

test("a query has the terms that it has on the server", () => {
  for (const { query, terms } of rule.terms) assert.deepEqual(termsOf(query), terms, query);
});

test("slips are counted as on the server", () => {
  for (const one of rule.distances) assert.equal(distance(one.one, one.other, one.most), one.distance, `${one.one} ${one.other}`);
});

test("what was asked for is marked, and cut out, as on the server", () => {
  for (const { text, query, html } of rule.marked) assert.equal(marked(text, termsOf(query)), html, text);
  for (const { text, query, html } of rule.excerpts) assert.equal(excerptOf(readable(text), termsOf(query)).html, html, query);
});

test("what editors put first is chosen as on the server", () => {
  const { promotions, cases } = vectors<{ promotions: Promotion[]; cases: { name: string; query: string; chosen: string[] }[] }>("promotions");
  for (const { name, query, chosen } of cases) {
    assert.deepEqual(choosePromotions(promotions, [query]).map(({ id }) => id), chosen, name);
  }
});

test("help does not hang on spelling", () => {
  const help = { id: "help", is_help: true, priority: 0, phrases: ["suicid*", "self harm"] };
  const other = { id: "other", is_help: false, priority: 9, phrases: ["therap*"] };
  assert.deepEqual(promoted([other, help], ["sucied"]), []);
  assert.deepEqual(promoted([other, help], ["suiciide"]).map(({ id }) => id), ["help"]);
  assert.deepEqual(promoted([other, help], ["therapy siucide"]).map(({ id }) => id), ["help", "other"]);
});

const PAGE = `<main id="main"><article class="article"><header class="stack">
<p class="kicker"><a href="/topics/sleep/">Sleep</a></p><h1>When sleep will not come</h1><p class="lede">About nights &amp; mornings.</p>
<div class="byline"><ul class="people"><li><span class="arch" aria-hidden="true">AB</span><span class="fine">Written by</span> <b>Ada Bell</b></li></ul>
<dl class="facts"><div><dt>Published</dt><dd>1 May</dd></div></dl></div><respite-on-phone path="/a/"></respite-on-phone><aside class="note"><h2 id="content-note">Content note</h2><p>Of loss.</p></aside></header>
<nav class="contents"><a href="#one">One</a></nav><div class="prose"><section><p>Before <em>any</em>thing&#x27;s said.</p></section>
<section aria-labelledby="one"><h2 id="one">Lying awake</h2><p>The clock<br>ticks <span class="citation" id="cite-1">(<a href="#ref-9">Bowlby, 1988</a>)</span>.</p></section>
<section aria-labelledby="references"><h2 id="references">References</h2><ol class="refs"><li id="ref-9"><p class="work">Bowlby, J. (1988).</p>
<p class="fine"><b>Why it is here.</b> A safe start.</p><div class="cited-in"><p class="fine">Where this is cited</p></div></li></ol>
<p class="fine">Links leave Respite.</p></section><section class="share" aria-labelledby="share"><h2 id="share">Share</h2></section>
<!--slot:banners article_end client --><section aria-labelledby="read-next"><h2 id="read-next">Read next</h2><p>Another</p></section></div></article></main>`;

test("a page is read under its headings, without what works, leads elsewhere or is the same everywhere", () => {
  assert.deepEqual(readPage(PAGE), {
    keywords: "Sleep About nights & mornings. Ada Bell",
    passages: [
      { anchor: "content-note", heading: "Content note", text: "Content note Of loss." },
      { anchor: "", heading: "", text: "Before anything's said." },
      { anchor: "one", heading: "Lying awake", text: "Lying awake The clock ticks (Bowlby, 1988)." },
      { anchor: "references", heading: "References", text: "References" },
      { anchor: "ref-9", heading: "References", text: "Bowlby, J. (1988). Why it is here. A safe start." },
    ],
  });
});

test("what a page is called and leads to is not what it says", () => {
  const page = '<main><header><p class="kicker">Topic</p><h1>Sleep</h1><p class="lede">Nights.</p></header><p class="onward"><a href="/">All</a></p></main>';
  assert.deepEqual(readPage(page), { keywords: "Nights.", passages: [] });
});

test("a broken piece of HTML is read as far as it goes", () => {
  assert.equal(readText("<p>One < two <b>three</p><i>four"), "One < two three four");
  assert.equal(readText("&lt;b&gt; &#65;&nbsp;&unknown;"), "<b> A &unknown;");
});
