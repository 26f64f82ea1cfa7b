/** The worker: which event goes where. What is done about it stands in the files beside this one. */

/// <reference lib="webworker" />

import { libraryConnection } from "../library/database.js";
import { holds } from "../library/entries.js";
import { Library } from "../library/library.js";
import { type Happening, Tally } from "../library/tally.js";
import { isIndexDue, tellIfDue } from "../search/state.js";
import { type Answers, type Kept, Network, type Occasion, type Question, type ToWorker } from "../protocol/messages.js";
import { PERIODIC } from "../protocol/periodic.js";
import { COUNTS, isUrgent, sendCounts, wakeWhenOnline } from "./counts.js";
import { freshPage } from "./fresh.js";
import { keepFresh, stop } from "./keeping.js";
import { arePicturesKept, changeWishes, followTopic, storeOf } from "./room.js";
import { picture } from "./media.js";
import { emptyPage, isLeaving, startLeaving } from "./leaving.js";
import { LIMIT_AFTER_SLOW_MS, LIMIT_MS, LIMIT_OWN_MS, PATIENCE_MS, Reason, answer, isPublic } from "./navigate.js";
import { OUTBOX, keepLastWords, noteAccountForm, privatePage, sendWaiting, sendWoken } from "./outbox.js";
import { type Desk, makePage, offlinePage } from "./pages.js";
import { known } from "./known.js";
import { inAnyCase } from "./guard.js";
import { onPressed, onPush, onRenewed } from "./push.js";
import { forgetEarlier, keepRelease, kept, mendRelease } from "./precache.js";
import { release } from "./release.js";
import { renewal } from "./renewing.js";
import { current, stand } from "./standing.js";
import { chooseLook, inTheme } from "./theme.js";

declare const self: ServiceWorkerGlobalScope;

const connection = libraryConnection();
const library = new Library(connection);
const tally = new Tally(connection);
const desk: Desk = { library, release, clock: () => Date.now(), madeOn: "phone", whole: (path) => kept(path) };

self.addEventListener("install", (event) => {
  event.waitUntil(keepRelease(release));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([tidy(true), self.registration.navigationPreload?.enable()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  noteAccountForm(event, url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && isLeaving(request, Date.now())) event.respondWith(emptyPage(release));
  else if (request.mode === "navigate") answerWith(event, () => (isPublic(url) ? navigate(event, url) : privately(event, url)));
  else if (url.pathname.startsWith("/static/")) answerWith(event, async () => (await kept(url.href)) ?? fetch(request));
  else if (url.pathname.startsWith("/media/")) event.respondWith(picture(request, (work) => event.waitUntil(work), () => arePicturesKept(library)).catch(() => fetch(request)));
});

self.addEventListener("message", (event) => {
  const message = event.data as ToWorker | Question;
  switch (message.type) {
    case "sync":
      event.waitUntil(sendCounts(tally, isUrgent(message.why), navigator.locks).catch(() => undefined));
      event.waitUntil(sendWaiting(message.why === "online").catch(() => undefined));
      return event.waitUntil(wholeRound(message.why));
    case "flush":
      return event.waitUntil(sendWaiting(false).catch(() => undefined));
    case "draft":
      return event.waitUntil(keepLastWords(message.holder, message.generation, message.draft).catch(() => undefined));
    case "wish":
      return event.waitUntil(changeWishes(library, message.change));
    case "follow":
      return event.waitUntil(followTopic(library, message.topic, message.isFollowed));
    case "count":
      return event.waitUntil(count(message));
    case "stop":
      return event.waitUntil(stop());
    case "take-over":
      return void self.skipWaiting();
    case "theme":
      return event.waitUntil(chooseLook(library, "theme", message.theme));
    case "look":
      return event.waitUntil(chooseLook(library, "look", message.look));
    default:
      return event.waitUntil(reply(message).then((told) => event.ports[0]?.postMessage(told)));
  }
});

self.addEventListener("sync", (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string };
  if (tag === COUNTS) waitUntil.call(event, sendCounts(tally, true, navigator.locks));
  if (tag === OUTBOX) waitUntil.call(event, sendWoken());
});

self.addEventListener("periodicsync", (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string };
  if (tag === PERIODIC) waitUntil.call(event, keepFresh(library, "periodic"));
});

self.addEventListener("push", (event) => {
  event.waitUntil(onPush(self, release, event.data?.text() ?? ""));
});

self.addEventListener("notificationclick", (event) => {
  event.waitUntil(onPressed(self, event.notification));
});

self.addEventListener("pushsubscriptionchange", (event) => {
  const { newSubscription, waitUntil } = event as ExtendableEvent & { newSubscription?: PushSubscription | null };
  waitUntil.call(event, onRenewed(self.registration.pushManager, newSubscription ?? null, (path, sent) => fetch(path, sent)));
});

