import assert from "node:assert/strict";
import { test } from "node:test";
import { restingUntil, waitAsked } from "../src/library/rest.js";

const NOW = Date.parse("2026-11-20T10:00:00Z");

const waits: [string | null, number][] = [
  ["120", 120_000],
  [" 5 ", 5_000],
  ["Fri, 20 Nov 2026 10:01:00 GMT", 60_000],
  ["Fri, 20 Nov 2026 09:00:00 GMT", 0],
  ["31536000", 3_600_000],
  ["Sat, 20 Nov 2027 10:00:00 GMT", 3_600_000],
  ["soon", 0],
  ["-3", 0],
  ["0", 0],
  ["", 0],
  [null, 0],
];
for (const [header, wait] of waits) {
  test(`Retry-After: ${header} is a wait of ${wait} ms`, () => {
    assert.equal(waitAsked(header, NOW), wait);
  });
}

test("a rest ends, and one written by a clock that ran ahead is none", () => {
  assert.equal(restingUntil(NOW + 1, NOW), NOW + 1);
  assert.equal(restingUntil(NOW, NOW), 0);
  assert.equal(restingUntil(undefined, NOW), 0);
  assert.equal(restingUntil(NOW + 365 * 24 * 3_600_000, NOW), 0);
});
