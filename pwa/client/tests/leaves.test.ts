/** The rule for further pages of one thing, on the vectors that the server is tested on too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { belongs, leafOf } from "../src/library/leaves.js";

/** The folder of the vectors; the build puts it here. */
declare const VECTORS: string;

interface Vectors {
  leaves: { name: string; html: string; leaf: string; main: string }[];
  belongs: { path: string; base: string; leaf: string }[];
}

const vectors = JSON.parse(readFileSync(`${VECTORS}/leaves.json`, "utf8")) as Vectors;

test("there are vectors of both kinds", () => assert.ok(vectors.leaves.length > 4 && vectors.belongs.length > 4));

for (const { name, html, leaf, main } of vectors.leaves) test(`leaf: ${name}`, () => assert.equal(leafOf(html, leaf), main));

for (const { path, base, leaf } of vectors.belongs) test(`belongs: ${path}`, () => assert.deepEqual(belongs(path), [base, leaf]));
