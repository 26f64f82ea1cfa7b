import "./platform.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, isMobileSafari } from "../src/page/installing.js";

const WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const browsers: [string, string, number, boolean][] = [
  ["Safari on an iPhone", `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} Version/26.0 Mobile/15E148 Safari/604.1`, 5, true],
  ["Safari on an iPad, which calls itself a Mac", `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.5 Safari/605.1.15`, 5, true],
  ["Safari on a Mac", `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.5 Safari/605.1.15`, 0, false],
  ["Chrome on an iPhone", `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1`, 5, false],
  ["Firefox on an iPhone", `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} FxiOS/143.0 Mobile/15E148 Safari/605.1.15`, 5, false],
  ["Edge on an iPhone", `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} Version/18.0 EdgiOS/140.0.0.0 Mobile/15E148 Safari/604.1`, 5, false],
  ["an app that shows pages on an iPhone", `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} Mobile/15E148 SomeApp/1.0`, 5, false],
  ["Chrome on Android", "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", 5, false],
  ["Firefox on Android", "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0", 5, false],
  ["Chrome on a Mac with a touch screen", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", 5, false],
];
for (const [name, userAgent, touchPoints, isIt] of browsers) {
  test(`${name} is ${isIt ? "" : "not "}told Safari's steps`, () => assert.equal(isMobileSafari(userAgent, touchPoints), isIt));
}

test("what was told or declined holds for ninety days, and what is no answer counts as none", () => {
  const day = 24 * 60 * 60_000;
  const at = 1_800_000_000_000;
  assert.equal(answerOf(null, at), null);
  assert.equal(answerOf(`told ${at}`, at + 1), "told");
  assert.equal(answerOf(`declined ${at}`, at + 90 * day - 1), "declined");
  assert.equal(answerOf(`declined ${at}`, at + 90 * day), null);
  for (const nonsense of ["", "yes", "declined", "declined x", `refused ${at}`, `declined ${at} `]) assert.equal(answerOf(nonsense, at), null, nonsense);
});
