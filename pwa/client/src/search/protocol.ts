/** What a page and its search worker say to each other. */

import type { Answer, Query } from "./finder.js";
import type { Progress } from "./keeper.js";

export type ToSearch =
  /** Look whether the library has changed, and read what has. */
  | { readonly type: "refresh" }
  | ({ readonly type: "find"; readonly number: number } & Query);

export type FromSearch =
  | { readonly type: "progress"; readonly progress: Progress }
  /** What is kept has been loaded: questions are answered from it. */
  | { readonly type: "loaded"; readonly progress: Progress; readonly bytes: number }
  /** The index is as the library is. */
  | { readonly type: "settled"; readonly progress: Progress }
  | { readonly type: "found"; readonly number: number; readonly answer: Answer }
  /** There is no store, or it cannot be read. */
  | { readonly type: "failed" };
