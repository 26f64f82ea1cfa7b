import "./platform.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { isFull } from "../src/library/connection.js";
import { type Row, holds } from "../src/library/entries.js";
import { Answer } from "../src/library/feed.js";
import { pack, unpack } from "../src/library/pack.js";
import { PICTURES } from "../src/library/pictures.js";
import { Outcome, synchronise } from "../src/library/sync.js";
import { Feed, livingOn, newLibrary, newLocks, world } from "./feed.js";

const globals = globalThis as Record<string, unknown>;

test("a text comes back as it was packed, and takes less room", async () => {
  const text = "Ruhe · мир · 平安 · a secure base. ".repeat(100);
  const packed = await pack(text);
  assert.ok(packed instanceof ArrayBuffer && packed.byteLength < text.length / 4);
  assert.equal(await unpack(packed), text);
  assert.equal(await unpack(await pack("short")), "short");
});

test("a page asked for with a cursor that somebody has moved since is not taken", async () => {
  const feed = new Feed();
  feed.publish("one", "two");
  const { library } = newLibrary();
  const from = await library.mark();
  const page = (cursor: number) => ({ changes: [], cursor, more: true, epoch: "one" });
  assert.equal((await library.take(page(7), from))?.cursor, 7);
  assert.equal(await library.take(page(5), from), null);
  assert.equal((await library.mark()).cursor, 7);
});

test("a connection that died is opened again", async () => {
  const feed = new Feed();
  feed.publish("one");
  const { library, connection } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  await connection.use((database) => {
    database.close();
    return Promise.resolve();
  });
  assert.equal((await library.articles()).length, 1);
});

test("of an article whose text the browser took only the title is here, from the moment that it is noticed", async () => {
  const feed = new Feed();
  feed.publish("one", "two");
  const { library, connection } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  await connection.use((database) => database.delete("pages", "one"));
  const silent = world(library, feed, { ask: () => Promise.resolve({ answer: Answer.Silence }) });
  assert.equal(await synchronise(silent, newLocks()), Outcome.Silence);
  assert.equal(await library.countReadable(), 1);
  assert.deepEqual([(await library.byId("one"))?.held, holds((await library.byId("two")) as Row)], ["title", true]);
  assert.equal(await synchronise(world(library, feed), newLocks()), Outcome.Complete);
  assert.equal((await livingOn(library)).length, 2);
});

test("a text that cannot be unpacked any more is as good as lost, and comes again", async () => {
  const feed = new Feed();
  feed.publish("one", "two");
  const { library, connection } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  await connection.use((database) => database.put("pages", new Uint8Array([7, 255, 255, 3]).buffer, "one"));
  assert.equal(await library.text("one"), null);
  assert.equal(await library.hasLost(), true);
  const mending = world(library, feed);
  assert.equal(await synchronise(mending, newLocks()), Outcome.Complete);
  assert.ok(mending.steps.every(({ lost }) => lost), "and it is said");
  assert.equal((await livingOn(library)).length, 2);
});

test("on a full phone pictures make room for whatever is written, once", async () => {
  const { connection } = newLibrary();
  const there = new Set([PICTURES]);
  globals.caches = { delete: (name: string) => Promise.resolve(there.delete(name)) };
  try {
    let tries = 0;
    const write = () => connection.use(() => ((tries += 1) === 1 ? Promise.reject(full()) : Promise.resolve("written")));
    assert.deepEqual([await write(), tries, there.size], ["written", 2, 0]);
    await assert.rejects(connection.use(() => Promise.reject(full())), isFull);
  } finally {
    delete globals.caches;
  }
});

function full(): DOMException {
  return new DOMException("no room", "QuotaExceededError");
}

test("what has ended is not listed, by the phone's own clock", async () => {
  const feed = new Feed();
  feed.put({ id: "b", kind: "banner", starts_at: "2026-11-20T10:00:00+00:00", ends_at: "2026-11-20T12:00:00+01:00" });
  let now = Date.parse("2026-11-20T09:59:59Z");
  const { library } = newLibrary(() => now);
  await synchronise(world(library, feed), newLocks());
  assert.equal((await library.all("banner")).length, 0);
  now = Date.parse("2026-11-20T10:00:00Z");
  assert.equal((await library.all("banner")).length, 1);
  now = Date.parse("2026-11-20T11:00:00Z");
  assert.equal((await library.all("banner")).length, 0);
});

test("what has ended is not counted, and not shown at its address", async () => {
  const feed = new Feed();
  feed.put({ id: "one", path: "/articles/one/", ends_at: "2026-11-20T12:00:00+00:00" });
  feed.publish("two");
  let now = Date.parse("2026-11-20T11:59:59Z");
  const { library } = newLibrary(() => now);
  await synchronise(world(library, feed), newLocks());
  assert.deepEqual([await library.count("article"), (await library.shownAt("/articles/one/"))?.id], [2, "one"]);
  now = Date.parse("2026-11-20T12:00:00Z");
  assert.deepEqual([await library.count("article"), await library.shownAt("/articles/one/")], [1, null]);
});

test("counts and lists never meet a tombstone", async () => {
  const feed = new Feed();
  feed.publish("one", "two");
  feed.withdraw("one");
  const { library } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  assert.equal(await library.count("article"), 1);
  assert.deepEqual((await library.articles()).map(({ id }) => id), ["two"]);
  assert.equal(await library.shownAt("/articles/one/"), null);
});

test("articles come newest first, whatever offset their time is written with", async () => {
  const feed = new Feed();
  feed.put({ id: "noon", published_at: "2026-11-02T12:00:00+00:00" });
  feed.put({ id: "later", published_at: "2026-11-02T09:00:00-05:00" });
  feed.put({ id: "earlier", published_at: "2026-11-02T13:00:00+02:00" });
  const { library } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  assert.deepEqual((await library.articles()).map(({ id }) => id), ["later", "noon", "earlier"]);
});
