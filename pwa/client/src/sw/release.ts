/** What the server put in front of this worker: the release it belongs to, and the frame of every page. */

import type { Words } from "../words/speech.js";
import type { Language } from "./compose.js";

export interface Release {
  readonly version: string;
  readonly template_version: string;
  /** What stands around the pages of each language, the default one first. */
  readonly faces: readonly Face[];
  /** Hashed files to keep. */
  readonly assets: readonly string[];
  /** Whole pages to keep from the first moment. */
  readonly pages: readonly string[];
  /** Headers that a joined page carries. */
  readonly headers: Readonly<Record<string, string>>;
  /** The country whose helplines come first. */
  readonly first_country: string;
  /** Where news of a kind stands, by the kind's number, which is all that a push service carries. */
  readonly places: Readonly<Record<string, string>>;
}

/** The pages that are no entries. */
export type Part =
  | ("help" | "offline" | "on-this-phone" | "search" | "titled" | "gone" | "saved" | "contact" | "specialists" | "write")
  | ("questions" | "ask" | "join")
  | ("share-article" | "share-page" | "share-missing" | "share-elsewhere" | "share-empty");

/** What stands around the pages of one language. */
export interface Face {
  readonly language: string;
  /** What its addresses begin with: nothing, or `/de`. */
  readonly root: string;
  /** The languages it offers to go over to. */
  readonly languages: readonly Language[];
  /** The shell's HTML, with its slots. */
  readonly shell: string;
  /** Unfilled mains of pages that are no entries. */
  readonly parts: Readonly<Record<Part, string>>;
  /** What stands before the way to Help now, on the home page. */
  readonly crisis_note: string;
  /** What the worker says. */
  readonly words: Words;
}

/** Give the face of the language that an address is in. */
export function faceOf(given: Pick<Release, "faces">, path: string): Face {
  const own = given.faces.find(({ root }) => root !== "" && (path === root || path.startsWith(`${root}/`)));
  return own ?? (given.faces[0] as Face);
}

declare global {
  var __RESPITE: Release;
}

/** The release this worker was made with. */
export const release: Release = globalThis.__RESPITE;
