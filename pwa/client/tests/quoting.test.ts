import "./platform.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { find, quote } from "../src/own/quoting.js";

const TEXT = "Rest is not a reward. Sleep is not a reward either, and rest is not a test. Be kind to what you find.";

function quoteOf(words: string, after = 0) {
  const at = TEXT.indexOf(words, after);
  return quote(TEXT, at, at + words.length);
}

test("words are found where they were", () => {
  const words = quoteOf("Sleep is not a reward");
  assert.deepEqual(find(TEXT, words), [22, 43]);
});

test("white space at the ends is no part of a quote", () => {
  assert.equal(quote("a word here", 1, 7).exact, "word");
  assert.equal(quote("a word here", 1, 2).exact, "");
});

test("of words that stand in several places, those in the same surroundings are found, also after a change before them", () => {
  const second = quoteOf("is not a", 30);
  const changed = `A new beginning, which is not a small one. ${TEXT}`;
  const [start] = find(changed, second) ?? [];
  assert.equal(changed.slice((start ?? 0) - 5, start), "rest ");
  assert.notEqual(start, changed.indexOf("is not a"));
});

test("words in a text that lost everything around them are still found", () => {
  const words = quoteOf("Be kind to what you find.");
  assert.deepEqual(find("Quite another text. Be kind to what you find.", words), [20, 45]);
});

test("words that are gone are not found somewhere else", () => {
  assert.equal(find("Rest is a reward.", quoteOf("Sleep is not a reward")), null);
  assert.equal(find(TEXT, { exact: "", prefix: "", suffix: "" }), null);
});

test("letters of two units are found whole", () => {
  const text = "A \u{1F319} moon and a \u{1F319} moon again";
  const at = text.lastIndexOf("\u{1F319}");
  const [start, end] = find(text, quote(text, at, at + 2)) ?? [0, 0];
  assert.equal(text.slice(start, end), "\u{1F319}");
  assert.equal(start, at);
});
