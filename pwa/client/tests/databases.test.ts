import "./platform.js";
import assert from "node:assert/strict";
import { type TestContext, beforeEach, test } from "node:test";
import { deleteDB, openDB } from "idb";
import { Connection, HeldElsewhere, LETTING_GO_MS } from "../src/library/connection.js";
import { DATABASE_VERSION, libraryConnection } from "../src/library/database.js";
import { Library } from "../src/library/library.js";
import { ACCOUNT_DATABASE, DATABASE, OWN_DATABASE, SEARCH_DATABASE } from "../src/library/name.js";
import { ACCOUNT_VERSION } from "../src/outbox/database.js";
import { addNote, allNotes } from "../src/own/notes.js";
import { OWN_VERSION, closeOwn, own } from "../src/own/database.js";
import { savedArticles, save } from "../src/own/shelf.js";
import { SHAPE, Store } from "../src/search/store.js";

/** The stores of a version as it was, by their names: made by what opens with nothing of ours. */
type Make = (name: string) => Promise<void>;

const SAVED = { id: "a", path: "/articles/a/", title: "a", summary: "", language: "en", minutes: 5, updated_at: "2026-03-01T00:00:00+00:00" };

/** Every earlier version of each database, oldest first. Raise a version, and add here how the one before was made. */
const EARLIER: Readonly<Record<string, { readonly now: number; readonly made: readonly Make[] }>> = {
  [DATABASE]: { now: DATABASE_VERSION, made: [] },
  [SEARCH_DATABASE]: { now: SHAPE, made: [] },
  [ACCOUNT_DATABASE]: { now: ACCOUNT_VERSION, made: [] },
  [OWN_DATABASE]: {
    now: OWN_VERSION,
    made: [
      async (name) => {
        const database = await openDB(name, 1, {
          upgrade(made) {
            made.createObjectStore("saved", { keyPath: "id" });
            made.createObjectStore("collections", { keyPath: "id" });
          },
        });
        await database.put("saved", { ...SAVED, saved_at: "2026-01-01T00:00:00Z", place: -1, collections: [] });
        database.close();
      },
    ],
  },
};

beforeEach(async () => {
  await closeOwn();
  for (const name of Object.keys(EARLIER)) await deleteDB(name);
});

for (const [name, { now, made }] of Object.entries(EARLIER)) {
  test(`every earlier version of ${name} is tried`, () => assert.equal(made.length, now - 1));
}

test("a list of the first version is there in this one, and notes can be added to it", async () => {
  await EARLIER[OWN_DATABASE]?.made[0]?.(OWN_DATABASE);
  assert.deepEqual((await savedArticles()).map(({ id }) => id), ["a"]);
  assert.equal(await own(async (database) => database.version), OWN_VERSION);
  const quote = { exact: "", prefix: "", suffix: "", anchor: "", section: "" };
  await addNote(SAVED, quote, "written after");
  assert.deepEqual(await own((database) => database.getAllKeysFromIndex("notes", "article", "a")).then(({ length }) => length), 1);
});

test("what the first release kept of the library, without weights, is read and weighed by this one", async () => {
  const connection = libraryConnection();
  const row = { id: "a", kind: "article", path: "/articles/a/", former: [], revision: 1, copy: 1, language: "en", title: "A", published_at: null, starts_at: null, ends_at: null, card: "<i>a</i>", data: {} };
  await connection.use(async (database) => {
    await database.put("entries", row as never);
    await database.put("pages", "<main>a</main>", "a");
  });
  const library = new Library(connection);
  await library.weigh();
  assert.equal((await library.shownAt("/articles/a/"))?.held, "whole");
  assert.equal(await library.text("a"), "<main>a</main>");
  await connection.close();
});

test("an index of another shape is thrown away and made again", async () => {
  const other = await openDB(SEARCH_DATABASE, SHAPE, { upgrade: (database) => void database.createObjectStore("of another shape") });
  other.close();
  const raised = new Connection(SEARCH_DATABASE, { version: SHAPE + 1, upgrade: emptied, takesNewer: false });
  assert.deepEqual(await raised.use(async (database) => [...database.objectStoreNames]), ["pieces"]);
  await raised.close();
});

function emptied(database: { objectStoreNames: DOMStringList; deleteObjectStore(name: string): void; createObjectStore(name: string): unknown }): void {
  for (const name of [...database.objectStoreNames]) database.deleteObjectStore(name);
  database.createObjectStore("pieces");
}

test("an open page makes way for the next version, and goes on reading and writing in it", async () => {
  await save(SAVED);
  const next = await openDB(OWN_DATABASE, OWN_VERSION + 1, { upgrade: (database) => void database.createObjectStore("more") });
  assert.equal(await next.count("saved"), 1);
  await save({ ...SAVED, id: "b" });
  assert.deepEqual((await savedArticles()).map(({ id }) => id), ["b", "a"]);
  assert.equal(await next.count("saved"), 2);
  assert.deepEqual(await allNotes(), []);
  next.close();
});

test("a library of a newer version is read by the release before", async () => {
  const library = new Library(libraryConnection());
  await library.note("a", 1);
  const next = await openDB(DATABASE, DATABASE_VERSION + 1, { upgrade: (database) => void database.createObjectStore("more") });
  assert.equal(await library.noted("a"), 1);
  await library.note("a", 2);
  assert.equal(await next.get("meta", "note:a"), 2);
  next.close();
});

test("an index of a newer shape is left alone by the release before", async () => {
  const store = new Store();
  await store.write({ stamp: "one" });
  const next = await openDB(SEARCH_DATABASE, SHAPE + 1, { upgrade: (database) => void database.createObjectStore("more") });
  await assert.rejects(store.stamp(), { name: "VersionError" });
  assert.equal(await next.get("meta", "stamp"), "one");
  next.close();
});

test("a tab that does not let go is waited for so long and no longer, and the next one asking has it once it is free", async (context: TestContext) => {
  const held = await openDB(OWN_DATABASE, OWN_VERSION - 1, { upgrade: (database) => void database.createObjectStore("saved", { keyPath: "id" }) });
  const shape = { version: OWN_VERSION, upgrade: () => undefined, takesNewer: true };
  const connection = new Connection(OWN_DATABASE, shape);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const opening = connection.open();
  const refused = assert.rejects(opening, HeldElsewhere);
  await isBlocked();
  context.mock.timers.tick(LETTING_GO_MS);
  await refused;
  context.mock.timers.reset();
  held.close();
  assert.equal(await connection.use(async (database) => database.version), OWN_VERSION);
  await connection.close();
});

/** Wait until a request to open the database has been told that it must wait. */
async function isBlocked(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
}

test("a connection that the browser ended is opened again", async () => {
  await save(SAVED);
  await own(async (database) => database.close());
  assert.equal((await savedArticles()).length, 1);
});

test("where another has ended the connection in the middle, the work is done once", async () => {
  let begun = 0;
  await own(async (database) => {
    begun += 1;
    if (begun === 1) database.close();
    await database.put("collections", { id: `${begun}`, name: "one", made_at: "" });
  });
  assert.deepEqual(await own((database) => database.getAllKeys("collections")), ["2"]);
});
