/** What the worker does about what somebody has written: sends it, keeps the copies of their pages, and gives these back. */

import { showBadge } from "../outbox/badge.js";
import { copyAt, refreshCopies } from "../outbox/copies.js";
import { accountConnection } from "../outbox/database.js";
import { type Desk as OutboxDesk, type News, OUTBOX_CHANNEL } from "../outbox/desk.js";
import { type Kept, keepDraft } from "../outbox/drafts.js";
import { flush } from "../outbox/flush.js";
import { countWaiting } from "../outbox/items.js";
import { doubt, ringOf } from "../outbox/session.js";
import { normal } from "../library/address.js";
import { type Desk, copiedPage } from "./pages.js";

declare const self: ServiceWorkerGlobalScope;

/** The name under which the browser is asked to wake the worker once there is a connection. */
export const OUTBOX = "respite-outbox";

const channel = new BroadcastChannel(OUTBOX_CHANNEL);
const outbox: OutboxDesk = {
  connection: accountConnection(),
  now: () => Date.now(),
  tell: (news: News) => channel.postMessage(news),
};
const network = { fetch: (address: string, init: RequestInit) => fetch(address, init), locks: navigator.locks };

let turn: Promise<unknown> = Promise.resolve();

/** Send what can be sent now, then fetch the copies anew where that has changed them. Says whether something is left. */
export function sendWaiting(isBack: boolean): Promise<boolean> {
  const next = turn.then(() => round(isBack));
  turn = next.catch(() => undefined);
  return next;
}

async function round(isBack: boolean): Promise<boolean> {
  const { sent, left } = await flush(outbox, network);
  if (left) await wakeLater();
  await showBadge(await countWaiting(outbox));
  await refreshCopies(outbox, network.fetch, sent > 0 || isBack);
  return left;
}

async function wakeLater(): Promise<void> {
  const { sync } = self.registration as { sync?: { register(tag: string): Promise<void> } };
  await sync?.register(OUTBOX).catch(() => undefined);
}

/** The browser has woken us: where nobody could be reached it is told so, and wakes us again. */
export async function sendWoken(): Promise<void> {
  if (await sendWaiting(true)) throw new Error("Something waits to be sent.");
}

/** Keep what stood in a form when its page went away. */
export async function keepLastWords(holder: string, generation: string, draft: Kept): Promise<void> {
  const ring = await ringOf(outbox, holder);
  if (ring?.generation === generation) await keepDraft(outbox, ring, draft);
}

/** Somebody sends a form of an account page, and may be another one afterwards. */
export function noteAccountForm(event: FetchEvent, url: URL): void {
  const { method, mode } = event.request;
  if (method === "POST" && mode === "navigate" && url.pathname.startsWith("/accounts/")) event.waitUntil(doubt(outbox).catch(() => undefined));
}

/** Make a private page from its copy, or null where there is none of whoever is logged in. */
export async function privatePage(desk: Desk, url: URL): Promise<Response | null> {
  const copy = await copyAt(outbox, normal(url.pathname)).catch(() => null);
  return copy && copiedPage(desk, copy, url);
}
