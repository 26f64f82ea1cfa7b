/** The page's side of the worker: having one, asking it, and hearing when a newer one waits. */

import {
  type Answers,
  CHANNEL,
  type Occasion,
  type Question,
  type Standing,
  type ToWorker,
} from "../protocol/messages.js";

/** How long an answer may take before the page does without it. */
const ANSWER_MS = 3_000;
const UPDATE_CHECK_MS = 60 * 60_000;

/** Register the worker; null where the browser has none, it cannot be installed now, or the server wants none any more. */
export async function register(): Promise<ServiceWorkerRegistration | null> {
  if (!("serviceWorker" in navigator)) return null;
  try {
    if (document.documentElement.dataset.worker === "retired") {
      // One that is there meets the one that takes it away; where there is none, none is made.
      await (await navigator.serviceWorker.getRegistration("/"))?.update();
      return null;
    }
    return await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  } catch {
    return null;
  }
}

/** Tell the active worker something, and say whether there was one. */
export async function tell(message: ToWorker): Promise<boolean> {
  const worker = await active();
  worker?.postMessage(message);
  return worker !== null;
}

/** Ask for a round of sync. */
export async function askForSync(why: Occasion): Promise<void> {
  await tell({ type: "sync", why });
}

/** Ask the active worker; null where there is none or it does not answer. */
export async function ask<Q extends Question>(question: Q): Promise<Answers[Q["type"]] | null> {
  const worker = await active();
  if (!worker) return null;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(null), ANSWER_MS);
    port1.onmessage = (event) => {
      clearTimeout(timer);
      port1.close();
      resolve(event.data as Answers[Q["type"]]);
    };
    worker.postMessage(question, [port2]);
  });
}

/** Hear how things stand, now and whenever it changes. */
export function hear(listener: (standing: Standing) => void): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event) => listener(event.data as Standing);
  void ask({ type: "standing" }).then((standing) => standing && listener(standing));
}

/** Call back with the worker of a newer release once it waits to take over. */
export function onUpdate(registration: ServiceWorkerRegistration, found: (worker: ServiceWorker) => void): void {
  const watch = () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      // The first worker of all replaces nobody, so nobody need be asked.
      if (worker.state === "installed" && registration.active) found(worker);
    });
  };
  if (registration.waiting && registration.active) found(registration.waiting);
  registration.addEventListener("updatefound", watch);
  watch();
  let checked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - checked < UPDATE_CHECK_MS) return;
    checked = Date.now();
    registration.update().catch(() => undefined);
  });
}

async function active(): Promise<ServiceWorker | null> {
  if (!("serviceWorker" in navigator)) return null;
  const registration = await navigator.serviceWorker.getRegistration("/").catch(() => undefined);
  return registration?.active ?? null;
}
