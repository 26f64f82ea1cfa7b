/**
 * A piece of the index: some documents of one language, and for each of their words the documents and the places
 * that have it. A piece is written once; what is replaced in it is marked as gone, until pieces are joined.
 *
 * Why not a library: of 5,000 articles of 1,200 words, MiniSearch makes 33 MB of JSON that takes 2.7 s to load, 174 MB
 * of memory, and 0.9 s to ask for two letters (Node 20, measured). Here a piece is a few typed arrays, which IndexedDB
 * gives back as they are.
 */

import { Reader, Writer } from "./bytes.js";
import { type Term, plainWords } from "./words.js";

/** What is known of a document without its text. */
export interface Doc {
  readonly id: string;
  readonly kind: string;
  /** Which text of it was read; see `versionOf`. */
  readonly version: string;
  readonly topics: readonly string[];
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  /** When it was published, in milliseconds; 0 where it says nothing of it. */
  readonly published: number;
  /** Whether its text was read; else only its title and what stands in lists. */
  readonly hasText: boolean;
  /** Its length in words. */
  readonly length: number;
}

/** A document as it is put in: what is known of it, and what it says. */
export interface Source extends Omit<Doc, "length"> {
  readonly title: string;
  readonly keywords: string;
  readonly text: string;
}

/** A piece as it is kept. */
export interface Piece {
  readonly language: string;
  readonly docs: readonly Doc[];
  /** The words in the order of their code units, a line each. */
  readonly words: string;
  /** How the words that are written otherwise than they are compared are written. */
  readonly spellings: Readonly<Record<string, string>>;
  /** In how many documents each word is. */
  readonly counts: Uint16Array;
  /** Where each word's documents begin in `docBytes`, and its places in `placeBytes`. */
  readonly docsAt: Uint32Array;
  readonly placesAt: Uint32Array;
  readonly docBytes: Uint8Array;
  readonly placeBytes: Uint8Array;
}

/** Places in a document are counted in words; its title, keywords and text begin at fixed ones. */
const KEYWORDS_AT = 256;
const TEXT_AT = 1_024;
const PLACE_BITS = 18;
const LAST_PLACE = (1 << PLACE_BITS) - 1;
/** Documents in a piece at most: number and place then fit one small integer. */
export const MOST_DOCS = 4_000;
const LONGEST_WORD = 40;
const MOST_SPELLINGS_KNOWN = 60_000;
/** After so many words the builder lets others have a turn. */
const BREATH = 2_000;

export const IN_TITLE = 1;
export const IN_KEYWORDS = 2;
/** Said of a hit whose word stands there whole, and not as the beginning of a longer one. */
export const WHOLE_IN_TITLE = 4;
export const WHOLE_IN_KEYWORDS = 8;

/** Makes one piece. */
export class Builder {
  readonly docs: Doc[] = [];
  /** For each word, `document << PLACE_BITS | place`, ascending. */
  readonly #words = new Map<string, number[]>();
  readonly #spellings = new Map<string, string>();

  constructor(readonly language: string) {}

  add(source: Source): void {
    const { title, keywords, text, ...known } = source;
    const number = this.docs.length;
    this.#put(number, 0, KEYWORDS_AT - 1, title);
    this.#put(number, KEYWORDS_AT, TEXT_AT - 1, keywords);
    const length = this.#put(number, TEXT_AT, LAST_PLACE, text);
    this.docs.push({ ...known, length });
  }

