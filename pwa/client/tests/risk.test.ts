import "./platform.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { hasRisk } from "../src/writing/risk.js";

const PHRASES = ["no way out", "harm*", "end it"];

const texts: [string, boolean][] = [
  ["I see no way out.", true],
  ["I see NO\nWAY… out", true],
  ["There is no other way out", false],
  ["I am harming myself", true],
  ["It is harmless", true],
  ["a charm", false],
  ["Let us end item two", false],
  ["end it", true],
  ["", false],
];
for (const [text, expected] of texts) {
  test(`${JSON.stringify(text)} ${expected ? "has" : "has not"} one of the phrases`, () => assert.equal(hasRisk(text, PHRASES), expected));
}

test("where there are no phrases, none is found", () => {
  assert.equal(hasRisk("no way out", []), false);
  assert.equal(hasRisk("no way out", ["", "*"]), false);
});
