/** Marks in the text of an article: shown, and found again by a tap. */

import type { Note } from "../own/notes.js";

const NAME = "respite-marks";

interface Mark {
  readonly note: Note;
  readonly range: Range;
}

let marks: readonly Mark[] = [];

/** Show these marks, in place of those that were shown. The browser paints them itself where it can; the text is not touched. */
export function showMarks(shown: readonly Mark[]): void {
  marks = shown;
  if ("highlights" in CSS) CSS.highlights.set(NAME, new Highlight(...shown.map(({ range }) => range)));
  else wrap(shown);
}

/** Find the note whose mark is at a place of the window; the last that was made lies on top. */
export function noteAt(x: number, y: number): Note | null {
  const marked = document.elementFromPoint(x, y)?.closest<HTMLElement>("mark.own-mark");
  if (marked) return marks.find(({ note }) => note.id === marked.dataset.note)?.note ?? null;
  const covers = ({ left, right, top, bottom }: DOMRect) => x >= left && x <= right && y >= top && y <= bottom;
  return marks.findLast(({ range }) => [...range.getClientRects()].some(covers))?.note ?? null;
}

/** Without highlights, the words are wrapped: every piece of text that a mark touches gets an element of its own. */
function wrap(shown: readonly Mark[]): void {
  for (const mark of document.querySelectorAll("mark.own-mark")) {
    mark.replaceWith(...mark.childNodes);
  }
  document.querySelector("article .prose")?.normalize();
  for (const { note, range } of shown) for (const piece of piecesOf(range)) piece.surroundContents(element(note));
}

function element(note: Note): HTMLElement {
  const mark = document.createElement("mark");
  mark.className = "own-mark";
  mark.dataset.note = note.id;
  return mark;
}

/** Give a range for each text node that a range touches: an element can be put around these. */
function piecesOf(range: Range): Range[] {
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  if (range.commonAncestorContainer instanceof Text) nodes.push(range.commonAncestorContainer);
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) nodes.push(walker.currentNode as Text);
  return nodes.flatMap((node) => {
    const piece = document.createRange();
    piece.setStart(node, node === range.startContainer ? range.startOffset : 0);
    piece.setEnd(node, node === range.endContainer ? range.endOffset : node.length);
    return piece.toString().trim() ? [piece] : [];
  });
}
