import "./platform.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { deleteDB } from "idb";
import { OWN_DATABASE } from "../src/library/name.js";
import { NothingKept, closeOwn } from "../src/own/database.js";
import {
  type Article,
  collect,
  collections,
  dissolve,
  gather,
  isSaved,
  move,
  put,
  remove,
  rename,
  restore,
  save,
  savedArticles,
  seen,
} from "../src/own/shelf.js";

function article(id: string, special: Partial<Article> = {}): Article {
  const path = `/articles/${id}/`;
  return { id, path, title: id, summary: "", language: "en", minutes: 5, updated_at: "2026-03-01T00:00:00+00:00", ...special };
}

const order = async () => (await savedArticles()).map(({ id }) => id);

beforeEach(async () => {
  await closeOwn();
  await deleteDB(OWN_DATABASE);
});

test("what is saved last stands first, and saving twice changes nothing", async () => {
  for (const id of ["a", "b", "c", "a"]) await save(article(id));
  assert.deepEqual(await order(), ["c", "b", "a"]);
  assert.equal(await isSaved("a"), true);
  assert.equal(await isSaved("d"), false);
});

test("what is removed comes back where it stood", async () => {
  for (const id of ["a", "b", "c"]) await save(article(id));
  const removed = await remove("b");
  assert.deepEqual(await order(), ["c", "a"]);
  assert.ok(removed);
  await restore(removed);
  assert.deepEqual(await order(), ["c", "b", "a"]);
  assert.equal(await remove("never saved"), null);
});

test("moving goes past the neighbour that is shown, and no further than the ends", async () => {
  for (const id of ["a", "b", "c"]) await save(article(id));
  await move("a", -1, ["c", "a"]);
  assert.deepEqual(await order(), ["a", "b", "c"]);
  await move("a", -1, ["a", "b", "c"]);
  await move("c", 1, ["a", "b", "c"]);
  assert.deepEqual(await order(), ["a", "b", "c"]);
  await move("b", 1, ["a", "b", "c"]);
  assert.deepEqual(await order(), ["a", "c", "b"]);
});

test("collections are made, renamed, filled, dissolved and brought back; what was in them stays saved", async () => {
  await save(article("a"));
  const train = await collect("  For   the train ");
  assert.ok(train);
  assert.equal(train.name, "For the train");
  assert.equal(await collect("   "), null);
  await put("a", train.id, true);
  await put("a", train.id, true);
  assert.deepEqual((await savedArticles())[0]?.collections, [train.id]);
  await rename(train.id, "For the bus");
  await rename(train.id, " ");
  assert.deepEqual((await collections()).map(({ name }) => name), ["For the bus"]);
  const were = await dissolve(train.id);
  assert.deepEqual(were, ["a"]);
  assert.deepEqual(await collections(), []);
  assert.deepEqual((await savedArticles())[0]?.collections, []);
  await gather(train, were);
  assert.deepEqual((await savedArticles())[0]?.collections, [train.id]);
  await put("a", train.id, false);
  assert.deepEqual((await savedArticles())[0]?.collections, []);
});

test("an article that was seen as it is now is no longer a changed one, and keeps its place", async () => {
  await save(article("a"));
  await save(article("b"));
  await seen(article("a", { updated_at: "2026-04-01T00:00:00+00:00", path: "/articles/moved/" }));
  const a = (await savedArticles()).at(-1);
  assert.equal(a?.updated_at, "2026-04-01T00:00:00+00:00");
  assert.equal(a?.path, "/articles/moved/");
  await seen(article("never saved"));
  assert.deepEqual(await order(), ["b", "a"]);
});

test("a browser that keeps nothing is told from a list that is empty", async (context) => {
  context.mock.method(indexedDB, "open", () => {
    throw new DOMException("denied", "SecurityError");
  });
  await assert.rejects(save(article("a")), NothingKept);
});
