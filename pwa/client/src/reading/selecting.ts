/** The two buttons that appear when words of the text are selected. */

import { icon, make } from "../page/make.js";
import { say } from "../page/speech.js";
import { markSelection } from "./margin.js";

let bar: HTMLElement | null = null;

/** Show the buttons while words of the article are selected, and take them away afterwards. */
export function followSelection(reader: HTMLElement): void {
  const selection = getSelection();
  const prose = document.querySelector("article .prose");
  const isIn = selection !== null && !selection.isCollapsed && prose?.contains(selection.getRangeAt(0).commonAncestorContainer);
  const hasWords = isIn && selection.toString().trim().length > 1;
  if (!hasWords) {
    bar?.remove();
    bar = null;
    return;
  }
  bar ??= drawn(reader);
  if (!bar.isConnected) document.body.append(bar);
  const top = Math.max(80, selection.getRangeAt(0).getBoundingClientRect().top - bar.offsetHeight - 12);
  bar.style.setProperty("--leaf-top", `${Math.round(top)}px`);
}

function drawn(reader: HTMLElement): HTMLElement {
  const button = (sign: string, label: string, isNote: boolean) =>
    make("button", { class: "btn quiet small", type: "button", onclick: () => void markSelection(reader, isNote) }, icon(sign), label);
  // What is selected must stay so until the button has been pressed.
  const keep = (event: Event) => event.preventDefault();
  return make("div", { class: "marker", role: "toolbar", "aria-label": say("Selected words"), onpointerdown: keep }, button("bookmark", say("Mark"), false), button("note", say("Mark and write a note"), true));
}
