/** Opening at the place found: marks in the page what was searched for, and goes to where the excerpt stands. */

import { make } from "../page/make.js";
import { many, say } from "../page/speech.js";
import { takeFound } from "./found.js";
import { placesOf } from "./marks.js";
import { plain, termsOf } from "./words.js";

const NAME = "found";
/** Words of an excerpt by which its place is known again. */
const ENOUGH = 8;

/** Mark what was searched for in this page, where a result led here. */
export function arrive(): void {
  const found = takeFound();
  const main = document.getElementById("main");
  if (!found || !main) return;
  const ranges = rangesOf(main, found.query);
  const first = nearest(main, ranges, found.excerpt);
  if (first >= 0) goTo(ranges[first] as Range);
  if (ranges.length > 0 && "highlights" in CSS) offer(ranges, Math.max(first, 0));
}

function rangesOf(main: Element, query: string): Range[] {
  const terms = termsOf(query);
  const ranges: Range[] = [];
  for (const node of textsOf(main)) {
    for (const [start, end] of placesOf(node.data, terms)) {
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, end);
      ranges.push(range);
    }
  }
  return ranges;
}

/** Give the texts of the page's own words: neither what is drawn nor what works. */
function textsOf(main: Element): Text[] {
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, (node) => {
    const isUnread = node.parentElement?.closest("nav, svg, button, form, .cited-in, [hidden], [aria-hidden=true], respite-share");
    return isUnread ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  });
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  return texts;
}

/** Find which of the places is the one in the excerpt: the one whose block has most of its words; -1 where none is. */
function nearest(main: Element, ranges: readonly Range[], excerpt: string): number {
  const wanted = plain(excerpt).split(" ").slice(1, -1);
  if (wanted.length < ENOUGH / 2) return ranges.length > 0 && location.hash === "" ? -1 : fromHash(main, ranges);
  const words = new Set(wanted);
  const shares = ranges.map((range) => {
    const block = range.startContainer.parentElement?.closest("p, li, h1, h2, h3, h4, blockquote, figcaption, dd");
    const its = new Set(plain(block?.textContent ?? "").split(" "));
    return [...words].filter((word) => its.has(word)).length;
  });
  const most = Math.max(...shares);
  return most >= Math.min(ENOUGH, words.size) / 2 ? shares.indexOf(most) : fromHash(main, ranges);
}

/** Give the first place at or below what the address leads to. */
function fromHash(main: Element, ranges: readonly Range[]): number {
  const target = location.hash ? main.querySelector(`#${CSS.escape(decodeURIComponent(location.hash.slice(1)))}`) : null;
  if (!target) return -1;
  return ranges.findIndex((range) => target.compareDocumentPosition(range.startContainer) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY));
}

function goTo(range: Range): void {
  const box = range.getBoundingClientRect();
  // A third of the way down: what comes before a place is part of understanding it.
  scrollTo({ top: scrollY + box.top - innerHeight / 3, behavior: "instant" });
}

/** Mark the places, and offer the next one and an end to it. */
function offer(ranges: readonly Range[], first: number): void {
  CSS.highlights.set(NAME, new Highlight(...ranges));
  let current = first;
  const words = make("p", { role: "status" }, many("%(count)s place is marked.", "%(count)s places are marked.", ranges.length));
  const next = () => {
    current = (current + 1) % ranges.length;
    goTo(ranges[current] as Range);
    words.textContent = say("Place %(number)s of %(count)s", { number: current + 1, count: ranges.length });
  };
  const end = () => {
    CSS.highlights.delete(NAME);
    bar.remove();
  };
  const bar = make(
    "section",
    { class: "toast marks", "aria-label": say("What was searched for") },
    words,
    ranges.length > 1 && make("button", { type: "button", onclick: next }, say("Next place")),
    make("button", { type: "button", onclick: end }, say("Remove the marks")),
  );
  document.body.append(bar);
}
