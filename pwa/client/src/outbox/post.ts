/** One request to the server, and what its answer means. */

import { waitAsked } from "../library/rest.js";
import type { Letter, Problem } from "./items.js";

/** How long the server may take. What it does after that counts all the same: the key sees to it. */
const PATIENCE_MS = 30_000;
const KIND = "urn:respite:problem:";

export type Answer =
  /** It is there now, or was already. */
  | { readonly is: "made" }
  | { readonly is: "log-in-needed" }
  /** The token was none, or an old one. */
  | { readonly is: "token-needed" }
  /** The session is another account's by now. */
  | { readonly is: "other-account" }
  /** Not like this, and not later either. */
  | { readonly is: "refused"; readonly problem: Problem }
  /** Not now: the server is busy or fails. `rest` is for how long it wants to be left alone altogether, 0 for not. */
  | { readonly is: "later"; readonly rest: number }
  /** Nobody answered, or a stranger. */
  | { readonly is: "silence" };

export interface Asked {
  readonly account: string | null;
  readonly asked_at: number;
  readonly token: string;
}

export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** Ask whose session this is, and for a token; null where our server does not say so. */
export async function askSession(fetch: Fetch, asked_at: number): Promise<Asked | null> {
  try {
    const response = await fetch("/api/v1/session/", { cache: "no-store", redirect: "error", headers: { accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status !== 200 || !isJson(response)) return null;
    const { user, csrf_token: token } = (await response.json()) as { user: { id?: string } | null; csrf_token: string };
    const account = user === null ? null : user.id;
    return account === undefined || typeof token !== "string" ? null : { account, token, asked_at };
  } catch {
    return null;
  }
}

/** Send a letter under its key, as an account. Never raises. */
export async function post(fetch: Fetch, id: string, account: string, letter: Letter, token: string, now: number): Promise<Answer> {
  try {
    const response = await fetch(letter.address, {
      method: letter.method,
      cache: "no-store",
      redirect: "error",
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        accept: "application/json",
        "accept-language": letter.language,
        "content-type": "application/json",
        "idempotency-key": id,
        "respite-account": account,
        "x-csrftoken": token,
      },
      body: JSON.stringify({ ...letter.body, ...letter.given }),
    });
    return await read(response, now);
  } catch {
    return { is: "silence" };
  }
}

async function read(response: Response, now: number): Promise<Answer> {
  const { status } = response;
  if (status === 429 || status === 503) return { is: "later", rest: Math.max(waitAsked(response.headers.get("retry-after"), now), 1_000) };
  if (status >= 500 || status === 408) return { is: "later", rest: 0 };
  // What stands before our server may refuse what is too long, in its own words.
  if (status === 413) return { is: "refused", problem: await problemIn(response) };
  // Whatever else does not come in our form is not our server's answer.
  if (!isJson(response)) return { is: "silence" };
  if (status === 200 || status === 201) return response.json().then(() => ({ is: "made" }));
  const problem = await problemIn(response);
  if (status === 401) return { is: "log-in-needed" };
  if (status === 403 && problem.kind === "csrf") return { is: "token-needed" };
  if (status === 403 && problem.kind === "other-account") return { is: "other-account" };
  return status >= 400 ? { is: "refused", problem } : { is: "silence" };
}

async function problemIn(response: Response): Promise<Problem> {
  const { type = "", detail = "", errors = {}, taken = [], others = [] } = isJson(response) ? ((await response.json()) as Partial<Problem> & { type?: string }) : {};
  return { kind: type.startsWith(KIND) ? type.slice(KIND.length) : "", status: response.status, detail, errors, taken, others };
}

function isJson(response: Response): boolean {
  return /^application\/(problem\+)?json\b/.test(response.headers.get("content-type") ?? "");
}
