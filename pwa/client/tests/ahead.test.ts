/** The beginning of an article goes ahead of the rest, and nothing of either is lost. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { aheadOfTheRest, endOfBeginning } from "../src/sw/ahead.js";

const section = (number: number) => `<section><p>Section ${number}, “quoted”</p></section>`;
const article = (sections: number) =>
  `<main><section>before the text</section><div class="prose">${Array.from({ length: sections }, (_, at) => section(at + 1)).join("")}</div></main>`;

test("an article's beginning ends before its fourth section", () => {
  const html = article(6);
  assert.ok(html.slice(endOfBeginning(html)).startsWith(section(4)));
});

test("a short article and a page that is none are sent whole", () => {
  assert.equal(endOfBeginning(article(3)), -1);
  assert.equal(aheadOfTheRest("<main><section>a</section></main>"), "<main><section>a</section></main>");
});

test("the beginning comes first, then the rest, and together they are the page", async () => {
  const html = article(6);
  const reader = new Response(aheadOfTheRest(html)).body?.pipeThrough(new TextDecoderStream()).getReader();
  const first = await reader?.read();
  assert.equal(first?.value, html.slice(0, endOfBeginning(html)));
  let rest = "";
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) rest += read.value;
  assert.equal(`${first?.value}${rest}`, html);
});

test("whoever goes away meanwhile is sent nothing more", async () => {
  const body = new Response(aheadOfTheRest(article(6))).body;
  await body?.cancel();
});
