import "./platform.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Answer } from "../src/library/feed.js";
import { forgetPictures } from "../src/sw/media.js";
import { Outcome, synchronise } from "../src/library/sync.js";
import { Feed, livingOn, named, newLibrary, newLocks, world } from "./feed.js";

function ids(count: number, prefix = "a"): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(3, "0")}`);
}

test("a first round takes everything, a page at a time", async () => {
  const feed = new Feed();
  feed.publish(...ids(25));
  const { library } = newLibrary();
  const surroundings = world(library, feed);
  assert.equal(await synchronise(surroundings, newLocks()), Outcome.Complete);
  assert.deepEqual(await livingOn(library), feed.living);
  assert.deepEqual(feed.asked, [0, 10, 20]);
  assert.deepEqual(surroundings.steps.map(({ done, total }) => [done, total]), [[10, 25], [20, 25], [25, 25]]);
});

test("a second round, with nothing changed, asks once", async () => {
  const feed = new Feed();
  feed.publish(...ids(25));
  const { library } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  feed.asked = [];
  assert.equal(await synchronise(world(library, feed), newLocks()), Outcome.Complete);
  assert.deepEqual(feed.asked, [25]);
});

test("the next page is on its way while one is taken in, and is not read where the phone is full", async () => {
  const feed = new Feed();
  feed.publish(...ids(25));
  const { library } = newLibrary();
  const happened: string[] = [];
  const take = library.take.bind(library);
  library.take = async (page, from) => {
    happened.push(`take ${page.cursor}`);
    if (page.cursor === 20) throw new DOMException("full", "QuotaExceededError");
    return take(page, from);
  };
  const watched = world(library, feed, { ask: (after, signal) => (happened.push(`ask ${after}`), feed.ask(after, signal)) });
  assert.equal(await synchronise(watched, newLocks()), Outcome.Full);
  assert.deepEqual(happened, ["ask 0", "ask 10", "take 10", "ask 20", "take 20"]);
  assert.equal((await library.mark()).cursor, 10);
});

test("changes, withdrawals and moves arrive; a withdrawal keeps its reason and a move its former address", async () => {
  const feed = new Feed();
  feed.publish("one", "two", "three");
  const { library } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  feed.publish("one");
  feed.withdraw("two", "It was wrong.");
  feed.put({ id: "three", path: "/articles/third/", title: "Three", html: "<main><h1>three</h1></main>" });
  await synchronise(world(library, feed), newLocks());
  assert.deepEqual(await livingOn(library), feed.living);
  assert.equal((await library.at("/articles/two/"))?.data.reason, "It was wrong.");
  assert.equal(await library.text("two"), null);
  assert.equal((await library.formerlyAt("/articles/three/"))?.path, "/articles/third/");
});

test("what changes in a whole library is told, and the first copy is not", async () => {
  const feed = new Feed();
  feed.publish(...ids(25));
  const { library } = newLibrary();
  const surroundings = world(library, feed);
  await synchronise(surroundings, newLocks());
  assert.deepEqual(surroundings.told, []);
  const [first, second] = ids(2) as [string, string];
  feed.publish(first);
  feed.withdraw(second, "It was wrong.");
  await synchronise(surroundings, newLocks());
  assert.deepEqual(surroundings.told, [first, second]);
});

test("an address taken over from a withdrawn article shows the living one", async () => {
  const feed = new Feed();
  feed.publish("old");
  feed.withdraw("old");
  feed.put({ id: "new", path: "/articles/old/", html: "<main><h1>new</h1></main>" });
  const { library } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  assert.equal((await library.at("/articles/old/"))?.id, "new");
});

test("killed at any write, it is as of its cursor, and the next round ends without gap or duplicate", async () => {
  const writesOfAll = await countWrites();
  assert.ok(writesOfAll > 40, `only ${writesOfAll} writes were seen`);
  for (let kill = 1; kill <= writesOfAll; kill += 1) {
    const feed = new Feed();
    feed.pageLength = 4;
    feed.publish(...ids(12));
    const { library } = newLibrary();
    const restore = failWrite(kill);
    await assert.rejects(synchronise(world(library, feed), newLocks())).finally(restore);
    const { cursor } = await library.mark();
    const expected = feed.living.filter((name) => Number(name.split("@")[1]) <= Number(cursor));
    assert.deepEqual(await livingOn(library), expected, `after a kill at write ${kill}`);
    feed.publish("a001", "b000");
    assert.equal(await synchronise(world(library, feed), newLocks()), Outcome.Complete);
    assert.deepEqual(await livingOn(library), feed.living, `one round after a kill at write ${kill}`);
  }
});

async function countWrites(): Promise<number> {
  const feed = new Feed();
  feed.pageLength = 4;
  feed.publish(...ids(12));
  let writes = 0;
  const original = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    writes += 1;
    return original.apply(this, given);
  };
  await synchronise(world(newLibrary().library, feed), newLocks());
  IDBObjectStore.prototype.put = original;
  return writes;
}

/** Fail the n-th write from now on, as if the worker had been killed there. */
function failWrite(n: number): () => void {
  const original = IDBObjectStore.prototype.put;
  let writes = 0;
  IDBObjectStore.prototype.put = function (...given) {
    if (++writes === n) {
      this.transaction.abort();
      throw new Error("killed");
    }
    return original.apply(this, given);
  };
  return () => {
    IDBObjectStore.prototype.put = original;
  };
}

test("interrupted between pages, it goes on from its cursor", async () => {
  const feed = new Feed();
  feed.publish(...ids(35));
  const { library } = newLibrary();
  const controller = new AbortController();
  const stopping = world(library, feed, {
    signal: controller.signal,
    progress: ({ done }) => done === 20 && controller.abort(),
  });
  assert.equal(await synchronise(stopping, newLocks()), Outcome.Stopped);
  feed.asked = [];
  await synchronise(world(library, feed), newLocks());
  assert.deepEqual(feed.asked, [20, 30]);
  assert.deepEqual(await livingOn(library), feed.living);
});

test("two rounds at once: one writes, the other is told that somebody does", async () => {
  const feed = new Feed();
  feed.publish(...ids(25));
  const { library } = newLibrary();
  const locks = newLocks();
  const outcomes = await Promise.all([
    synchronise(world(library, feed), locks),
    synchronise(world(library, feed), locks),
  ]);
  assert.deepEqual(outcomes.sort(), [Outcome.Complete, Outcome.Taken]);
  assert.deepEqual(feed.asked, [0, 10, 20]);
});

test("two writers without a lock between them never mix: the later finds the cursor moved and writes nothing", async () => {
  const feed = new Feed();
  feed.publish(...ids(25));
  const { library } = newLibrary();
  const outcomes = await Promise.all([
    synchronise(world(library, feed), newLocks()),
    synchronise(world(library, feed), newLocks()),
  ]);
  assert.ok(outcomes.includes(Outcome.Complete));
  assert.deepEqual(await livingOn(library), feed.living);
});

test("a cursor that the server no longer knows: everything stays readable until the new copy is complete", async () => {
  const feed = new Feed();
  feed.publish(...ids(25));
  const { library } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  feed.restore(...ids(12, "b"));
  const readable: number[] = [];
  const counting = world(library, feed, {
    ask: async (after, signal) => {
      readable.push((await library.articles()).length);
      return feed.ask(after, signal);
    },
  });
  assert.equal(await synchronise(counting, newLocks()), Outcome.Complete);
  assert.equal(readable.length, 3);
  assert.ok(readable.every((count) => count >= 25), `${readable}`);
  assert.deepEqual(await livingOn(library), feed.living);
  assert.equal((await library.mark()).epoch, "one'");
});

test("another epoch in an answer that is no 410 starts again too", async () => {
  const feed = new Feed();
  feed.publish(...ids(3));
  const { library } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  feed.restore(...ids(8, "b"));
  assert.equal(await synchronise(world(library, feed), newLocks()), Outcome.Complete);
  assert.deepEqual(await livingOn(library), feed.living);
});

test("killed while it starts again, it goes on with the new copy", async () => {
  const feed = new Feed();
  feed.publish(...ids(25));
  const { library } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  feed.restore(...ids(24, "b"));
  const failing = world(library, feed, {
    ask: (after, signal) => (after === 10 ? Promise.resolve({ answer: Answer.Silence }) : feed.ask(after, signal)),
  });
  assert.equal(await synchronise(failing, newLocks()), Outcome.Silence);
  assert.equal((await library.articles()).length, 35);
  await synchronise(world(library, feed), newLocks());
  assert.deepEqual(await livingOn(library), feed.living);
});

test("a server that sends us back for ever is left alone after a few times", async () => {
  const { library } = newLibrary();
  let asked = 0;
  const ask = () => {
    asked += 1;
    return Promise.resolve({ answer: Answer.Gone } as const);
  };
  assert.equal(await synchronise(world(library, new Feed(), { ask }), newLocks()), Outcome.Confused);
  assert.equal(asked, 3);
});

for (const answer of [Answer.Silence, Answer.Refusal, Answer.Busy, Answer.Stranger] as const) {
  test(`an answer of ${answer} changes nothing`, async () => {
    const feed = new Feed();
    feed.publish(...ids(5));
    const { library } = newLibrary();
    await synchronise(world(library, feed), newLocks());
    const [before, mark] = [await livingOn(library), await library.mark()];
    await synchronise(world(library, feed, { ask: () => Promise.resolve({ answer }) }), newLocks());
    assert.deepEqual(await livingOn(library), before);
    assert.deepEqual(await library.mark(), mark);
  });
}

test("rows that the browser took are noticed and fetched again, the rest readable meanwhile", async () => {
  const feed = new Feed();
  feed.publish(...ids(12));
  const { library, connection } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  await connection.use((database) => database.delete("entries", "a003"));
  const surroundings = world(library, feed);
  assert.equal(await synchronise(surroundings, newLocks()), Outcome.Complete);
  assert.ok(surroundings.steps.every(({ lost }) => lost));
  assert.deepEqual(await livingOn(library), feed.living);
});

test("a store that vanished altogether is noticed by its witness and fetched again", async () => {
  const feed = new Feed();
  feed.publish(...ids(12));
  const seen = { saw: () => Promise.resolve(true), see: () => Promise.resolve() };
  const { library } = newLibrary();
  const surroundings = world(library, feed, { witness: seen });
  assert.equal(await synchronise(surroundings, newLocks()), Outcome.Complete);
  assert.ok(surroundings.steps.every(({ lost }) => lost));
  assert.deepEqual(await livingOn(library), feed.living);
});

test("a full phone keeps what it has, says so, and goes on when there is room", async () => {
  const feed = new Feed();
  feed.publish(...ids(25));
  const { library } = newLibrary();
  const take = library.take.bind(library);
  let room = 2;
  library.take = (page, from) => {
    if (room-- <= 0) return Promise.reject(new DOMException("no room", "QuotaExceededError"));
    return take(page, from);
  };
  assert.equal(await synchronise(world(library, feed), newLocks()), Outcome.Full);
  assert.equal((await livingOn(library)).length, 20);
  room = 1;
  assert.equal(await synchronise(world(library, feed), newLocks()), Outcome.Complete);
  assert.deepEqual(await livingOn(library), feed.living);
});

test("a phone too full even to start again keeps what it has and says so", async () => {
  const feed = new Feed();
  feed.publish(...ids(5));
  const { library } = newLibrary();
  await synchronise(world(library, feed), newLocks());
  const before = await livingOn(library);
  feed.restore(...ids(3, "b"));
  library.restart = () => Promise.reject(new DOMException("no room", "QuotaExceededError"));
  assert.equal(await synchronise(world(library, feed), newLocks()), Outcome.Full);
  assert.deepEqual(await livingOn(library), before);
});

test("pictures make room for the library", async () => {
  const feed = new Feed();
  feed.publish("one");
  const { library } = newLibrary();
  const take = library.take.bind(library);
  let full = true;
  library.take = (page, from) =>
    full ? Promise.reject(new DOMException("no room", "QuotaExceededError")) : take(page, from);
  const makeRoom = () => {
    full = false;
    return Promise.resolve(true);
  };
  assert.equal(await synchronise(world(library, feed, { makeRoom }), newLocks()), Outcome.Complete);
  assert.deepEqual((await library.articles()).map(named), feed.living);
});

test("what is withdrawn is named with its card and text, so that its pictures go too", async () => {
  const feed = new Feed();
  const html = `<main><img src="/media/images/inside/b.webp"></main>`;
  feed.put({ id: "one", path: "/articles/one/", card: `<img src="/media/images/first/a.webp">`, html });
  const { library } = newLibrary();
  const forgotten: string[] = [];
  const own = world(library, feed, { forget: (markup) => Promise.resolve(forgotten.push(...markup)) });
  const deleted: string[] = [];
  const kept = ["first/a.webp", "first/c.webp", "inside/b.webp", "other/d.webp"];
  const cache = {
    keys: () => Promise.resolve(kept.map((name) => ({ url: `https://respite.example/media/images/${name}` }))),
    delete: ({ url }: { url: string }) => Promise.resolve(deleted.push(url.split("/images/")[1] ?? "")),
  };
  (globalThis as Record<string, unknown>).caches = { open: () => Promise.resolve(cache) };
  await synchronise(own, newLocks());
  assert.deepEqual(forgotten, []);
  feed.withdraw("one");
  await synchronise(own, newLocks());
  await forgetPictures(forgotten);
  assert.deepEqual(deleted, ["first/a.webp", "first/c.webp", "inside/b.webp"]);
});
