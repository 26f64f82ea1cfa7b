/** One saved article in the list: what it is, how it stands now, and what can be done with it. */

import { dayOf } from "../page/day.js";
import { icon, make } from "../page/make.js";
import { type Place, places } from "../page/places.js";
import { language, many, say } from "../page/speech.js";
import { tellOf } from "../reading/told.js";
import type { Shown } from "./page.js";
import { type Saved, move, put, remove, restore } from "./shelf.js";

/** Draw an article among those that are listed with it. */
export function item(row: Saved, listed: readonly Saved[], shown: Shown): HTMLElement {
  const known = shown.known.get(row.id);
  const path = known?.path ?? row.path;
  const gone = known?.gone ?? null;
  const title = known?.title || row.title;
  const foreign = row.language === language ? null : row.language;
  const place = gone ? undefined : places()[path];
  return make(
    "article",
    { class: "item", "data-gone": gone !== null },
    make("h3", { lang: foreign }, make("a", { href: path, "data-key": `open ${row.id}` }, title)),
    make("p", { class: "meta" }, ...states(row, path, shown)),
    gone?.reason ? make("p", { class: "fine" }, gone.reason) : null,
    make(
      "div",
      { class: "actions" },
      place ? goOn(path, place) : null,
      gone?.replacement ? make("a", { class: "btn bare small", href: gone.replacement }, say("What to read instead")) : null,
      removal(row),
      sorting(row, listed, shown),
    ),
  );
}

function states(row: Saved, path: string, { known, kept }: Shown): Node[] {
  const now = known.get(row.id);
  if (now?.gone) return [state("failed", "alert", say("Taken down since you saved it"))];
  const is: Node[] = [];
  if (kept) {
    is.push(kept.has(path) ? state("saved", "phone-kept", say("On this phone")) : state("", "no-signal", say("Needs a connection to be read")));
  }
  if (now?.updated_at && now.updated_at > row.updated_at) {
    is.push(state("update", "retry", say("Changed on %(day)s, after you saved it", { day: dayOf(now.updated_at) })));
  }
  if (row.minutes) is.push(make("span", {}, many("%(count)s minute", "%(count)s minutes", row.minutes)));
  return is;
}

function state(name: string, sign: string, words: string): Node {
  return make("span", { class: "state", "data-state": name || null }, icon(sign), words);
}

function goOn(path: string, { section, anchor }: Place): Node {
  const words = section ? say("Continue at “%(section)s”", { section }) : say("Continue");
  return make("a", { class: "btn bare small", href: anchor ? `${path}#${anchor}` : path }, words);
}

function removal(row: Saved): Node {
  const act = async () => {
    const removed = await remove(row.id);
    if (removed) tellOf(say("“%(title)s” is no longer saved.", { title: row.title }), { label: say("Undo"), act: () => void restore(removed) });
  };
  return make("button", { class: "btn bare small", type: "button", "data-tone": "clay", "aria-label": say("Remove “%(title)s”", { title: row.title }), onclick: () => void act() }, say("Remove"));
}

/** Draw the collections it may be put into, and the ways up and down. */
function sorting(row: Saved, listed: readonly Saved[], { collections }: Shown): Node {
  const shown = listed.map(({ id }) => id);
  const step = (by: -1 | 1, label: string) =>
    make("button", { class: "btn quiet small", type: "button", "data-key": `move ${by} ${row.id}`, disabled: shown[shown.indexOf(row.id) + by] === undefined, onclick: () => void move(row.id, by, shown) }, label);
  const choice = (id: string, name: string) => {
    const box = make("input", { type: "checkbox", "data-key": `in ${id} ${row.id}`, checked: row.collections.includes(id) });
    box.onchange = () => void put(row.id, id, box.checked);
    return make("label", { class: "choice" }, box, name);
  };
  return make(
    "details",
    { class: "sort", "data-key": `sort ${row.id}` },
    make("summary", { "data-key": `summary ${row.id}`, "aria-label": say("Sort “%(title)s”", { title: row.title }) }, say("Sort")),
    make(
      "div",
      { class: "stack near" },
      collections.length > 0
        ? make("fieldset", {}, make("legend", {}, say("In these collections")), ...collections.map(({ id, name }) => choice(id, name)))
        : make("p", { class: "fine" }, say("There is no collection yet. Make one above the list.")),
      make("div", { class: "actions" }, step(-1, say("Move up")), step(1, say("Move down"))),
    ),
  );
}
