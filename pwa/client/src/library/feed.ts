/** Asking the server for changes, and believing only an answer that is ours. */

import type { Change, Changes, Cursor } from "./entries.js";
import { waitAsked } from "./rest.js";

const FEED = "/sync/changes/";
const PAGE_LENGTH = 100;
const PATIENCE_MS = 20_000;

/** What came of asking. */
export enum Answer {
  /** A page of changes. */
  Page = "page",
  /** The server no longer knows this cursor: start again. */
  Gone = "gone",
  /** Nobody answered. */
  Silence = "silence",
  /** Our server is there and fails. */
  Refusal = "refusal",
  /** Our server is well, and asks us to come less often. */
  Busy = "busy",
  /** Somebody answered who is not our server, such as a network that wants a log-in first. */
  Stranger = "stranger",
  /** We stopped asking. */
  Stopped = "stopped",
}

export type Asked =
  | { readonly answer: Answer.Page; readonly page: Changes }
  | { readonly answer: Answer.Refusal | Answer.Busy; readonly wait?: number }
  | { readonly answer: Exclude<Answer, Answer.Page | Answer.Refusal | Answer.Busy> };

/** Asks for the changes after a cursor; without `texts`, articles come as titles. */
export type Ask = (after: Cursor, signal: AbortSignal, texts?: boolean) => Promise<Asked>;

/** Give a way to ask for changes through a `fetch`. */
export function asker(send: typeof fetch, patience: number = PATIENCE_MS): Ask {
  return async (after, signal, texts = true) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), patience);
    const stop = () => limit.abort();
    signal.addEventListener("abort", stop);
    try {
      if (signal.aborted) return { answer: Answer.Stopped };
      const response = await send(`${FEED}?after=${encodeURIComponent(after)}&limit=${PAGE_LENGTH}${texts ? "" : "&texts=no"}`, {
        // Nobody is asked who they are: the feed is the same for all.
        credentials: "omit",
        redirect: "manual",
        cache: "no-store",
        signal: limit.signal,
      });
      return await read(response, after);
    } catch {
      return { answer: signal.aborted ? Answer.Stopped : Answer.Silence };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  };
}

async function read(response: Response, after: Cursor): Promise<Asked> {
  const type = response.headers.get("content-type") ?? "";
  // The cursor is of a time that the server has forgotten, or is none of its own.
  if ([400, 410].includes(response.status) && type.startsWith("application/problem+json")) return { answer: Answer.Gone };
  const wait = waitAsked(response.headers.get("retry-after"), Date.now());
  if (response.status === 429) return { answer: Answer.Busy, wait };
  if (response.status >= 500) return { answer: Answer.Refusal, wait };
  if (response.status !== 200 || response.redirected || !type.startsWith("application/json")) {
    return { answer: Answer.Stranger };
  }
  const text = await response.text();
  try {
    const page: unknown = JSON.parse(text);
    return isChanges(page, after) ? { answer: Answer.Page, page } : { answer: Answer.Stranger };
  } catch {
    // What began as ours and ends half-way is no network that wants a log-in.
    return { answer: text.startsWith("{") ? Answer.Refusal : Answer.Stranger };
  }
}

/** Say whether a parsed answer is a page of our feed that leads on from a cursor. */
export function isChanges(value: unknown, after: Cursor): value is Changes {
  if (!isRecord(value) || !Array.isArray(value.changes)) return false;
  const leadsOn = value.more === false || (value.more === true && value.cursor !== after);
  const isCursor = typeof value.cursor === "number" || typeof value.cursor === "string";
  const hasEpoch = typeof value.epoch === "number" || typeof value.epoch === "string";
  return leadsOn && isCursor && hasEpoch && value.changes.every(isChange);
}

function isChange(value: unknown): value is Change {
  return (
    isRecord(value) &&
    (value.op === "upsert" || value.op === "delete") &&
    typeof value.id === "string" &&
    typeof value.kind === "string" &&
    typeof value.revision === "number" &&
    (value.path === null || typeof value.path === "string")
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
