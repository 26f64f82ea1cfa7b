import assert from "node:assert/strict";
import { test } from "node:test";
import { type Navigation, Reason, answer, isPublic } from "../src/sw/navigate.js";

const never = () => new Promise<Response>(() => undefined);
const page = (body: string, status = 200) => () => Promise.resolve(new Response(body, { status }));

async function navigate(special: Partial<Navigation>): Promise<{ body: string; told: Reason[] }> {
  const told: Reason[] = [];
  const response = await answer({
    network: page("network"),
    local: page("local"),
    nothing: page("nothing"),
    limit: 20,
    patience: 40,
    tell: (reason) => told.push(reason),
    ...special,
  });
  return { body: await response.text(), told };
}

test("the network is first", async () => {
  assert.deepEqual(await navigate({}), { body: "network", told: [Reason.Network] });
});

test("a network that is too slow gives way to the copy on this phone", async () => {
  assert.deepEqual(await navigate({ network: never }), { body: "local", told: [Reason.TooSlow] });
});

test("without a copy a slow network is waited for", async () => {
  const network = () => new Promise<Response>((resolve) => setTimeout(() => resolve(new Response("late")), 30));
  const { body, told } = await navigate({ network, local: () => Promise.resolve(null) });
  assert.deepEqual({ body, told }, { body: "late", told: [Reason.TooSlow, Reason.Network] });
});

test("without a copy, and a network that never answers, there is nothing", async () => {
  const { body, told } = await navigate({ network: never, local: () => Promise.resolve(null) });
  assert.deepEqual({ body, told }, { body: "nothing", told: [Reason.TooSlow, Reason.NoConnection] });
});

test("no connection gives the copy, or nothing", async () => {
  const network = () => Promise.reject(new TypeError("Failed to fetch"));
  assert.deepEqual(await navigate({ network }), { body: "local", told: [Reason.NoConnection] });
  assert.equal((await navigate({ network, local: () => Promise.resolve(null) })).body, "nothing");
});

test("a store that fails is a store without the page", async () => {
  const network = () => Promise.reject(new TypeError("Failed to fetch"));
  const local = () => Promise.reject(new DOMException("dead", "InvalidStateError"));
  assert.equal((await navigate({ network, local })).body, "nothing");
});

test("a failing server gives way to the copy; without one, its own words stand", async () => {
  const network = page("sorry", 503);
  assert.deepEqual(await navigate({ network }), { body: "local", told: [Reason.ServerFailed] });
  assert.equal((await navigate({ network, local: () => Promise.resolve(null) })).body, "sorry");
});

test("what the server says is gone or not there is not brought back from the phone", async () => {
  assert.equal((await navigate({ network: page("gone", 410) })).body, "gone");
  assert.equal((await navigate({ network: page("not found", 404) })).body, "not found");
});

test("what is between one person and the server is not ours to answer", () => {
  const ours = (path: string) => isPublic(new URL(path, "https://respite.example"));
  for (const path of ["/admin/", "/accounts/login/", "/api/v1/articles/", "/documents/1/a.pdf", "/sync/changes/"]) {
    assert.equal(ours(path), false, path);
  }
  for (const path of ["/", "/articles/administration/", "/accountability/", "/help/", "/search/?q=admin"]) {
    assert.equal(ours(path), true, path);
  }
});
