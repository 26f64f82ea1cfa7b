import assert from "node:assert/strict";
import { test } from "node:test";
import { type Face, faceOf } from "../src/sw/release.js";
import { speech } from "../src/words/speech.js";

const german = speech({ "Page %(page)s of %(pages)s": "Seite %(page)s von %(pages)s", "%(count)s result": ["%(count)s Treffer", "%(count)s Treffer insgesamt"] }, "de");

test("a text is said in the language whose words are given, with its values", () => {
  assert.equal(german.say("Page %(page)s of %(pages)s", { page: 2, pages: 3 }), "Seite 2 von 3");
});

test("a text that nobody has translated is said in English", () => {
  assert.equal(german.say("Retry"), "Retry");
  assert.equal(speech().say("Page %(page)s of %(pages)s", { page: 1, pages: 2 }), "Page 1 of 2");
});

test("one and many have their own forms", () => {
  assert.equal(german.many("%(count)s result", "%(count)s results", 1), "1 Treffer");
  assert.equal(german.many("%(count)s result", "%(count)s results", 4), "4 Treffer insgesamt");
  assert.equal(speech().many("%(count)s result", "%(count)s results", 0), "0 results");
});

test("a language that no browser knows counts as English does", () => {
  assert.equal(speech({}, "xb").many("%(count)s result", "%(count)s results", 1), "1 result");
});

test("the face of an address is that of the language it begins with", () => {
  const faces = [{ root: "" }, { root: "/de" }] as unknown as Face[];
  assert.equal(faceOf({ faces }, "/de/articles/").root, "/de");
  assert.equal(faceOf({ faces }, "/de").root, "/de");
  assert.equal(faceOf({ faces }, "/delight/").root, "");
  assert.equal(faceOf({ faces }, "/").root, "");
});
