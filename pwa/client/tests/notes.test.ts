import "./platform.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { deleteDB } from "idb";
import { OWN_DATABASE } from "../src/library/name.js";
import { closeOwn } from "../src/own/database.js";
import { json, markdown, readJson } from "../src/own/exporting.js";
import { type Note, type Quote, addNote, allNotes, deleteNote, markLost, notesOf, restoreNotes, rewrite } from "../src/own/notes.js";

const ARTICLE = { id: "a", path: "/articles/rest/", title: "Rest, *and* more", language: "en" };
const QUOTE: Quote = { exact: "what we\nmean by_rest", prefix: "", suffix: "", anchor: "rest", section: "On rest" };
const NOON = new Date("2026-11-02T12:00:00Z");
const LATER = new Date("2026-11-03T12:00:00Z");

beforeEach(async () => {
  await closeOwn();
  await deleteDB(OWN_DATABASE);
});

test("notes are kept by article, changed, deleted and put back", async () => {
  const note = await addNote(ARTICLE, QUOTE, "  mine  ", NOON);
  await addNote({ ...ARTICLE, id: "b" }, QUOTE, "", LATER);
  assert.deepEqual((await notesOf("a")).map(({ text }) => text), ["mine"]);
  assert.deepEqual((await allNotes()).map(({ article }) => article.id), ["a", "b"]);
  await rewrite(note.id, "still mine", LATER);
  await markLost(note, true);
  const [changed] = await notesOf("a");
  assert.deepEqual([changed?.text, changed?.is_lost, changed?.changed_at], ["still mine", true, LATER.toISOString()]);
  await deleteNote(note.id);
  assert.deepEqual(await notesOf("a"), []);
  assert.equal(await restoreNotes(note), 1);
  assert.deepEqual(await notesOf("a"), [note]);
});

test("what comes back from a file is what went into it, and never replaces what was changed since", async () => {
  const note = await addNote(ARTICLE, QUOTE, "mine", NOON);
  const file = json(await allNotes(), LATER);
  assert.deepEqual(readJson(file), [note]);
  await rewrite(note.id, "changed since", LATER);
  assert.equal(await restoreNotes(...(readJson(file) as Note[])), 0);
  assert.equal((await notesOf("a"))[0]?.text, "changed since");
  await deleteNote(note.id);
  assert.equal(await restoreNotes(...(readJson(file) as Note[])), 1);
});

test("a file of something else, or a note that leads elsewhere, is not taken", async () => {
  const note = await addNote(ARTICLE, QUOTE, "mine", NOON);
  const withPath = (path: string) => json([{ ...note, article: { ...ARTICLE, path } }]);
  for (const text of ["", "{}", "[]", "null", '{"format": "respite-notes", "version": 2, "notes": []}', withPath("javascript:alert(1)"), withPath("//elsewhere.example/")]) {
    assert.equal(readJson(text), null, text);
  }
  assert.equal(readJson(json([{ ...note, made_at: "yesterday" }])), null);
  assert.equal(readJson(json([{ ...note, text: 5 as unknown as string }])), null);
});

test("Markdown has each article once, quotes on one line, and what was written as it was written", async () => {
  await addNote(ARTICLE, QUOTE, "First line\nsecond", NOON);
  await addNote(ARTICLE, { ...QUOTE, exact: "" }, "On the section", LATER);
  assert.equal(
    markdown(await allNotes(), "https://respite.example"),
    [
      "## Rest, \\*and\\* more",
      "<https://respite.example/articles/rest/>",
      "*On rest, 2026-11-02*",
      "> what we mean by\\_rest",
      "First line\nsecond",
      "*On rest, 2026-11-03*",
      "On the section\n",
    ].join("\n\n"),
  );
});
