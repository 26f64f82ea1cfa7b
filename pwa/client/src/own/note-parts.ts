/** What is drawn of a note, and done with it, in the margin of its article and in the list of all notes alike. */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { tellOf } from "../reading/told.js";
import { type Note, deleteNote, restoreNotes } from "./notes.js";

/** Draw what was written, and whether the words it is about are no longer there. */
export function writing(note: Note): (Node | null)[] {
  return [
    note.text ? make("p", { class: "written" }, note.text) : null,
    note.is_lost ? make("p", { class: "state", "data-state": "update" }, say("The text has changed: these words are no longer in it.")) : null,
  ];
}

/** Delete a note, and offer to have it back. */
export async function drop(note: Note): Promise<void> {
  await deleteNote(note.id);
  tellOf(say("Deleted."), { label: say("Undo"), act: () => void restoreNotes(note) });
}
