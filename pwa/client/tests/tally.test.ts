import "./platform.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { isShown, mayCount } from "../src/elements/offer.js";
import { libraryConnection } from "../src/library/database.js";
import { type Batch, type Happening, JITTER_MS, MOST_IN_BATCH, MOST_IN_SUM, Tally } from "../src/library/tally.js";
import { isUrgent, sendCounts } from "../src/sw/counts.js";

const DAY_MS = 24 * 60 * 60_000;
const shown: Happening = { banner: "a", placement: "home", event: "shown" };
let number = 0;

/** A phone whose clock stands still until it is moved, and a server that answers as it is told to. */
function phone() {
  let now = Date.parse("2026-11-20T23:00:00Z");
  const connection = libraryConnection(`tally-${number++}`);
  const tally = new Tally(connection, () => now, () => 0.5);
  const sent: Batch[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<unknown>) => (turn = turn.then(work));
  const locks = { request } as unknown as Pick<LockManager, "request">;
  return {
    tally,
    sent,
    later: (milliseconds: number) => (now += milliseconds),
    send: (urgent: boolean, answer = true) =>
      sendCounts(tally, urgent, locks, (batch) => {
        sent.push(batch);
        return Promise.resolve(answer);
      }),
  };
}

test("what happens is summed by banner, place, event and day in UTC", async () => {
  const { tally, later, send, sent } = phone();
  await tally.add(shown);
  await tally.add(shown);
  await tally.add({ ...shown, event: "followed" });
  await tally.add({ ...shown, placement: "after_section_2" });
  later(60 * 60_000);
  await tally.add(shown);
  await send(true);
  assert.deepEqual(
    sent.map(({ counts }) => counts.map(({ placement, event, day, count }) => [placement, event, day, count])),
    [
      [
        ["home", "shown", "2026-11-20", 2],
        ["home", "followed", "2026-11-20", 1],
        ["after_section_2", "shown", "2026-11-20", 1],
        ["home", "shown", "2026-11-21", 1],
      ],
    ],
  );
  assert.match(sent[0]?.batch ?? "", /^[0-9a-f-]{36}$/);
});

test("added all at once, nothing is lost and nothing sent twice", async () => {
  const { tally, send, sent } = phone();
  await Promise.all(Array.from({ length: 20 }, () => tally.add(shown)));
  await Promise.all([send(true), send(true), send(true)]);
  assert.deepEqual(sent.map(({ counts }) => counts.map(({ count }) => count)), [[20]]);
});

test("what was not taken in is sent again under its number, and what came since under another", async () => {
  const { tally, send, sent } = phone();
  await tally.add(shown);
  await send(true, false);
  await tally.add({ ...shown, banner: "b" });
  await send(false);
  assert.equal(sent.length, 2, "what came since waits for its time");
  assert.deepEqual(sent[1], sent[0]);
  await send(true);
  assert.deepEqual(sent[2]?.counts.map(({ banner }) => banner), ["b"]);
  assert.notEqual(sent[2]?.batch, sent[0]?.batch);
  await send(true);
  assert.equal(sent.length, 3);
});

test("the time of sending does not tell the time of reading, except where the connection is back", async () => {
  const { tally, later, send, sent } = phone();
  await tally.add(shown);
  await send(false);
  later(JITTER_MS / 2 - 1);
  await send(false);
  assert.equal(sent.length, 0);
  later(1);
  await send(false);
  assert.equal(sent.length, 1);
  assert.deepEqual(["start", "visible", "interval"].map((why) => isUrgent(why as "start")), [false, false, false]);
  assert.deepEqual([isUrgent("online"), isUrgent("asked")], [true, true]);
});

test("sums, batches and days stay within what the server takes", async () => {
  const { tally, later, send, sent } = phone();
  await tally.add({ ...shown, banner: "old" });
  later(30 * DAY_MS);
  for (let time = 0; time < MOST_IN_SUM + 5; time++) await tally.add({ ...shown, banner: "often" });
  for (let other = 0; other < MOST_IN_BATCH; other++) await tally.add({ ...shown, banner: `other ${other}` });
  await send(true);
  const [first, second] = sent.map(({ counts }) => counts);
  assert.equal(first?.length, MOST_IN_BATCH);
  assert.equal(second?.length, 1);
  const all = [...(first ?? []), ...(second ?? [])];
  assert.equal(all.find(({ banner }) => banner === "often")?.count, MOST_IN_SUM);
  assert.ok(!all.some(({ banner }) => banner === "old"));
});

test("a banner is shown when half of it is, or half of the screen", () => {
  assert.deepEqual([isShown(199, 400, 800), isShown(200, 400, 800)], [false, true]);
  assert.deepEqual([isShown(399, 2_000, 800), isShown(400, 2_000, 800)], [false, true]);
  assert.equal(isShown(0, 0, 800), false);
});

test("nobody is counted who asked not to be, and no editor before a preview", () => {
  assert.equal(mayCount({}, "/articles/"), true);
  assert.equal(mayCount({ doNotTrack: "0", globalPrivacyControl: false }, "/"), true);
  assert.equal(mayCount({ globalPrivacyControl: true }, "/"), false);
  assert.equal(mayCount({ doNotTrack: "1" }, "/"), false);
  assert.equal(mayCount({}, "/admin/snippets/banners/banner/preview/1/"), false);
});
