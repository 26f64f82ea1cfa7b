/** Asking the server for the texts of articles that are here as titles. */

import type { Other } from "./entries.js";
import { waitAsked } from "./rest.js";

const ADDRESS = "/sync/texts/";
const PATIENCE_MS = 20_000;
/** How many texts are asked for at once. */
export const TEXTS_AT_ONCE = 20;

/** The text of an article as of a revision. */
export interface Text {
  readonly id: string;
  readonly revision: number;
  readonly html: string;
  readonly others?: Readonly<Record<string, Other>>;
}

/** Texts, or null where no answer of ours came; `wait` is what the server asks for, in milliseconds. */
export type AskedTexts = { readonly texts: readonly Text[] | null; readonly wait: number };

export type AskTexts = (ids: readonly string[], signal: AbortSignal) => Promise<AskedTexts>;

/** Give a way to ask for texts through a `fetch`. */
export function textAsker(send: typeof fetch): AskTexts {
  return async (ids, signal) => {
    try {
      const response = await send(`${ADDRESS}?ids=${ids.join(",")}`, {
        credentials: "omit",
        redirect: "manual",
        cache: "no-store",
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      const wait = waitAsked(response.headers.get("retry-after"), Date.now());
      const isOurs = response.status === 200 && (response.headers.get("content-type") ?? "").startsWith("application/json");
      return { texts: isOurs ? textsIn(JSON.parse(await response.text())) : null, wait };
    } catch {
      return { texts: null, wait: 0 };
    }
  };
}

/** Give the texts in a parsed answer; null where it is none of ours. */
export function textsIn(value: unknown): readonly Text[] | null {
  const texts = (value as { texts?: unknown } | null)?.texts;
  return Array.isArray(texts) && texts.every(isText) ? texts : null;
}

function isText(value: unknown): value is Text {
  const { id, revision, html } = (value ?? {}) as Partial<Text>;
  return typeof id === "string" && typeof revision === "number" && typeof html === "string";
}
