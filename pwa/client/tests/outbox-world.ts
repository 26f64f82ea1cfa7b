/** A phone and a server for tests of the outbox: the server does each key once, and answers as it is told to. */

import "./platform.js";
import { type AccountConnection, accountConnection } from "../src/outbox/database.js";
import type { Desk, News } from "../src/outbox/desk.js";
import { type Network, flush } from "../src/outbox/flush.js";
import { type Letter, queue } from "../src/outbox/items.js";
import type { Fetch } from "../src/outbox/post.js";
import { ringOf } from "../src/outbox/session.js";

export const ANNA = "a0000000-0000-4000-8000-000000000001";
export const BEN = "b0000000-0000-4000-8000-000000000002";

/** What becomes of one request that would write. */
export type Fate = "ok" | "lost" | "silence" | "portal" | "csrf" | "html" | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503;

const KINDS: Partial<Record<Fate, string>> = { csrf: "csrf", 401: "log-in-needed", 409: "blocked", 410: "gone", 422: "invalid-content" };

export interface Received {
  readonly key: string;
  readonly account: string;
  readonly session: string | null;
  readonly text: string;
}

export class FakeServer {
  session: string | null = null;
  isThere = true;
  /** What becomes of the next writes; after these all is well. */
  fates: Fate[] = [];
  readonly made = new Map<string, { readonly author: string; readonly text: string }>();
  readonly received: Received[] = [];
  asked: string[] = [];
  pages: { path: string; title: string; html: string }[] = [];

  readonly fetch: Fetch = async (address, init) => {
    const method = init.method ?? "GET";
    this.asked.push(`${method} ${address}`);
    if (!this.isThere) throw new TypeError("Failed to fetch");
    if (address === "/api/v1/session/") return this.#told();
    if (address === "/sync/own/") return this.#copies(init);
    return this.#write(init);
  };

  #told(): Response {
    const user = this.session && { id: this.session, name: "", email: "" };
    return Response.json({ signed_in: user !== null, user, csrf_token: "token" });
  }

  #copies(init: RequestInit): Response {
    if (!this.session) return Response.json({ account: null, pages: [] }, { status: 401 });
    const etag = `"${this.session} ${JSON.stringify(this.pages).length}"`;
    if (new Headers(init.headers).get("if-none-match") === etag) return new Response(null, { status: 304 });
    return Response.json({ account: this.session, pages: this.pages }, { headers: { etag, "content-language": "en" } });
  }

  #write(init: RequestInit): Response {
    const headers = new Headers(init.headers);
    const [key = "", account = ""] = [headers.get("idempotency-key") ?? "", headers.get("respite-account") ?? ""];
    const { text } = JSON.parse(init.body as string) as { text: string };
    this.received.push({ key, account, session: this.session, text });
    const fate = this.fates.shift() ?? "ok";
    if (fate === "silence") throw new TypeError("Failed to fetch");
    if (fate === "portal") return new Response("<h1>Welcome</h1>", { headers: { "content-type": "text/html" } });
    if (fate === "html") return new Response("<h1>Not found</h1>", { status: 404, headers: { "content-type": "text/html" } });
    if (fate === 429 || fate === 503) return new Response("", { status: fate, headers: { "retry-after": "120" } });
    if (fate === 500) return new Response("", { status: 500 });
    if (!this.session || fate === 401) return problem(401, "log-in-needed");
    if (fate === "csrf") return problem(403, "csrf");
    if (account !== this.session) return problem(403, "other-account");
    // What was made under a key is looked for first, before anything that would speak against it now.
    const before = this.made.get(key);
    if (before && before.text !== text) return problem(422, "key-reused");
    if (!before && fate !== "ok" && fate !== "lost") return problem(fate, KINDS[fate] ?? "");
    this.made.set(key, { author: this.session, text });
    if (fate === "lost") throw new TypeError("Failed to fetch");
    return Response.json({ id: key }, { status: 201 });
  }
}

function problem(status: number, kind: string): Response {
  const content = { type: kind ? `urn:respite:problem:${kind}` : "about:blank", title: "", status, detail: `Refused: ${kind || status}.`, errors: kind === "invalid-content" ? { text: ["Too long."] } : {} };
  return new Response(JSON.stringify(content), { status, headers: { "content-type": "application/problem+json" } });
}

let number = 0;

/** A phone whose clock stands still until it is moved. */
export class FakePhone {
  now = Date.parse("2026-11-20T10:00:00Z");
  readonly news: News[] = [];
  readonly connection: AccountConnection;
  readonly desk: Desk;
  readonly network: Network;

  constructor(readonly server: FakeServer) {
    this.connection = accountConnection(`account-${number++}`);
    this.desk = { connection: this.connection, now: () => this.now, tell: (news) => this.news.push(news) };
    let turn: Promise<unknown> = Promise.resolve();
    const request = (_name: string, work: () => Promise<unknown>) => (turn = turn.then(work, work));
    this.network = { fetch: server.fetch, locks: { request } as unknown as Network["locks"] };
  }

  flush() {
    return flush(this.desk, this.network);
  }

  async write(account: string, text: string, place = "team"): Promise<string> {
    const ring = await ringOf(this.desk, account);
    if (!ring) throw new Error("That account is not here.");
    return queue(this.desk, ring, letter(text, place));
  }

  async rows() {
    return this.connection.use((database) => database.getAll("outbox"));
  }

  /** Everything that is kept, as far as it can be read without keys. */
  async everything(): Promise<string> {
    const parts = await this.connection.use(async (database) =>
      Promise.all((["drafts", "outbox", "copies", "session"] as const).map((name) => database.getAll(name))),
    );
    return JSON.stringify(parts, (_key, value: unknown) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? Buffer.from(value as ArrayBuffer).toString("latin1") : value));
  }
}

export function letter(text: string, place = "team"): Letter {
  const about = { kind: "contact", place, title: "To the team", words: text, page: "/contact/", next: "/own/messages/", sent: "Your message has been sent" };
  return { address: "/api/v1/contact/", method: "POST", body: { text }, given: {}, about, language: "en" };
}
