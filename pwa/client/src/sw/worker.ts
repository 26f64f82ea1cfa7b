/** The worker: which event goes where. What is done about it stands in the files beside this one. */

/// <reference lib="webworker" />

import { Library } from "../library/library.js";
import { type Answers, type Kept, Network, type Question, type ToWorker } from "../protocol/messages.js";
import { keepFresh, stop } from "./keeping.js";
import { picture } from "./media.js";
import { LIMIT_AFTER_SLOW_MS, LIMIT_MS, PATIENCE_MS, Reason, answer, isPublic } from "./navigate.js";
import { type Desk, makePage, offlinePage } from "./pages.js";
import { forgetEarlier, keepRelease, kept } from "./precache.js";
import { release } from "./release.js";
import { current, stand } from "./standing.js";
import { chooseTheme, inTheme } from "./theme.js";

declare const self: ServiceWorkerGlobalScope;

const library = new Library();
const desk: Desk = { library, release, clock: () => Date.now(), whole: (path) => kept(path) };

self.addEventListener("install", (event) => {
  event.waitUntil(keepRelease(release));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([tidy(true), self.registration.navigationPreload?.enable()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(isPublic(url) ? navigate(event, url) : straight(event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(kept(url.href).then((file) => file ?? fetch(request)));
  else if (url.pathname.startsWith("/media/")) event.respondWith(picture(request, (work) => event.waitUntil(work)));
});

self.addEventListener("message", (event) => {
  const message = event.data as ToWorker | Question;
  switch (message.type) {
    case "sync":
      return event.waitUntil(keepFresh(library, message.why).then(() => tidy(false)));
    case "stop":
      return stop();
    case "take-over":
      return void self.skipWaiting();
    case "theme":
      return event.waitUntil(chooseTheme(library, message.theme));
    default:
      return event.waitUntil(reply(message).then((told) => event.ports[0]?.postMessage(told)));
  }
});

async function navigate(event: FetchEvent, url: URL): Promise<Response> {
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

/** What the network says, asked for already while this worker was starting. */
async function straight(event: FetchEvent): Promise<Response> {
  return ((await event.preloadResponse) as Response | undefined) ?? fetch(event.request);
}

/** This worker may have just been woken: what it tells includes what it would have to remember. */
async function tellPages(network: Network): Promise<void> {
  const articles = current().articles || (await library.count("article").catch(() => 0));
  stand({ network, articles });
}

const NETWORKS: Record<Reason, Network> = {
  [Reason.Network]: Network.Online,
  [Reason.TooSlow]: Network.Slow,
  [Reason.NoConnection]: Network.Offline,
  [Reason.ServerFailed]: Network.Offline,
};

async function tidy(takingOver: boolean): Promise<void> {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  await forgetEarlier(release, open.map((client) => client.id), takingOver);
}

async function reply(question: Question): Promise<Answers[Question["type"]]> {
  switch (question.type) {
    case "standing":
      return { ...current(), articles: await library.count("article") };
    case "kept": {
      const rows = await library.articles();
      const articles = rows.slice(0, question.limit).map(({ path, title, card }): Kept => ({ path, title, card }));
      return { articles, count: rows.length };
    }
    case "is-kept": {
      const rows = await Promise.all(question.paths.map((path) => library.shownAt(path)));
      return question.paths.filter((_, index) => rows[index]);
    }
  }
}
