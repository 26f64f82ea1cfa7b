/** The copies of an account's private pages: read without a connection, sealed, and replaced all at once. */

import type { Desk } from "./desk.js";
import type { Fetch } from "./post.js";
import { seal, unseal } from "./sealing.js";
import { hear, ringOf, session, shownAccount } from "./session.js";

/** A private page: its address, its title and its main, which our server has drawn. */
export interface Page {
  readonly path: string;
  readonly title: string;
  readonly html: string;
}

/** All of them, and when they were as they are here. */
export interface Shelf {
  readonly pages: readonly Page[];
  readonly language: string;
}

const ADDRESS = "/sync/own/";
/** Without a reason they are not asked for again so soon. */
const SOON_MS = 60_000;
const PATIENCE_MS = 30_000;
const PLACE = "copies";

/** A copy, and when it was last known to be true, in milliseconds. */
export interface Copy extends Page {
  readonly asked_at: number;
  readonly language: string;
}

/** Find the copy of a private page, of whoever is known to be logged in; null where there is none. */
export async function copyAt(desk: Desk, path: string): Promise<Copy | null> {
  const account = shownAccount(await session(desk));
  if (!account) return null;
  const [ring, kept] = await Promise.all([ringOf(desk, account), desk.connection.use((database) => database.get("copies", account))]);
  if (!ring || !kept?.sealed) return null;
  const { pages, language } = await unseal<Shelf>(ring, PLACE, kept.sealed);
  const found = pages.find((page) => page.path === path);
  return found ? { ...found, language, asked_at: kept.asked_at } : null;
}

/** Ask for the copies anew, of whoever is logged in; at most once a minute unless there is a reason. */
export async function refreshCopies(desk: Desk, fetch: Fetch, hasReason: boolean): Promise<void> {
  const { account, signed_in } = await session(desk);
  if (!account || !signed_in) return;
  const kept = await desk.connection.use((database) => database.get("copies", account));
  const age = desk.now() - (kept?.asked_at ?? 0);
  if (!hasReason && age >= 0 && age < SOON_MS) return;
  const asked_at = desk.now();
  const response = await ask(fetch, kept?.etag ?? "");
  if (response?.status === 401) return hear(desk, null, asked_at);
  if (response?.status === 304) return keep(desk, account, {});
  if (response?.status !== 200 || !(response.headers.get("content-type") ?? "").startsWith("application/json")) return;
  const told = (await response.json().catch(() => null)) as (Partial<Shelf> & { readonly account?: string }) | null;
  if (!told?.account || !Array.isArray(told.pages)) return;
  await hear(desk, told.account, asked_at);
  const ring = await ringOf(desk, told.account);
  if (!ring) return;
  const shelf: Shelf = { pages: told.pages, language: response.headers.get("content-language") ?? "" };
  await keep(desk, told.account, { etag: response.headers.get("etag") ?? "", sealed: await seal(ring, PLACE, shelf) }, ring.generation);
}

async function ask(fetch: Fetch, etag: string): Promise<Response | null> {
  const headers = { accept: "application/json", ...(etag ? { "if-none-match": etag } : {}) };
  return fetch(ADDRESS, { cache: "no-store", redirect: "error", headers, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
}

/** Write them down, unless their account has left meanwhile. */
async function keep({ connection, now, tell }: Desk, account: string, change: Partial<{ etag: string; sealed: Awaited<ReturnType<typeof seal>> }>, generation?: string): Promise<void> {
  await connection.use(async (database) => {
    const transaction = database.transaction(["keys", "copies", "session"], "readwrite");
    const here = await transaction.objectStore("session").get("session");
    const ring = await transaction.objectStore("keys").get(account);
    const isHere = here?.account === account && here.signed_in && ring !== undefined && (!generation || ring.generation === generation);
    const copies = transaction.objectStore("copies");
    const before = (await copies.get(account)) ?? { id: account, etag: "", sealed: null };
    if (isHere) void copies.put({ ...before, ...change, asked_at: now() });
    await transaction.done;
  });
  if (change.sealed) tell({ type: "copies" });
}
