import "./platform.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holds } from "../src/library/entries.js";
import type { Library } from "../src/library/library.js";
import { Outcome, synchronise } from "../src/library/sync.js";
import { DEFAULT, type Wishes } from "../src/library/wishes.js";
import { Feed, livingOn, named, newLibrary, newLocks, world } from "./feed.js";

const ids = (count: number) => Array.from({ length: count }, (_, index) => `a${String(index).padStart(3, "0")}`);

async function readableOn(library: Library): Promise<string[]> {
  const rows = (await library.articles()).filter(holds);
  for (const { id } of rows) assert.ok((await library.text(id))?.includes(`<h1>${id}</h1>`), `the text of ${id} is there`);
  return rows.map(({ id }) => id).sort();
}

/** What the rows and their texts take, counted anew. */
async function counted(library: Library): Promise<number> {
  const rows = await library.rows("article");
  const tombstones = await library.rows("tombstone");
  return [...rows, ...tombstones].reduce(
    (sum, row) => sum + (row.row_bytes ?? NaN) + (holds(row) ? (row.text_bytes ?? NaN) : 0),
    0,
  );
}

async function synced(library: Library, feed: Feed, wishes: Partial<Wishes> = {}, saved: string[] = []): Promise<Outcome> {
  const all = { ...DEFAULT, ...wishes };
  return synchronise(world(library, feed, { wishes: all, wanted: { saved: new Set(saved), topics: all.topics } }), newLocks());
}

async function half(feed: Feed): Promise<number> {
  const { library } = newLibrary();
  await synced(library, feed);
  const texts = (await library.rows("article")).reduce((sum, row) => sum + (row.text_bytes ?? NaN), 0);
  return (await library.mark()).bytes - Math.round(texts / 2);
}

test("above the budget the newest are here whole and the rest as titles, and titles alone are asked for from there on", async () => {
  const feed = new Feed();
  feed.publish(...ids(40));
  const budget = await half(feed);
  const { library } = newLibrary();
  assert.equal(await synced(library, feed, { budget }), Outcome.Complete);
  const readable = await readableOn(library);
  assert.equal((await library.articles()).length, 40);
  assert.ok(readable.length > 5 && readable.length < 40, `${readable.length} are readable`);
  assert.deepEqual(readable, ids(40).slice(-readable.length));
  assert.ok((await library.mark()).bytes <= budget);
  assert.equal((await library.mark()).bytes, await counted(library));
});

test("a round after that changes nothing and fetches no text", async () => {
  const feed = new Feed();
  feed.publish(...ids(40));
  const budget = await half(feed);
  const { library } = newLibrary();
  await synced(library, feed, { budget });
  const before = await readableOn(library);
  feed.textsAsked = [];
  await synced(library, feed, { budget });
  assert.deepEqual([await readableOn(library), feed.textsAsked], [before, []]);
});

test("with more room the rest comes; with less, what is saved and followed stays", async () => {
  const feed = new Feed();
  feed.publish(...ids(40));
  const budget = await half(feed);
  const { library } = newLibrary();
  await synced(library, feed, { budget });
  await synced(library, feed, { budget: null });
  assert.deepEqual(await readableOn(library), ids(40));
  await synced(library, feed, { budget: 1 }, ["a000", "a007"]);
  assert.deepEqual(await readableOn(library), ["a000", "a007"]);
});

test("an article that has changed comes again whole where it was here whole, also for who has cancelled", async () => {
  const feed = new Feed();
  feed.publish(...ids(3));
  const { library } = newLibrary();
  await synced(library, feed);
  feed.publish("a001", "b000");
  await synced(library, feed, { more: false });
  assert.deepEqual(await readableOn(library), ids(3));
  assert.deepEqual((await library.articles()).map(named).sort(), feed.living);
  assert.deepEqual(feed.textsAsked, ["a001"]);
});

test("a text that has changed while it was asked for is not taken for the new one", async () => {
  const feed = new Feed();
  feed.publish("one");
  const { library } = newLibrary();
  await synced(library, feed, { more: false });
  await library.fill([{ id: "one", revision: 999, html: "<main>another</main>" }]);
  assert.deepEqual(await readableOn(library), []);
  assert.equal(await library.text("one"), null);
});

