import assert from "node:assert/strict";
import { test } from "node:test";
import { Answer, asker } from "../src/library/feed.js";

const CHANGE = { revision: 1, op: "upsert", kind: "article", id: "x", path: "/a/", starts_at: null, ends_at: null, data: {} };
const PAGE = { changes: [CHANGE], cursor: 1, more: false, epoch: "one" };

function json(body: unknown, status = 200, type = "application/json"): Response {
  return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers: { "content-type": type } });
}

async function answerTo(response: Response | Error): Promise<Answer> {
  const send = () => (response instanceof Error ? Promise.reject(response) : Promise.resolve(response));
  return (await asker(send)(0, new AbortController().signal)).answer;
}

test("our own page is taken", async () => {
  assert.equal(await answerTo(json(PAGE)), Answer.Page);
});

test("our problem with status 410 means to start again; anybody else's does not", async () => {
  assert.equal(await answerTo(json({}, 410, "application/problem+json")), Answer.Gone);
  assert.equal(await answerTo(json("<h1>Gone</h1>", 410, "text/html")), Answer.Stranger);
});

test("our problem with a cursor that is none of the server's means to start again, too", async () => {
  assert.equal(await answerTo(json({}, 400, "application/problem+json")), Answer.Gone);
  assert.equal(await answerTo(json("<h1>Bad Request</h1>", 400, "text/html")), Answer.Stranger);
});

test("a server that fails or asks for patience is not a stranger", async () => {
  assert.equal(await answerTo(json("", 503, "text/html")), Answer.Refusal);
  assert.equal(await answerTo(json(JSON.stringify(PAGE).slice(0, -9))), Answer.Refusal, "cut off in the middle");
  assert.equal(await answerTo(json({}, 429, "application/problem+json")), Answer.Busy);
});

const strangers: [string, Response][] = [
  ["a portal's page with status 200", json("<title>Hotel</title>", 200, "text/html")],
  ["our own JSON under a page's content type", json(PAGE, 200, "text/html")],
  ["a page that calls itself JSON", json("<title>Hotel</title>")],
  ["JSON that is not ours", json({ login: "please" })],
  ["an array", json([])],
  ["null", json("null")],
  ["no cursor", json({ ...PAGE, cursor: undefined })],
  ["no epoch", json({ ...PAGE, epoch: null })],
  ["more of the same without end", json({ ...PAGE, cursor: 0, more: true })],
  ["a change without an id", json({ ...PAGE, changes: [{ ...CHANGE, id: 5 }] })],
  ["a change of an unknown manner", json({ ...PAGE, changes: [{ ...CHANGE, op: "merge" }] })],
  ["a page that is not found", json({}, 404)],
  ["an opaque redirection", Object.defineProperties(new Response(), { type: { value: "opaqueredirect" }, status: { value: 0 } })],
];
for (const [name, response] of strangers) {
  test(`a stranger's answer is recognised: ${name}`, async () => {
    assert.equal(await answerTo(response), Answer.Stranger);
  });
}

test("no answer is silence", async () => {
  assert.equal(await answerTo(new TypeError("Failed to fetch")), Answer.Silence);
});

test("a server that never answers is silence after a while, and stopping is not silence", async () => {
  const never = (_: unknown, options?: RequestInit) =>
    new Promise<Response>((_resolve, reject) => {
      options?.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    });
  assert.equal((await asker(never, 10)(0, new AbortController().signal)).answer, Answer.Silence);
  const controller = new AbortController();
  const asking = asker(never)(0, controller.signal);
  controller.abort();
  assert.equal((await asking).answer, Answer.Stopped);
});

test("it asks without cookies and follows nobody", async () => {
  const asked: [unknown, RequestInit | undefined][] = [];
  const send = (address: unknown, options?: RequestInit) => {
    asked.push([address, options]);
    return Promise.resolve(json(PAGE));
  };
  await asker(send as typeof fetch)("one.7", new AbortController().signal);
  assert.equal(asked[0]?.[0], "/sync/changes/?after=one.7&limit=100");
  assert.equal(asked[0]?.[1]?.credentials, "omit");
  assert.equal(asked[0]?.[1]?.redirect, "manual");
});

test("a server that says when to come again is heard", async () => {
  const send = (status: number) => () =>
    Promise.resolve(new Response("", { status, headers: { "retry-after": "90" } }));
  const ask = (status: number) => asker(send(status))(0, new AbortController().signal);
  assert.deepEqual(await ask(503), { answer: Answer.Refusal, wait: 90_000 });
  assert.deepEqual(await ask(429), { answer: Answer.Busy, wait: 90_000 });
});
