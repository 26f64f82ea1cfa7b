import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { asCompared, hasRiskWords } from "../src/words/risk.js";

declare const VECTORS: string;

interface Vectors {
  phrases: string[];
  compared: { text: string; compared: string }[];
  cases: { name: string; text: string; risk: boolean }[];
}

const { phrases, compared, cases } = JSON.parse(readFileSync(`${VECTORS}/risk.json`, "utf8")) as Vectors;

test("texts are compared as on the server", () => {
  for (const one of compared) assert.equal(asCompared(one.text), one.compared, one.text);
});

test("risk words are found as on the server", () => {
  for (const { name, text, risk } of cases) assert.equal(hasRiskWords(text, phrases), risk, name);
});
