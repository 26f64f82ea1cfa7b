import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Listed, askedIn, listed } from "../src/phone/finding.js";
import { type Specialist, featured, lot, order } from "../src/sw/specialists.js";

/** The folder of the vectors that the server's own list is tested on too; the build puts it here. */
declare const VECTORS: string;

interface Rules {
  lots: { day: string; id: string; lot: number }[];
  order: { name: string; people: Specialist[]; now: string; featured: [string, string][]; order: string[] }[];
}
interface Lists {
  listed: { name: string; rows: Listed[]; query: string; page: number; root: string; now: string; html: string }[];
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(`${VECTORS}/${name}.json`, "utf8")) as T;
}

const rules = read<Rules>("specialists");
const lists = read<Lists>("finding");

test("there are vectors of every kind", () => {
  assert.ok(rules.lots.length > 8 && rules.order.length > 10 && lists.listed.length > 12);
});

for (const { day, id, lot: drawn } of rules.lots) {
  test(`lot: ${day} ${id}`, () => assert.equal(lot(day, id), drawn));
}

for (const { name, people, now, featured: first, order: ids } of rules.order) {
  test(`specialists: ${name}`, () => {
    assert.deepEqual([...featured(people, Date.parse(now))], first);
    assert.deepEqual(order(people, Date.parse(now)).map(({ id }) => id), ids);
  });
}

for (const { name, rows, query, page, root, now, html } of lists.listed) {
  test(`list: ${name}`, () => {
    assert.equal(listed(rows, askedIn(new URLSearchParams(query)), root, Date.parse(now), page), html);
  });
}
