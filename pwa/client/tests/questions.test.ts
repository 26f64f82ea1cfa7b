import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as compose from "../src/sw/compose.js";

declare const VECTORS: string;

interface Vectors {
  questions: { name: string; cards: string[]; page: number; count: number; topic: string; html: string }[];
  topics: { name: string; topics: (compose.TopicName & { count: number })[]; count: number; chosen: string; html: string }[];
  options: { name: string; topics: compose.TopicName[]; html: string }[];
  ways: { path: string; root: string; other: string }[];
}

const vectors = JSON.parse(readFileSync(`${VECTORS}/questions.json`, "utf8")) as Vectors;
const known = [
  { code: "en", root: "" },
  { code: "de", root: "/de" },
];

for (const { name, cards, page, count, topic, html } of vectors.questions) {
  test(`a list of questions: ${name}`, () => assert.equal(compose.questions(cards, page, count, topic), html));
}

for (const { name, topics, count, chosen, html } of vectors.topics) {
  test(`a choice of topics: ${name}`, () => assert.equal(compose.questionTopics(topics, count, chosen), html));
}

for (const { name, topics, html } of vectors.options) {
  test(`topics to choose for one's own: ${name}`, () => assert.equal(compose.topicOptions(topics), html));
}

test("the list and the form stand in every language at the same address, a question in its own", () => {
  for (const { path, root, other } of vectors.ways) {
    const ways = compose.ways(path, root, [], known);
    assert.equal(ways[root ? "en" : "de"], other, path);
  }
});
