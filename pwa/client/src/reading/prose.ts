/** The text of an article as one line, and back from places in it to the document. */

import type { Quote } from "../own/notes.js";
import { find, quote } from "../own/quoting.js";

/** What stands within an article's text and is not it: it differs from day to day, or belongs to a list. */
const NOT_TEXT = "respite-offer, .refs, .share, .changes, .rows, script, style";
const BLOCK = "p, li, h2, h3, h4, blockquote, figcaption, dt, dd";

export class Prose {
  /** The whole text, its white space single. */
  readonly text: string;
  readonly #nodes: Text[] = [];
  /** For each letter, the number of its node and where in it. */
  readonly #places: (readonly [number, number])[] = [];

  constructor(private readonly root: HTMLElement) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof Element && node.matches(NOT_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    const letters: string[] = [];
    const add = (letter: string, node: number, offset: number) => {
      const isSpace = /\s/.test(letter);
      if (isSpace && (letters.at(-1) ?? " ") === " ") return;
      letters.push(isSpace ? " " : letter);
      this.#places.push([node, offset]);
    };
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node instanceof Element && node.matches(BLOCK)) add(" ", this.#nodes.length, 0);
      if (!(node instanceof Text)) continue;
      const number = this.#nodes.push(node) - 1;
      for (let offset = 0; offset < node.length; offset += 1) add(node.data.charAt(offset), number, offset);
    }
    this.text = letters.join("");
  }

  /** Give the text of the article that the page shows; null on a page without one. */
  static ofPage(): Prose | null {
    const root = document.querySelector<HTMLElement>("article .prose");
    return root && new Prose(root);
  }

  /** Describe what is selected; null where none of it is in the text. */
  quoteOf(range: Range): Quote | null {
    if (!range.intersectsNode(this.root)) return null;
    const isIn = ([number, offset]: readonly [number, number]) => {
      const node = this.#nodes[number];
      return node !== undefined && offset < node.length && range.comparePoint(node, offset) === 0 && range.comparePoint(node, offset + 1) === 0;
    };
    const first = this.#places.findIndex(isIn);
    const last = this.#places.findLastIndex(isIn);
    if (first < 0) return null;
    const words = quote(this.text, first, last + 1);
    const node = this.#nodes[this.#places[first]?.[0] ?? 0];
    return words.exact && node ? { ...words, ...sectionOf(node) } : null;
  }

  /** Find where a quote stands; null where its words are no longer there. */
  rangeOf(words: Quote): Range | null {
    const found = find(this.text, words);
    if (!found) return null;
    const [start, end] = [this.#places[found[0]], this.#places[found[1] - 1]];
    const [from, to] = [this.#nodes[start?.[0] ?? -1], this.#nodes[end?.[0] ?? -1]];
    if (!start || !end || !from || !to) return null;
    const range = document.createRange();
    range.setStart(from, start[1]);
    range.setEnd(to, end[1] + 1);
    return range;
  }
}

/** Give the section that a place in the text belongs to. */
function sectionOf(node: Node): Pick<Quote, "anchor" | "section"> {
  const heading = node.parentElement?.closest("section")?.querySelector<HTMLElement>("h2[id]");
  return { anchor: heading?.id ?? "", section: heading?.textContent?.trim() ?? "" };
}
