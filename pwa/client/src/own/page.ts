/** The page "Saved": the reader's articles and collections, then what was marked and noted. */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { ask } from "../page/worker.js";
import type { Known } from "../protocol/messages.js";
import { bar } from "./collections-bar.js";
import { item } from "./item.js";
import { type Note, allNotes } from "./notes.js";
import { installNote } from "../page/installing.js";
import { notesSection } from "./notes-list.js";
import { type Collection, type Saved, collections, savedArticles, within } from "./shelf.js";
import { onChange } from "./tabs.js";

/** What the page shows at a moment. */
export interface Shown {
  readonly articles: readonly Saved[];
  readonly collections: readonly Collection[];
  /** The collection that was chosen; null for all articles. */
  readonly chosen: Collection | null;
  readonly known: ReadonlyMap<string, Known>;
  /** Addresses that can be read without a connection; null where nobody could be asked. */
  readonly kept: ReadonlySet<string> | null;
  readonly notes: readonly Note[];
  readonly choose: (id: string) => void;
}

/** Draw the page into its element, and draw it anew whenever something has changed, here or in another tab. */
export function showSaved(element: HTMLElement): void {
  let chosen = "";
  const list = make("div", { class: "own" });
  element.replaceChildren(list);
  const draw = async () => {
    try {
      const shown = await look(chosen, (id) => {
        chosen = id;
        void draw();
      });
      chosen = shown.chosen?.id ?? "";
      replace(list, ...drawn(shown));
    } catch {
      list.replaceChildren(denied());
    }
  };
  // Changes that follow upon each other are drawn one after the other, so that an older list never comes last.
  let drawing: Promise<void> = Promise.resolve();
  const drawNext = () => (drawing = drawing.then(draw));
  onChange(() => void drawNext());
  for (const news of ["beforeinstallprompt", "appinstalled"]) addEventListener(news, () => void drawNext());
  addEventListener("pageshow", (event) => event.persisted && void drawNext());
  void drawNext();
}

async function look(chosenId: string, choose: (id: string) => void): Promise<Shown> {
  const [all, groups, notes] = await Promise.all([savedArticles(), collections(), allNotes()]);
  const chosen = groups.find(({ id }) => id === chosenId) ?? null;
  const known = await ask({ type: "known", ids: all.map(({ id }) => id) });
  const byId = new Map((known ?? []).map((one) => [one.id, one]));
  const paths = all.map(({ id, path }) => byId.get(id)?.path ?? path);
  const kept = await ask({ type: "is-kept", paths });
  return { articles: all, collections: groups, chosen, known: byId, kept: kept && new Set(kept), notes, choose };
}

function drawn(shown: Shown): Node[] {
  const notes = notesSection(shown.notes);
  // Who has kept something here means to come back.
  const install = shown.articles.length + shown.notes.length > 0 ? installNote() : null;
  const end = [notes, ...(install ? [install] : [])];
  if (shown.articles.length === 0 && shown.collections.length === 0) return [nothingYet(), ...end];
  const { articles, chosen } = shown;
  const listed = chosen ? within(articles, chosen.id) : articles;
  const rows = make("div", { class: "rows" }, ...listed.map((row) => item(row, listed, shown)));
  const empty = chosen
    ? say("Nothing is in this collection yet. Choose “Sort” under an article to put it in.")
    : say("No article is saved now.");
  const heading = make("h2", { class: "sr" }, say("Articles"));
  return [bar(shown), heading, listed.length > 0 ? rows : make("p", { class: "soft" }, empty), ...end];
}

function nothingYet(): Node {
  const home = document.querySelector(".brand")?.getAttribute("href") ?? "/";
  return make(
    "div",
    { class: "panel lined stack" },
    make("h2", {}, say("Nothing is saved yet")),
    make("p", {}, say("Under the title of each article is a button “Save”. What you save is listed here, in your order.")),
    make("p", {}, make("a", { class: "btn", href: `${home}articles/` }, say("Look through the articles"))),
  );
}

function denied(): Node {
  return make(
    "p",
    { class: "note", "data-tone": "honey" },
    make("span", {}, say("This browser lets Respite keep nothing here, so there is no list. A private window may be why; articles can be read all the same.")),
  );
}

/** Put new content in place of the old, and the focus where it was: each control has a name of its own. */
function replace(list: HTMLElement, ...content: readonly Node[]): void {
  const key = (document.activeElement as HTMLElement | null)?.dataset.key;
  const opened = [...list.querySelectorAll<HTMLElement>("details[open][data-key]")].map(({ dataset }) => dataset.key);
  list.replaceChildren(...content);
  for (const details of list.querySelectorAll<HTMLDetailsElement>("details[data-key]")) {
    if (opened.includes(details.dataset.key)) details.open = true;
  }
  if (key) list.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
