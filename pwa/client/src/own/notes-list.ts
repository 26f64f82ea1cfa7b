/** All marks and notes on the page "Saved": to read, to delete, to take away as a file and to bring back from one. */

import { dayOf } from "../page/day.js";
import { make } from "../page/make.js";
import { language, many, say } from "../page/speech.js";
import { tellOf } from "../reading/told.js";
import { json, markdown, readJson } from "./exporting.js";
import { drop, writing } from "./note-parts.js";
import { type Note, byArticle, restoreNotes } from "./notes.js";

/** Draw the section; notes stand with their article. */
export function notesSection(notes: readonly Note[]): HTMLElement {
  return make(
    "section",
    { class: "stack near", "aria-labelledby": "notes" },
    make("h2", { id: "notes" }, say("Notes")),
    notes.length === 0 ? make("p", { class: "soft" }, say("Nothing is marked yet. Select words in an article, or use its button “Notes”.")) : null,
    ...byArticle(notes).map(group),
    files(notes),
  );
}

function group(notes: readonly Note[]): HTMLElement {
  const [{ article }] = notes as [Note];
  const foreign = article.language === language ? null : article.language;
  return make(
    "div",
    { class: "noted" },
    make("h3", { lang: foreign }, make("a", { href: article.path }, article.title)),
    make("ul", { class: "margin" }, ...notes.map((note) => item(note, foreign))),
  );
}

function item(note: Note, foreign: string | null): HTMLElement {
  const { quote, article } = note;
  const day = dayOf(note.made_at);
  return make(
    "li",
    {},
    quote.exact ? make("blockquote", { lang: foreign }, quote.exact) : null,
    ...writing(note),
    make(
      "p",
      { class: "meta" },
      quote.anchor ? make("a", { href: `${article.path}#${quote.anchor}` }, quote.section) : null,
      make("span", {}, day),
      make("button", { class: "btn bare small", type: "button", "data-tone": "clay", "aria-label": say("Delete the note of %(day)s", { day }), onclick: () => void drop(note) }, say("Delete")),
    ),
  );
}

function files(notes: readonly Note[]): HTMLElement {
  const save = (name: string, type: string, text: () => string) => () => download(name, type, text());
  const field = make("input", { type: "file", accept: ".json,application/json", id: "notes-file", class: "sr" });
  field.onchange = () => {
    const [file] = field.files ?? [];
    if (file) void bringBack(file).then(() => (field.value = ""));
  };
  const choose = make("button", { class: "btn quiet small", type: "button", onclick: () => field.click() }, say("Bring notes back from JSON"));
  field.tabIndex = -1;
  field.ariaHidden = "true";
  const out = [
    make("button", { class: "btn quiet small", type: "button", onclick: save("respite-notes.md", "text/markdown", () => markdown(notes, location.origin)) }, say("Take as Markdown")),
    make("button", { class: "btn quiet small", type: "button", onclick: save("respite-notes.json", "application/json", () => json(notes)) }, say("Take as JSON")),
  ];
  return make("div", { class: "actions" }, ...(notes.length > 0 ? out : []), choose, field);
}

function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  make("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

async function bringBack(file: File): Promise<void> {
  const notes = readJson(await file.text());
  if (!notes) return void tellOf(say("This file has no notes of Respite, so nothing was changed."));
  const taken = await restoreNotes(...notes);
  tellOf(many("%(count)s note was brought back.", "%(count)s notes were brought back.", taken));
}
