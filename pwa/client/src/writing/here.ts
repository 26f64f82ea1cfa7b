/** What a page sees to where an account may have something on this phone: who is here, what waits, what has arrived. */

import { showBadge } from "../outbox/badge.js";
import { State } from "../outbox/database.js";
import type { News } from "../outbox/desk.js";
import { countWaiting, settleTold, waiting } from "../outbox/items.js";
import { hear, session, shownAccount, wipe } from "../outbox/session.js";
import { askSession, markAccount } from "../page/session.js";
import { many, say } from "../page/speech.js";
import { pause } from "../page/pause.js";
import { isWriting } from "../page/writing.js";
import { tellOf } from "../reading/told.js";
import { make } from "../page/make.js";
import { desk, onNews, ownKeys, send } from "./desk.js";
import { guardForms } from "./token.js";

const PRIVATE = "/own/";
const MESSAGES = "/own/messages/";
/** Longer than this nobody waits to see what they have begun: without an answer, what was heard last counts. */
const PATIENCE_MS = 3_000;

let heard: Promise<void> | null = null;

/** Come back once it is known who is here, as far as it can be. Never raises: a store that fails keeps nothing. */
export function whoIsHere(): Promise<void> {
  return (heard ??= Promise.race([listen(), new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))]));
}

async function listen(): Promise<void> {
  try {
    // The account is gone, and everything of it.
    if (location.pathname === "/accounts/deleted/") await wipe(desk);
    const told = await askSession();
    if (told) await hear(desk, told.user?.id ?? null, told.asked_at, performance.timeOrigin);
    const { account, signed_in } = await session(desk);
    markAccount(account !== null && signed_in);
  } catch {
    // Forms work without it, while there is a connection.
  }
}

/** Attend to it from here on. */
export async function attend(): Promise<void> {
  onNews((news) => void hearNews(news));
  addEventListener("online", sendAgain);
  document.addEventListener("visibilitychange", () => {
    sendAgain();
    void tellArrived();
  });
  addEventListener("pageshow", (event) => {
    // What was left standing may be somebody else's by now.
    if (event.persisted && location.pathname.startsWith(PRIVATE)) location.reload();
  });
  guardForms();
  await whoIsHere();
  takeUp();
  await send().catch(() => undefined);
  await Promise.all([tellArrived(), showCount()]).catch(() => undefined);
}

async function hearNews(news: News): Promise<void> {
  if (news.type === "wiped" && location.pathname.startsWith(PRIVATE)) return location.replace("/");
  if (news.type === "copies" && document.documentElement.dataset.madeOn === "phone" && location.pathname.startsWith(PRIVATE) && !isWriting()) {
    carryOver();
    return location.reload();
  }
  if (news.type === "left") await tryLater().catch(() => undefined);
  await Promise.all([tellArrived(), showCount()]).catch(() => undefined);
}

const SAID = "respite-said";
let saidLast = "";

let timer = 0;
let tries = 0;

/**
 * Try again when the time is over that the server has asked for. Where nobody answers, the worker tries with each round of
 * the library; where there is none, this page does.
 */
async function tryLater(): Promise<void> {
  const { rests_until } = await session(desk);
  const moments = (await waiting(desk)).filter(({ state }) => state === State.Queued).map(({ not_before }) => Math.max(not_before, rests_until));
  const next = Math.min(...moments.filter((moment) => moment > Date.now()));
  clearTimeout(timer);
  if (Number.isFinite(next)) sendIn(next - Date.now());
  else if (!navigator.serviceWorker?.controller && !document.hidden) sendIn(pause(tries++));
}

function sendIn(milliseconds: number): void {
  timer = window.setTimeout(() => void send().catch(() => undefined), milliseconds);
}

/** There is an occasion: what could not be sent may go now. */
function sendAgain(): void {
  tries = 0;
  if (!document.hidden) void send().catch(() => undefined);
}

/** Tell of what has arrived, once, and by a page that somebody looks at. */
async function tellArrived(): Promise<void> {
  if (document.hidden) return;
  const arrived = (await waiting(desk)).filter(({ id, state }) => state === State.Sent && !ownKeys.has(id));
  for (const { id, letter } of arrived) {
    if (!(await settleTold(desk, id))) continue;
    const { sent, next } = letter.about;
    tellOf((saidLast = sent), next && next !== location.pathname ? { label: say("See it"), act: () => location.assign(next) } : undefined);
    document.dispatchEvent(new Event("respite-sent"));
  }
}

/** What was said to have arrived, and nobody has closed yet, is said by the page again that is loaded in place of this one. */
function carryOver(): void {
  const said = document.querySelector(".toast p")?.textContent;
  try {
    if (said && said === saidLast) sessionStorage.setItem(SAID, said);
  } catch {
    // A browser that keeps nothing has said it once.
  }
}

function takeUp(): void {
  try {
    const said = sessionStorage.getItem(SAID);
    sessionStorage.removeItem(SAID);
    if (said) tellOf((saidLast = said));
  } catch {
    // Nothing is kept here.
  }
}

/** Show how many things wait, at the way to the messages and on the app's icon. */
async function showCount(): Promise<void> {
  const count = shownAccount(await session(desk)) ? await countWaiting(desk) : 0;
  void showBadge(count);
  const way = document.querySelector(`.tabs a[href="${MESSAGES}"]`);
  way?.querySelector("[data-waiting]")?.remove();
  if (count > 0) way?.append(make("span", { class: "count", "data-waiting": true }, `${count}`, make("span", { class: "sr" }, ` ${many("waits to be sent", "wait to be sent", count)}`)));
}
