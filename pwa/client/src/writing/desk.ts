/** The page's side of the outbox: one desk for the whole page, hearing and telling other tabs, and sending. */

import { accountConnection } from "../outbox/database.js";
import { type Desk, type News, OUTBOX_CHANNEL } from "../outbox/desk.js";
import { flush } from "../outbox/flush.js";
import { tell } from "../page/worker.js";

const channel = new BroadcastChannel(OUTBOX_CHANNEL);
const listeners = new Set<(news: News) => void>();
const pass = (news: News) => listeners.forEach((listener) => listener(news));
channel.onmessage = (event) => pass(event.data as News);

export const desk: Desk = {
  connection: accountConnection(),
  now: () => Date.now(),
  tell(news) {
    channel.postMessage(news);
    pass(news);
  },
};

/** Call back whenever something has changed, here, in the worker or in another tab. */
export function onNews(listener: (news: News) => void): void {
  listeners.add(listener);
}

export const network = { fetch: (address: string, init: RequestInit) => fetch(address, init), locks: navigator.locks };

/** Have sent what waits: by the worker, which goes on when this page has gone; where there is none, by this page. */
export async function send(): Promise<void> {
  if (!(await tell({ type: "flush" }))) await flush(desk, network);
}

/** Things sent from this page, by their keys: it tells of their arrival in its own place. */
export const ownKeys = new Set<string>();
