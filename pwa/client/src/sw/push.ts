/**
 * Notices: the server has asked the browser's push service to wake this worker. All that comes is the number of a kind,
 * so a notice says no more than that there is something new, whoever looks at the screen.
 */

import { speech } from "../words/speech.js";
import type { Face, Release } from "./release.js";

/** Where somebody is led whose release does not know the kind (yet). */
const ELSEWHERE = "/own/notifications/";

/** What of the worker's surroundings a notice needs. */
interface Shown {
  readonly registration: Pick<ServiceWorkerRegistration, "showNotification">;
  readonly navigator: { readonly languages: readonly string[] };
}

/** The pages that are open, and how another is opened. */
interface Windows {
  readonly location: { readonly origin: string };
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: true }): Promise<readonly Open[]>;
    openWindow(url: string): Promise<unknown>;
  };
}

interface Open {
  readonly url: string;
  focus(): Promise<unknown>;
}

/** Show that there is something new. Browsers ask that of whoever is woken, also while a page is open. */
export async function onPush({ registration, navigator }: Shown, release: Release, kind: string): Promise<void> {
  const face = faceFor(release, navigator.languages);
  const { say } = speech(face.words, face.language);
  const icon = release.assets.find((asset) => asset.includes("/icon-192."));
  await registration.showNotification(say("There is something new for you on Respite"), {
    tag: `respite-${kind}`,
    lang: face.language,
    data: Object.hasOwn(release.places, kind) ? release.places[kind] : ELSEWHERE,
    ...(icon && { icon, badge: icon }),
  });
}

/** Open where it stands, beside whatever is open: there somebody may be writing. */
export async function onPressed({ clients, location }: Windows, notification: Pick<Notification, "close" | "data">): Promise<void> {
  notification.close();
  const { href } = new URL(String(notification.data), location.origin);
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = open.find(({ url }) => url === href);
  await (there ? there.focus() : clients.openWindow(href));
}

/** Tell the server the new address; whoever is no longer logged in is told nothing more. */
export async function onRenewed(manager: PushManager, given: PushSubscription | null, ask: typeof fetch): Promise<void> {
  const [session, told] = await Promise.all(["session", "push"].map((name) => ask(`/api/v1/${name}/`)));
  if (!session?.ok || !told?.ok) return;
  const { csrf_token } = (await session.json()) as { csrf_token: string };
  const { key } = (await told.json()) as { key: string };
  const subscription = given ?? (await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  await ask("/api/v1/push/", {
    method: "POST",
    headers: { "content-type": "application/json", "X-CSRFToken": csrf_token },
    body: JSON.stringify(subscription),
  });
}

/** The reader's own language, as far as this site speaks it. */
function faceFor({ faces }: Release, languages: readonly string[]): Face {
  const found = languages.map((language) => faces.find((face) => face.language === language.split("-")[0])).find(Boolean);
  return found ?? (faces[0] as Face);
}