function answerWith(event: FetchEvent, answer: () => Promise<Response>): void {
  event.respondWith(inAnyCase(answer, () => fetch(event.request)));
}

/** A store that fails loses a count, and nothing else. */
async function count(happening: Happening): Promise<void> {
  await tally.add(happening).catch(() => undefined);
  if (!navigator.onLine) await wakeWhenOnline(self.registration);
}

/** Bring the library up to date, then see to what depends on it. */
async function wholeRound(why: Occasion): Promise<void> {
  await keepFresh(library, why);
  await mendRelease(release);
  await Promise.all([tidy(false), tellIfDue(connection), preloadWhereNeeded()]);
}

/** What is answered from this phone is not to be fetched beside it; before the library is whole, time counts. */
async function preloadWhereNeeded(): Promise<void> {
  const isWhole = await library.mark().then(({ complete }) => complete, () => false);
  await self.registration.navigationPreload?.[isWhole ? "disable" : "enable"]();
}

async function navigate(event: FetchEvent, url: URL): Promise<Response> {
  // Whoever loads a page again wants to hear the server; a network that wants a log-in is to be let show its page.
  const isAsked = isReload(event.request) || current().network === Network.Portal;
  const fresh = isAsked ? null : await freshPage(desk, url);
  // That page asks for a round itself, once it has shown itself: until then nothing is to compete with it.
  if (fresh) return inTheme(library, Promise.resolve(fresh));
  const page = answer({
    network: () => straight(event),
    local: () => makePage(desk, url),
    nothing: () => offlinePage(desk, url),
    limit: current().network === Network.Slow ? LIMIT_AFTER_SLOW_MS : LIMIT_MS,
    patience: PATIENCE_MS,
    tell: (reason) => event.waitUntil(tellPages(NETWORKS[reason])),
  });
  return inTheme(library, page);
}

function isReload(request: Request): boolean {
  return request.cache !== "default" || (request as { isReloadNavigation?: boolean }).isReloadNavigation === true;
}

/** What the network says, asked for already while this worker was starting. */
async function straight(event: FetchEvent): Promise<Response> {
  return ((await event.preloadResponse) as Response | undefined) ?? fetch(event.request);
}

/**
 * What is between one person and the server is neither kept nor looked at; where nobody answers that is said, unless there
 * is a sealed copy of what is somebody's own.
 */
function privately(event: FetchEvent, url: URL): Promise<Response> {
  const nothing = () => offlinePage(desk, url);
  if (!url.pathname.startsWith("/own/")) return straight(event).catch(nothing);
  const local = async () => {
    const page = await privatePage(desk, url);
    return page && inTheme(library, Promise.resolve(page));
  };
  const tell = (reason: Reason) => event.waitUntil(tellPages(NETWORKS[reason]));
  return answer({ network: () => straight(event), local, nothing, limit: LIMIT_OWN_MS, patience: PATIENCE_MS, tell });
}

/** This worker may have just been woken: what it tells includes what it would have to remember. */
async function tellPages(network: Network): Promise<void> {
  const articles = current().articles || (await library.countReadable().catch(() => 0));
  stand({ network, measured_at: Date.now(), articles });
}

const NETWORKS: Record<Reason, Network> = {
  [Reason.Network]: Network.Online,
  [Reason.TooSlow]: Network.Slow,
  [Reason.NoConnection]: Network.Offline,
  [Reason.ServerFailed]: Network.Down,
};

async function tidy(takingOver: boolean): Promise<void> {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const isNewerComing = () => Boolean(self.registration.installing ?? (takingOver ? null : self.registration.waiting));
  await forgetEarlier(release, open.map((client) => client.id), takingOver, isNewerComing);
}

async function reply(question: Question): Promise<Answers[Question["type"]]> {
  switch (question.type) {
    case "standing":
      return { ...current(), articles: await library.countReadable() };
    case "store":
      return storeOf(library);
    case "kept": {
      const rows = (await library.articles()).filter(holds);
      // What is in the reader's own language comes first; the rest may still be better than nothing.
      rows.sort((a, b) => Number(b.language === question.language) - Number(a.language === question.language));
      const articles = rows.slice(0, question.limit).map(({ path, title, card }): Kept => ({ path, title, card }));
      return { articles, count: rows.length };
    }
    case "renewal":
      return renewal(library, question.path);
    case "index-due":
      return isIndexDue(connection);
    case "is-kept": {
      const rows = await Promise.all(question.paths.map((path) => library.shownAt(path)));
      return question.paths.filter((_, index) => rows[index] && holds(rows[index]));
    }
    case "leaving":
      return startLeaving(Date.now());
    case "known":
      return known(library, question.ids, Date.now());
  }
}
