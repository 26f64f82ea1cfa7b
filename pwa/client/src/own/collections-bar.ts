/** Above the list: which collection is shown, and making, renaming and dissolving collections. */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { tellOf } from "../reading/told.js";
import type { Shown } from "./page.js";
import { type Collection, LONGEST_NAME, collect, dissolve, gather, rename, within } from "./shelf.js";

/** Draw the bar. */
export function bar(shown: Shown): Node {
  const { articles, collections, chosen, choose } = shown;
  const pill = (id: string, name: string, count: number) =>
    make("button", { class: "pill", type: "button", "aria-pressed": String((chosen?.id ?? "") === id), "data-key": `show ${id}`, onclick: () => choose(id) }, `${name} `, make("span", { class: "many" }, String(count)));
  return make(
    "div",
    { class: "bar stack near" },
    make("div", { class: "pills", role: "group", "aria-label": say("Collections") }, pill("", say("All"), articles.length), ...collections.map(({ id, name }) => pill(id, name, within(articles, id).length))),
    chosen ? own(chosen) : null,
    naming(say("New collection"), say("Make"), "", "make", async (name) => {
      const made = await collect(name);
      if (made) choose(made.id);
    }),
  );
}

/** Draw what can be done with the collection that is shown. */
function own(collection: Collection): Node {
  const act = async () => {
    const were = await dissolve(collection.id);
    const words = say("The collection “%(name)s” is gone. What was in it stays saved.", { name: collection.name });
    tellOf(words, { label: say("Undo"), act: () => void gather(collection, were) });
  };
  return make(
    "div",
    { class: "actions" },
    naming(say("Rename"), say("Rename"), collection.name, "rename", (name) => rename(collection.id, name)),
    make("button", { class: "btn bare small", type: "button", "data-tone": "clay", onclick: () => void act() }, say("Delete collection")),
  );
}

/** Draw a fold with a field for a name. */
function naming(label: string, button: string, before: string, key: string, done: (name: string) => Promise<void>): Node {
  const field = make("input", { class: "input", id: `name-${key}`, maxlength: String(LONGEST_NAME), value: before, required: true, autocomplete: "off" });
  const fold = make("details", { class: "sort" }, make("summary", { "data-key": `fold ${key}` }, label));
  const send = (event: Event) => {
    event.preventDefault();
    fold.open = false;
    void done(field.value);
  };
  fold.append(make("form", { class: "naming", onsubmit: send }, make("label", { for: field.id }, say("Name of the collection")), field, make("button", { class: "btn small", type: "submit" }, button)));
  return fold;
}