  /** Take over the documents of an earlier piece, but for those that are gone. */
  async join(piece: Segment, breathe: () => Promise<void>): Promise<void> {
    const numbers = piece.docs.map((doc, index) => (piece.gone.has(index) ? -1 : this.docs.push(doc) - 1));
    for (let word = 0; word < piece.words.length; word++) {
      const name = piece.words[word] as string;
      let places = this.#words.get(name);
      for (const [doc, its] of piece.places(word)) {
        const number = numbers[doc] as number;
        if (number < 0) continue;
        if (!places) this.#words.set(name, (places = []));
        for (const place of its) places.push((number << PLACE_BITS) | place);
      }
      if (word % BREATH === 0) await breathe();
    }
    for (const [word, spelling] of Object.entries(piece.spellings)) {
      if (this.#words.has(word)) this.#spellings.set(word, spelling);
    }
  }

  async build(breathe: () => Promise<void>): Promise<Piece> {
    const words = [...this.#words.keys()].sort();
    const docs = new Writer();
    const places = new Writer();
    const counts = new Uint16Array(words.length);
    const docsAt = new Uint32Array(words.length + 1);
    const placesAt = new Uint32Array(words.length + 1);
    for (let word = 0; word < words.length; word++) {
      docsAt[word] = docs.length;
      placesAt[word] = places.length;
      counts[word] = write(this.#words.get(words[word] as string) as number[], docs, places);
      if (word % BREATH === 0) await breathe();
    }
    docsAt[words.length] = docs.length;
    placesAt[words.length] = places.length;
    return {
      language: this.language,
      docs: this.docs,
      words: words.join("\n"),
      spellings: Object.fromEntries(this.#spellings),
      counts,
      docsAt,
      placesAt,
      docBytes: docs.result(),
      placeBytes: places.result(),
    };
  }

  #put(doc: number, from: number, until: number, text: string): number {
    let place = from;
    for (const [written] of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      for (const word of compared(written)) {
        if (place > until) return place - from;
        let places = this.#words.get(word);
        if (!places) {
          this.#words.set(word, (places = []));
          const spelling = written.toLowerCase().normalize("NFC");
          if (spelling !== word) this.#spellings.set(word, spelling);
        }
        places.push((doc << PLACE_BITS) | place++);
      }
    }
    return place - from;
  }
}

/** Write the documents and places of one word; give in how many documents it is. */
function write(all: readonly number[], docs: Writer, places: Writer): number {
  let count = 0;
  let before = -1;
  for (let index = 0; index < all.length; count++) {
    const doc = (all[index] as number) >>> PLACE_BITS;
    let last = 0;
    let fields = 0;
    const first = index;
    for (; index < all.length && (all[index] as number) >>> PLACE_BITS === doc; index++) {
      const place = (all[index] as number) & LAST_PLACE;
      fields |= fieldOf(place);
      places.write(place - last);
      last = place;
    }
    docs.write(doc - before);
    docs.write(((index - first) << 2) | fields);
    before = doc;
  }
  return count;
}

function fieldOf(place: number): number {
  if (place < KEYWORDS_AT) return IN_TITLE;
  return place < TEXT_AT ? IN_KEYWORDS : 0;
}

const known = new Map<string, readonly string[]>();

/** Give how a written word is compared; the same words come again and again. */
function compared(written: string): readonly string[] {
  let words = known.get(written);
  if (!words) {
    if (known.size >= MOST_SPELLINGS_KNOWN) known.clear();
    words = plainWords(written).map((word) => word.slice(0, LONGEST_WORD));
    known.set(written, words);
  }
  return words;
}

/** How one term stands in the documents of a piece: how often, and in which of their parts. */
export interface Standing {
  readonly often: Float32Array;
  readonly parts: Uint8Array;
}

/** What the end of a longer word counts against the whole word. */
const BEGINNING = 0.6;

/** A piece, read. */
export class Segment {
  readonly words: readonly string[];
  readonly docs: readonly Doc[];
  readonly spellings: Readonly<Record<string, string>>;

  constructor(
    private readonly piece: Piece,
    /** The numbers of documents that were replaced or withdrawn since. */
    readonly gone: Set<number> = new Set(),
  ) {
    this.words = piece.words ? piece.words.split("\n") : [];
    this.docs = piece.docs;
    this.spellings = piece.spellings;
  }

  get language(): string {
    return this.piece.language;
  }

  get bytes(): number {
    const { words, counts, docsAt, placesAt, docBytes, placeBytes } = this.piece;
    const arrays = [counts, docsAt, placesAt, docBytes, placeBytes];
    return words.length + arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Give the number of the first word that does not come before this one. */
  firstFrom(word: string): number {
    let low = 0;
    let high = this.words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.words[middle] as string) < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Say whether a word is there or begins one that is. */
  knows(word: string): boolean {
    return this.words[this.firstFrom(word)]?.startsWith(word) ?? false;
  }

  /** Say in how many documents a word is, those that are gone among them. */
  countOf(word: number): number {
    return this.piece.counts[word] as number;
  }

  /** Find where a term stands. */
  find(term: Term): Standing {
    const standing = { often: new Float32Array(this.docs.length), parts: new Uint8Array(this.docs.length) };
    if (term.isPhrase) this.#phrase(term.words, standing);
    else this.#beginning(term.words[0] as string, standing);
    return standing;
  }

  #beginning(start: string, { often, parts }: Standing): void {
    for (let word = this.firstFrom(start); this.words[word]?.startsWith(start); word++) {
      const isWhole = this.words[word] === start;
      const worth = isWhole ? 1 : BEGINNING;
      const reader = new Reader(this.piece.docBytes, this.piece.docsAt[word] as number);
      let doc = -1;
      for (let left = this.countOf(word); left > 0; left--) {
        doc += reader.read();
        const told = reader.read();
        (often[doc] as number) += (told >>> 2) * worth;
        (parts[doc] as number) |= told & 3;
        if (isWhole) (parts[doc] as number) |= (told & 3) << 2;
      }
    }
  }

  #phrase(words: readonly string[], { often, parts }: Standing): void {
    const numbers = words.map((word) => this.firstFrom(word));
    if (numbers.some((number, index) => this.words[number] !== words[index])) return;
    const [first, ...rest] = numbers.map((number) => this.places(number));
    for (const [doc, places] of first as Map<number, number[]>) {
      const following = rest.map((one) => new Set(one.get(doc)));
      for (const place of places) {
        if (!following.every((its, index) => its.has(place + index + 1))) continue;
        (often[doc] as number)++;
        const field = fieldOf(place);
        (parts[doc] as number) |= field | (field << 2);
      }
    }
  }

  /** Give the places of a word, by the numbers of documents. */
  places(word: number): Map<number, number[]> {
    const docs = new Reader(this.piece.docBytes, this.piece.docsAt[word] as number);
    const places = new Reader(this.piece.placeBytes, this.piece.placesAt[word] as number);
    const found = new Map<number, number[]>();
    let doc = -1;
    for (let left = this.countOf(word); left > 0; left--) {
      doc += docs.read();
      const its: number[] = [];
      let place = 0;
      for (let more = docs.read() >>> 2; more > 0; more--) its.push((place += places.read()));
      found.set(doc, its);
    }
    return found;
  }
}
