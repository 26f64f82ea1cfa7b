/** The margin of an article: its marks and notes, made from what is selected, shown in the text, listed in a leaf. */

import { drop, writing } from "../own/note-parts.js";
import { type Note, type Quote, addNote, markLost, notesOf, rewrite } from "../own/notes.js";
import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { articleOf } from "./article.js";
import { layLeaf } from "./leaf.js";
import { noteAt, showMarks } from "./marks.js";
import { Prose } from "./prose.js";
import { tellOf } from "./told.js";

const DENIED = () => void tellOf(say("This browser lets Respite keep nothing here, so it could not be kept. A private window may be why."));

/** Show the marks of an article, and remember of each note whether its words are still there. */
export async function showMargin(reader: HTMLElement): Promise<void> {
  // A note on a whole section marks no words.
  const notes = (await notesOf(articleOf(reader).id)).filter(({ quote }) => quote.exact);
  // Marks that the browser does not paint itself are in the text, which is read without them.
  showMarks([]);
  // Reading the text takes its time on a long article.
  const prose = notes.length > 0 ? Prose.ofPage() : null;
  if (!prose) return;
  const found = notes.flatMap((note) => {
    const range = prose.rangeOf(note.quote);
    return range ? [{ note, range }] : [];
  });
  showMarks(found);
  const there = new Set(found.map(({ note }) => note.id));
  for (const note of notes) await markLost(note, !there.has(note.id));
}

/** Mark what is selected; with `isNote` a leaf opens to write about it. */
export async function markSelection(reader: HTMLElement, isNote: boolean): Promise<void> {
  const selection = getSelection();
  const quote = selection?.rangeCount ? Prose.ofPage()?.quoteOf(selection.getRangeAt(0)) : null;
  if (!quote) return;
  const note = await addNote(articleOf(reader), quote, "").catch(() => null);
  if (!note) return DENIED();
  selection?.removeAllRanges();
  if (isNote) writeNote(note, opener(reader));
}

/** Open the note of the mark at a place of the window; false where there is none. */
export function openMarkAt(reader: HTMLElement, x: number, y: number): boolean {
  const note = noteAt(x, y);
  if (note) writeNote(note, opener(reader));
  return note !== null;
}

/** Open the leaf with everything in the margin of this article, and a field for a note on one of its sections. */
export async function openNotes(reader: HTMLElement, button: HTMLElement): Promise<void> {
  const notes = await notesOf(articleOf(reader).id).catch(() => []);
  const listed = notes.map((note) => make("li", {}, subject(note.quote), ...writing(note), make("button", { class: "btn bare small", type: "button", onclick: () => writeNote(note, button) }, say("Change or delete"))));
  const hint = make("p", { class: "fine" }, say("Select words in the text to mark them. What you mark and write stays in this browser and is never sent."));
  layLeaf(say("Notes"), [hint, listed.length > 0 ? make("ul", { class: "margin" }, ...listed) : null, sectionForm(reader)].filter((part) => part !== null), button);
}

/** Draw what a note is about. */
function subject({ exact, section }: Quote): HTMLElement {
  return exact ? make("blockquote", {}, exact) : make("p", { class: "fine" }, section || say("On the whole article"));
}

/** For whoever cannot or would not select: a note on a section as a whole. */
function sectionForm(reader: HTMLElement): HTMLElement {
  const choice = make("select", { id: "note-section" });
  choice.add(new Option(say("On the whole article"), ""));
  for (const heading of document.querySelectorAll<HTMLElement>("article .prose > section:not([class]) > h2[id]")) {
    choice.add(new Option(heading.textContent?.trim() ?? "", heading.id));
  }
  const field = make("textarea", { id: "note-text", required: true });
  const send = async (event: Event) => {
    event.preventDefault();
    const { value: anchor, selectedOptions } = choice;
    const section = anchor ? (selectedOptions[0]?.text ?? "") : "";
    const quote: Quote = { exact: "", prefix: "", suffix: "", anchor, section };
    const note = await addNote(articleOf(reader), quote, field.value).catch(() => null);
    if (note) await openNotes(reader, opener(reader));
    else DENIED();
  };
  return make(
    "form",
    { class: "stack near", onsubmit: (event) => void send(event) },
    make("h3", {}, say("Write a note on a section")),
    make("label", { for: choice.id }, say("Section")),
    choice,
    make("label", { for: field.id }, say("Your note")),
    field,
    make("button", { class: "btn small", type: "submit" }, say("Keep the note")),
  );
}

/** Open a leaf to write in a note, or to delete it. */
export function writeNote(note: Note, button: HTMLElement): void {
  const field = make("textarea", { id: "note-own" });
  field.value = note.text;
  const send = (event: Event) => {
    event.preventDefault();
    // What was written stays to be seen until it is kept.
    void rewrite(note.id, field.value).then(() => leaf.close(), DENIED);
  };
  const discard = () => {
    leaf.close();
    drop(note).catch(DENIED);
  };
  const form = make(
    "form",
    { class: "stack near", onsubmit: send },
    subject(note.quote),
    make("label", { for: field.id }, say("Your note")),
    field,
    make("div", { class: "actions" }, make("button", { class: "btn small", type: "submit" }, say("Keep the note")), make("button", { class: "btn bare small", type: "button", "data-tone": "clay", onclick: discard }, say("Delete"))),
  );
  const leaf = layLeaf(say("Note"), [form], button);
}

function opener(reader: HTMLElement): HTMLElement {
  return reader.querySelector<HTMLElement>("[data-do=notes]") ?? reader;
}