test("rows that an earlier release has kept are weighed once, and stay readable", async () => {
  const feed = new Feed();
  feed.publish(...ids(5));
  const { library, connection } = newLibrary();
  await synced(library, feed);
  const { bytes } = await library.mark();
  await connection.use(async (database) => {
    const transaction = database.transaction(["entries", "meta"], "readwrite");
    for (const row of await transaction.objectStore("entries").getAll()) {
      const { held: _held, text_bytes: _text, row_bytes: _row, ...earlier } = row;
      void transaction.objectStore("entries").put(earlier);
    }
    void transaction.objectStore("meta").delete("bytes");
    await transaction.done;
  });
  assert.deepEqual(await readableOn(library), ids(5));
  await synced(library, feed);
  assert.ok(Math.abs((await library.mark()).bytes - bytes) < 100);
  assert.equal((await library.mark()).bytes, await counted(library));
});

test("taken away, the library stands at its beginning, and what was wished for stays", async () => {
  const feed = new Feed();
  feed.publish(...ids(5));
  const { library } = newLibrary();
  await library.note("wishes", { topics: ["sleep"] });
  await synced(library, feed);
  await library.empty();
  assert.deepEqual([(await library.articles()).length, (await library.mark()).cursor, (await library.mark()).bytes], [0, 0, 0]);
  assert.deepEqual(await library.noted("wishes"), { topics: ["sleep"] });
  await synced(library, feed);
  assert.deepEqual(await livingOn(library), feed.living);
});

/** What may happen to a phone and its server, in any order. */
const happening = fc.oneof(
  fc.record({ what: fc.constant("publish" as const), id: fc.nat({ max: 12 }) }),
  fc.record({ what: fc.constant("withdraw" as const), id: fc.nat({ max: 12 }) }),
  fc.record({ what: fc.constant("restore" as const), id: fc.nat({ max: 12 }) }),
  fc.record({ what: fc.constant("sync" as const), id: fc.nat({ max: 12 }) }),
  fc.record({ what: fc.constant("silence" as const), id: fc.nat({ max: 3 }) }),
  fc.record({ what: fc.constant("budget" as const), id: fc.nat({ max: 12 }) }),
  fc.record({ what: fc.constant("cancel" as const), id: fc.nat({ max: 1 }) }),
  fc.record({ what: fc.constant("save" as const), id: fc.nat({ max: 12 }) }),
  fc.record({ what: fc.constant("evict" as const), id: fc.nat({ max: 12 }) }),
  fc.record({ what: fc.constant("evict text" as const), id: fc.nat({ max: 12 }) }),
  fc.record({ what: fc.constant("two at once" as const), id: fc.nat({ max: 12 }) }),
);

test("whatever happens in whatever order, a round that ends leaves what is published, counted right, within the budget", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
      const feed = new Feed();
      feed.pageLength = 3;
      const { library, connection } = newLibrary();
      const saved = new Set<string>();
      let wishes: Wishes = DEFAULT;
      const locks = newLocks();
      // One witness for the phone's whole life: that a library was seen must outlast the round that saw it.
      const { witness } = world(library, feed);
      const begin = (ask = feed.ask) =>
        synchronise(world(library, feed, { wishes, wanted: { saved, topics: [] }, ask, witness }), locks);
      for (const { what, id } of [...happenings, { what: "sync" as const, id: 0 }]) {
        const name = ids(13)[id] ?? "";
        if (what === "publish") feed.publish(name);
        else if (what === "withdraw" && feed.living.some((one) => one.startsWith(`${name}@`))) feed.withdraw(name);
        else if (what === "restore") feed.restore(...ids(id));
        else if (what === "budget") wishes = { ...wishes, budget: id === 0 ? null : id * 500 };
        else if (what === "cancel") wishes = { ...wishes, more: id === 0 };
        else if (what === "save") saved.add(name);
        else if (what === "evict") await connection.use((database) => database.delete("entries", name));
        else if (what === "evict text") await connection.use((database) => database.delete("pages", name));
        else if (what === "silence") {
          let left = id;
          await begin((after, signal, texts) => (left-- > 0 ? feed.ask(after, signal, texts) : Promise.resolve({ answer: "silence" as never })));
        } else if (what === "two at once") await Promise.all([begin(), begin()]);
        else if (what === "sync") {
          assert.equal(await begin(), Outcome.Complete);
          assert.deepEqual((await library.articles()).map(named).sort(), feed.living);
          assert.equal((await library.mark()).bytes, await counted(library));
          const readable = await readableOn(library);
          if (wishes.budget !== null && (await library.mark()).bytes > wishes.budget) {
            assert.ok(readable.every((one) => saved.has(one)), "only what is saved is kept beyond the budget");
          }
          if (wishes.more && wishes.budget === null) assert.equal(readable.length, feed.living.length);
        }
      }
    }),
    { numRuns: 120 },
  );
});
