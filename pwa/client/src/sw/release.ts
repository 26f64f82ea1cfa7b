/** What the server put in front of this worker: the release it belongs to, and the frame of every page. */

export interface Release {
  readonly version: string;
  readonly template_version: string;
  /** The shell's HTML, with its slots. */
  readonly shell: string;
  /** Unfilled mains of pages that are no entries. */
  readonly parts: Readonly<Record<"help" | "offline" | "search" | "gone", string>>;
  /** Hashed files to keep. */
  readonly assets: readonly string[];
  /** Whole pages to keep from the first moment. */
  readonly pages: readonly string[];
  /** Headers that a joined page carries. */
  readonly headers: Readonly<Record<string, string>>;
  /** The country whose helplines come first. */
  readonly first_country: string;
  /** What stands before the way to Help now, on the home page. */
  readonly crisis_note: string;
}

declare global {
  var __RESPITE: Release;
}

/** The release this worker was made with. */
export const release: Release = self.__RESPITE;
