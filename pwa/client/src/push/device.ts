/** This device and its browser's push service: whether it is told of news, and having it begin or end. */

import { keepTold, told } from "../page/push-account.js";

/** How it stands with this device. */
export enum Standing {
  On = "on",
  Off = "off",
  /** The reader has told the browser that this site may show no notices. */
  Denied = "denied",
  /** The browser cannot, or has no worker here. */
  Impossible = "impossible",
}

interface Session {
  readonly signed_in: boolean;
  readonly user: { readonly id: string } | null;
  readonly csrf_token: string;
}

/** What the server says of this device. */
interface Answer {
  readonly key: string;
  readonly subscribed: boolean;
}

const PUSH = "/api/v1/push/";

export async function standing(): Promise<Standing> {
  const manager = await pushManager();
  if (!manager) return Standing.Impossible;
  if (Notification.permission === "denied") return Standing.Denied;
  if (Notification.permission !== "granted" || !(await manager.getSubscription())) return Standing.Off;
  const answer = await asked();
  return answer?.subscribed ? Standing.On : Standing.Off;
}

/**
 * Have this device be told, and of these topics if they are given. Asks the reader for permission, so it is called
 * only by what they have pressed; gives how it stands then.
 */
export async function turnOn(topics?: readonly string[]): Promise<Standing> {
  if (!isPossible()) return Standing.Impossible;
  // First of all: a browser that has waited for something else no longer believes that a button was pressed.
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return permission === "denied" ? Standing.Denied : Standing.Off;
  const [manager, session, answer] = await Promise.all([pushManager(), sessionNow(), asked()]);
  if (!manager || !session?.user || !answer?.key) return Standing.Off;
  try {
    const subscription = await subscribed(manager, answer.key);
    const sent = await send("POST", session.csrf_token, { ...subscription.toJSON(), ...(topics && { topics }) }, session.user.id);
    if (!sent) return Standing.Off;
    keepTold({ account: session.user.id, topics: topics ? topics.length > 0 : (told()?.topics ?? false) });
    return Standing.On;
  } catch {
    // The browser's push service is out of reach.
    return Standing.Off;
  }
}

/** Have this device be told nothing more. Without a connection the browser ends it, and the server learns it when it next asks. */
export async function turnOff(): Promise<void> {
  keepTold(null);
  const subscription = await (await pushManager())?.getSubscription();
  if (!subscription) return;
  const session = await sessionNow();
  if (session?.user) await send("DELETE", session.csrf_token, { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

/** Begin to end it in the browser too when one logs out; the server does it by itself. */
export async function leave(): Promise<void> {
  keepTold(null);
  const subscription = await (await pushManager())?.getSubscription();
  void subscription?.unsubscribe();
}

function isPossible(): boolean {
  return "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
}

async function pushManager(): Promise<PushManager | null> {
  if (!isPossible()) return null;
  const registration = await navigator.serviceWorker.getRegistration("/").catch(() => undefined);
  return registration?.active ? registration.pushManager : null;
}

/** A browser holds one subscription, for one key of the server: with another it begins anew. */
async function subscribed(manager: PushManager, key: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await manager.subscribe(options);
  } catch (error) {
    const former = await manager.getSubscription();
    if (!former) throw error;
    await former.unsubscribe();
    return manager.subscribe(options);
  }
}

async function asked(): Promise<Answer | null> {
  return read<Answer>(PUSH);
}

async function sessionNow(): Promise<Session | null> {
  return read<Session>("/api/v1/session/");
}

async function read<T>(path: string): Promise<T | null> {
  const answer = await fetch(path, { headers: { Accept: "application/json" } }).catch(() => null);
  return answer?.ok ? ((await answer.json().catch(() => null)) as T | null) : null;
}

async function send(method: string, token: string, content: object, account?: string): Promise<boolean> {
  const headers = { "content-type": "application/json", "X-CSRFToken": token, ...(account && { "Respite-Account": account }) };
  const answer = await fetch(PUSH, { method, headers, body: JSON.stringify(content) }).catch(() => null);
  return answer?.ok ?? false;
}
