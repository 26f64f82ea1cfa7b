/** Notices: what is shown, where a press leads, and what the server hears of another address. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { onPressed, onPush, onRenewed } from "../src/sw/push.js";
import type { Release } from "../src/sw/release.js";

const release = {
  assets: ["/static/pwa/app.1.js", "/static/respite/icon-192.abc.png"],
  faces: [
    { language: "en", words: {} },
    { language: "de", words: { "There is something new for you on Respite": "Auf Respite gibt es etwas Neues für Sie" } },
  ],
  places: { "1": "/own/messages/", "2": "/own/questions/" },
} as unknown as Release;

interface Shown {
  readonly title: string;
  readonly options: NotificationOptions;
}

function shownTo(languages: readonly string[]): { shown: Shown[]; self: Parameters<typeof onPush>[0] } {
  const shown: Shown[] = [];
  const registration = { showNotification: async (title: string, options: NotificationOptions) => void shown.push({ title, options }) };
  return { shown, self: { registration, navigator: { languages } } };
}

async function noticeOf(kind: string, languages = ["en-GB"]): Promise<Shown> {
  const { shown, self } = shownTo(languages);
  await onPush(self, release, kind);
  assert.equal(shown.length, 1);
  return shown[0] as Shown;
}

test("a notice says that there is something new and nothing else", async () => {
  const { title, options } = await noticeOf("1");
  assert.equal(title, "There is something new for you on Respite");
  assert.deepEqual(options, { tag: "respite-1", lang: "en", data: "/own/messages/", icon: "/static/respite/icon-192.abc.png", badge: "/static/respite/icon-192.abc.png" });
});

test("a notice is in the first of the reader's languages that is spoken here", async () => {
  assert.equal((await noticeOf("1", ["fr-FR", "de-AT", "en"])).title, "Auf Respite gibt es etwas Neues für Sie");
  assert.equal((await noticeOf("1", ["fr-FR"])).options.lang, "en");
});

test("a kind that this release does not know, or none, leads to where one chooses what one is told", async () => {
  for (const kind of ["99", "", "https://elsewhere.example/", "__proto__"]) {
    assert.equal((await noticeOf(kind)).options.data, "/own/notifications/", kind);
  }
});

function pressed(open: readonly string[], data: unknown): Promise<{ opened: string[]; focused: string[]; closed: number }> {
  const seen = { opened: [] as string[], focused: [] as string[], closed: 0 };
  const clients = {
    matchAll: async () => open.map((url) => ({ url, focus: async () => void seen.focused.push(url) })),
    openWindow: async (url: string) => void seen.opened.push(url),
  };
  const self = { clients, location: { origin: "https://respite.example" } };
  return onPressed(self, { close: () => void seen.closed++, data }).then(() => seen);
}

test("a press opens the page beside what is open, where somebody may be writing", async () => {
  assert.deepEqual(await pressed(["https://respite.example/own/contact/"], "/own/messages/"), {
    opened: ["https://respite.example/own/messages/"],
    focused: [],
    closed: 1,
  });
});

test("a press goes to the page where it is open already", async () => {
  const there = "https://respite.example/own/messages/";
  assert.deepEqual(await pressed(["https://respite.example/", there], "/own/messages/"), { opened: [], focused: [there], closed: 1 });
});

type Asked = [string, RequestInit | undefined];

function server(answers: Readonly<Record<string, object | null>>): { asked: Asked[]; ask: typeof fetch } {
  const asked: Asked[] = [];
  const ask = (async (path: string, sent?: RequestInit) => {
    asked.push([path, sent]);
    const answer = answers[path];
    return { ok: Boolean(answer), json: async () => answer };
  }) as unknown as typeof fetch;
  return { asked, ask };
}

const signedIn = { "/api/v1/session/": { csrf_token: "token" }, "/api/v1/push/": { key: "our key" } };
const fresh = { toJSON: () => ({ endpoint: "https://push.example/new" }) } as unknown as PushSubscription;

test("another address is told to the server, with the token of the session", async () => {
  const { asked, ask } = server(signedIn);
  await onRenewed({} as PushManager, fresh, ask);
  const [path, sent] = asked.at(-1) as Asked;
  assert.equal(path, "/api/v1/push/");
  assert.equal(sent?.method, "POST");
  assert.equal((sent?.headers as Record<string, string>)["X-CSRFToken"], "token");
  assert.deepEqual(JSON.parse(String(sent?.body)), { endpoint: "https://push.example/new" });
});

test("where the browser gives none, one is asked for with the server's key", async () => {
  const { asked, ask } = server(signedIn);
  const wanted: PushSubscriptionOptionsInit[] = [];
  const manager = { subscribe: async (options: PushSubscriptionOptionsInit) => (wanted.push(options), fresh) } as unknown as PushManager;
  await onRenewed(manager, null, ask);
  assert.deepEqual(wanted, [{ userVisibleOnly: true, applicationServerKey: "our key" }]);
  assert.equal(asked.length, 3);
});

test("nobody who is logged out is subscribed anew", async () => {
  const { asked, ask } = server({ "/api/v1/session/": { csrf_token: "token" }, "/api/v1/push/": null });
  await onRenewed({} as PushManager, fresh, ask);
  assert.equal(asked.length, 2);
});
