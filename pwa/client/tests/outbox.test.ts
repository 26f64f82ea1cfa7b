import { ANNA, BEN, type Fate, FakePhone, FakeServer, letter } from "./outbox-world.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { refreshCopies, copyAt } from "../src/outbox/copies.js";
import { State } from "../src/outbox/database.js";
import { Gone } from "../src/outbox/desk.js";
import { draftOf, keepDraft } from "../src/outbox/drafts.js";
import { TakenBack, countUnsent, countWaiting, queue, settleTold, takeBack, waiting, withdraw } from "../src/outbox/items.js";
import { makeRing, seal, unseal } from "../src/outbox/sealing.js";
import { doubt, hear, ringNow, ringOf, session, shownAccount, wipe } from "../src/outbox/session.js";

const HOUR = 3_600_000;

async function signedIn(account = ANNA) {
  const server = new FakeServer();
  server.session = account;
  const phone = new FakePhone(server);
  await hear(phone.desk, account, phone.now);
  return { server, phone, desk: phone.desk };
}

async function states(phone: FakePhone): Promise<State[]> {
  return (await phone.rows()).sort((a, b) => a.place - b.place).map(({ state }) => state);
}

test("what is sealed can be read with its key in its place alone, and no two sealings are the same", async () => {
  const [ring, other] = [await makeRing("a"), await makeRing("a")];
  const sealed = await seal(ring, "draft 1", { text: "hello" });
  assert.deepEqual(await unseal(ring, "draft 1", sealed), { text: "hello" });
  await assert.rejects(unseal(ring, "draft 2", sealed));
  await assert.rejects(unseal(other, "draft 1", sealed));
  await assert.rejects(unseal({ ...ring, id: "b" }, "draft 1", sealed));
  assert.notDeepEqual((await seal(ring, "draft 1", { text: "hello" })).iv, sealed.iv);
  assert.equal(ring.seal.extractable || ring.name.extractable, false);
});

test("nothing that was written, and nothing about whom it is for, stands in the clear", async () => {
  const { phone, desk } = await signedIn();
  await phone.write(ANNA, "planted word", "ilse-marrow");
  await keepDraft(desk, await ringNow(desk), { form: "message ilse-marrow", values: { text: "planted draft" } });
  const everything = await phone.everything();
  assert.doesNotMatch(everything, /planted|ilse|contact/);
});

test("what is queued is sent once, told of, and gone once somebody has been told", async () => {
  const { server, phone, desk } = await signedIn();
  const id = await phone.write(ANNA, "hello");
  assert.deepEqual(await states(phone), [State.Queued]);
  assert.deepEqual(await phone.flush(), { sent: 1, left: false });
  await phone.flush();
  assert.equal(server.received.length, 1);
  assert.deepEqual([...server.made.values()], [{ author: ANNA, text: "hello" }]);
  assert.deepEqual(phone.news.filter(({ type }) => type === "sent"), [{ type: "sent", id }]);
  const [receipt] = await waiting(desk);
  assert.deepEqual([receipt?.state, receipt?.letter.body, receipt?.letter.about.words], [State.Sent, {}, ""]);
  assert.equal(await countWaiting(desk), 0);
  assert.deepEqual([await settleTold(desk, id), await settleTold(desk, id)], [true, false]);
  assert.deepEqual(await phone.rows(), []);
});

test("where nothing waits, the server is asked nothing", async () => {
  const { server, phone } = await signedIn();
  await phone.flush();
  assert.deepEqual(server.asked, []);
});

test("an answer that was lost after the commit makes no second effect", async () => {
  const { server, phone } = await signedIn();
  server.fates = ["lost"];
  await phone.write(ANNA, "hello");
  assert.deepEqual(await phone.flush(), { sent: 0, left: true });
  assert.deepEqual(await states(phone), [State.Queued]);
  await phone.flush();
  assert.equal(server.made.size, 1);
  assert.equal(new Set(server.received.map(({ key }) => key)).size, 1);
  assert.deepEqual(await states(phone), [State.Sent]);
});

test("whoever was stopped while something was on its way leaves it to the next, under its key", async () => {
  const { server, phone } = await signedIn();
  const id = await phone.write(ANNA, "hello");
  await phone.connection.use(async (database) => {
    const item = await database.get("outbox", id);
    if (item) await database.put("outbox", { ...item, state: State.Sending, tries: 1 });
  });
  server.made.set(id, { author: ANNA, text: "hello" });
  await phone.flush();
  assert.equal(server.made.size, 1);
  assert.deepEqual(await states(phone), [State.Sent]);
});

test("an outbox eight days old is sent once", async () => {
  const { server, phone } = await signedIn();
  await phone.write(ANNA, "hello");
  phone.now += 8 * 24 * HOUR;
  await Promise.all([phone.flush(), phone.flush()]);
  assert.equal(server.received.length, 1);
});

const refused: readonly Fate[] = [403, 404, 409, 410, 413, 422];
for (const fate of refused) {
  test(`${fate} at replay fails with the server's words, and what was written stays`, async () => {
    const { server, phone, desk } = await signedIn();
    server.fates = [fate];
    await phone.write(ANNA, "hello");
    await phone.write(ANNA, "the next");
    assert.deepEqual(await phone.flush(), { sent: 1, left: false });
    const [failed] = await waiting(desk);
    assert.equal(failed?.state, State.Failed);
    assert.deepEqual(failed?.letter.body, { text: "hello" });
    assert.match(failed?.problem?.detail ?? "", /^Refused: /);
    assert.deepEqual(failed?.problem?.errors, fate === 422 ? { text: ["Too long."] } : {});
    await phone.flush();
    assert.equal(server.received.length, 2, "what was refused is not sent again by itself");
  });
}

const later: readonly Fate[] = ["silence", "portal", "html", 500];
for (const fate of later) {
  test(`${fate} at replay is tried again later`, async () => {
    const { server, phone } = await signedIn();
    server.fates = [fate];
    await phone.write(ANNA, "hello");
    assert.deepEqual(await phone.flush(), { sent: 0, left: true });
    phone.now += HOUR / 60;
    assert.deepEqual(await phone.flush(), { sent: 1, left: false });
    assert.equal(server.made.size, 1);
  });
}

for (const fate of [429, 503] as const) {
  test(`${fate} at replay leaves the server alone for as long as it asks`, async () => {
    const { server, phone } = await signedIn();
    server.fates = [fate];
    await phone.write(ANNA, "hello");
    await phone.write(ANNA, "elsewhere", "another place");
    await phone.flush();
    phone.now += 119_000;
    const before = server.asked.length;
    assert.deepEqual(await phone.flush(), { sent: 0, left: true });
    assert.equal(server.asked.length, before);
    phone.now += 1_000;
    assert.equal((await phone.flush()).sent, 2);
  });
}

test("a server that fails with one thing holds back what follows in its place, and nothing else", async () => {
  const { server, phone } = await signedIn();
  server.fates = [500];
  await phone.write(ANNA, "one");
  await phone.write(ANNA, "two");
  await phone.write(ANNA, "elsewhere", "another place");
  await phone.flush();
  assert.deepEqual(server.received.map(({ text }) => text), ["one", "elsewhere"]);
  phone.now += HOUR / 60;
  await phone.flush();
  assert.deepEqual([...server.made.values()].map(({ text }) => text), ["elsewhere", "one", "two"]);
});

test("401 at replay waits for the log-in, and goes on after it", async () => {
  const { server, phone, desk } = await signedIn();
  await phone.write(ANNA, "hello");
  await phone.write(ANNA, "and more");
  server.fates = [401];
  await phone.flush();
  assert.deepEqual(await states(phone), [State.WaitingForLogIn, State.WaitingForLogIn]);
  assert.deepEqual(await waiting(desk), [], "it is not shown while nobody is logged in");
  await phone.flush();
  assert.equal(server.received.length, 1);
  await hear(desk, ANNA, desk.now());
  await phone.flush();
  assert.equal(server.made.size, 2);
});

test("an old token is replaced once; where that does not help it is tried later", async () => {
  const { server, phone } = await signedIn();
  server.fates = ["csrf"];
  await phone.write(ANNA, "hello");
  assert.equal((await phone.flush()).sent, 1);
  server.fates = ["csrf", "csrf"];
  await phone.write(ANNA, "again");
  assert.deepEqual(await phone.flush(), { sent: 0, left: true });
  assert.equal(server.received.length, 4);
});

test("what is another account's by the time it arrives stays untouched", async () => {
  const { server, phone } = await signedIn();
  await phone.write(ANNA, "hello");
  const { fetch } = server;
  const network = {
    ...phone.network,
    fetch: ((address, init) => {
      if (init.method === "POST") server.session = BEN;
      return fetch(address, init);
    }) as typeof fetch,
  };
  const { flush } = await import("../src/outbox/flush.js");
  await flush(phone.desk, network);
  assert.deepEqual(await states(phone), [State.Queued]);
  assert.equal(server.made.size, 0);
});

test("where another account turns out to be logged in, everything of the former goes unsent", async () => {
  const { server, phone, desk } = await signedIn();
  await phone.write(ANNA, "planted");
  await keepDraft(desk, await ringNow(desk), { form: "contact team", values: { text: "planted" } });
  server.pages = [{ path: "/own/messages/", title: "Messages", html: "<main>planted</main>" }];
  await refreshCopies(desk, server.fetch, true);
  server.session = BEN;
  await phone.flush();
  assert.equal(server.received.length, 0);
  assert.deepEqual(await phone.rows(), []);
  assert.deepEqual(await phone.connection.use((database) => database.getAllKeys("drafts")), []);
  assert.deepEqual(await phone.connection.use((database) => database.getAllKeys("keys")), [BEN]);
  assert.equal(await copyAt(desk, "/own/messages/"), null);
});

test("log-out leaves nothing, and counts before what would be lost", async () => {
  const { server, phone, desk } = await signedIn();
  await phone.write(ANNA, "hello");
  await keepDraft(desk, await ringNow(desk), { form: "contact other", values: { text: "draft" } });
  assert.equal(await countUnsent(desk), 2);
  await wipe(desk);
  server.session = null;
  await phone.flush();
  assert.equal(server.asked.length, 0);
  await hear(desk, null, desk.now());
  const left = await phone.connection.use(async (database) =>
    Promise.all((["keys", "drafts", "outbox", "copies", "session"] as const).map((name) => database.count(name))),
  );
  assert.deepEqual(left, [0, 0, 0, 0, 0]);
});

test("a write that races a log-out is not kept", async () => {
  const { desk } = await signedIn();
  const ring = await ringNow(desk);
  await wipe(desk);
  await assert.rejects(keepDraft(desk, ring, { form: "contact team", values: { text: "late" } }), Gone);
  await assert.rejects(queue(desk, ring, letter("late")), Gone);
  await hear(desk, ANNA, desk.now());
  assert.equal(await ringOf(desk, ANNA), undefined, "what was asked before the log-out brings nobody back");
  await hear(desk, null, desk.now());
  await hear(desk, ANNA, desk.now());
  await assert.rejects(keepDraft(desk, ring, { form: "contact team", values: { text: "late" } }), Gone);
});

test("what was typed before the log-in is the account's afterwards, also a day later", async () => {
  const server = new FakeServer();
  const phone = new FakePhone(server);
  const { desk } = phone;
  const device = await ringNow(desk);
  assert.equal(device.id, "device");
  await keepDraft(desk, device, { form: "contact team", values: { text: "before" } });
  phone.now += 24 * HOUR;
  await hear(desk, ANNA, desk.now());
  const ring = await ringNow(desk);
  assert.equal(ring.id, ANNA);
  assert.deepEqual(await draftOf(desk, ring, "contact team"), { form: "contact team", values: { text: "before" } });
  assert.equal(await draftOf(desk, device, "contact team"), null);
  await hear(desk, null, desk.now());
  const again = await ringNow(desk);
  assert.equal(again.id, "device");
  assert.equal(await draftOf(desk, again, "contact team"), null, "once it is the account's, nobody else sees it");
});

test("a draft from before the log-in does not replace the account's own for good", async () => {
  const { phone, desk } = await signedIn();
  await keepDraft(desk, await ringNow(desk), { form: "contact team", values: { text: "on Monday" } });
  await hear(desk, null, desk.now());
  phone.now += HOUR;
  await keepDraft(desk, await ringNow(desk), { form: "contact team", values: { text: "on Tuesday" } });
  await hear(desk, ANNA, desk.now());
  const kept = await draftOf(desk, await ringNow(desk), "contact team");
  assert.deepEqual([kept?.values, kept?.other], [{ text: "on Tuesday" }, { text: "on Monday" }]);
});

test("a session that has ended hides what was written, and its log-in brings it back", async () => {
  const { server, phone, desk } = await signedIn();
  await phone.write(ANNA, "hello");
  server.pages = [{ path: "/own/messages/", title: "Messages", html: "<main>copy</main>" }];
  await refreshCopies(desk, server.fetch, true);
  await hear(desk, null, desk.now());
  assert.deepEqual([await waiting(desk), await countWaiting(desk), await copyAt(desk, "/own/messages/")], [[], 0, null]);
  assert.equal(await phone.connection.use((database) => database.count("copies")), 0);
  await hear(desk, ANNA, desk.now());
  assert.deepEqual((await waiting(desk)).map(({ letter: { body } }) => body), [{ text: "hello" }]);
});

test("while somebody may be logging in or out, nothing of an account is shown", async () => {
  const { server, phone, desk } = await signedIn();
  server.pages = [{ path: "/own/messages/", title: "Messages", html: "<main>copy</main>" }];
  await refreshCopies(desk, server.fetch, true);
  await doubt(desk);
  assert.equal(await copyAt(desk, "/own/messages/"), null);
  await hear(desk, ANNA, desk.now());
  assert.equal(shownAccount(await session(desk)), null, "it may have been asked before the log-in");
  await hear(desk, ANNA, desk.now(), desk.now() - 60_000);
  assert.equal(shownAccount(await session(desk)), null, "so may what another tab has asked");
  await hear(desk, ANNA, desk.now(), desk.now() - 100);
  assert.equal(shownAccount(await session(desk)), ANNA, "the page that came of it knows");
  await doubt(desk);
  phone.now += 11_000;
  await hear(desk, ANNA, desk.now());
  assert.equal((await copyAt(desk, "/own/messages/"))?.html, "<main>copy</main>");
});

test("what waits can be withdrawn or taken back, and what is on its way or has arrived cannot", async () => {
  const { server, phone, desk } = await signedIn();
  const first = await phone.write(ANNA, "one");
  await phone.write(ANNA, "two");
  assert.equal(await withdraw(desk, first), TakenBack.Done);
  const [two] = await waiting(desk);
  assert.ok(two);
  assert.equal(await takeBack(desk, two), TakenBack.Done);
  assert.deepEqual((await draftOf(desk, await ringNow(desk), "contact team"))?.values, { text: "two" });
  const third = await phone.write(ANNA, "three");
  const seen = (await waiting(desk)).find(({ id }) => id === third);
  await phone.flush();
  assert.ok(seen);
  assert.equal(await takeBack(desk, seen), TakenBack.TooLate);
  assert.equal(await withdraw(desk, third), TakenBack.TooLate);
  assert.deepEqual([...server.made.values()].map(({ text }) => text), ["three"]);
});

test("nothing is taken back over something else that has been begun in that form", async () => {
  const { phone, desk } = await signedIn();
  await phone.write(ANNA, "one");
  await keepDraft(desk, await ringNow(desk), { form: "contact team", values: { text: "begun since" } });
  const [item] = await waiting(desk);
  assert.ok(item);
  assert.equal(await takeBack(desk, item), TakenBack.Occupied);
  assert.equal((await waiting(desk)).length, 1);
});

test("what may have arrived keeps its key when it is changed, so that it cannot arrive twice", async () => {
  const { server, phone, desk } = await signedIn();
  server.fates = ["lost"];
  await phone.write(ANNA, "one");
  await phone.flush();
  const ring = await ringNow(desk);
  for (const words of ["changed", "changed again"]) {
    const [item] = await waiting(desk);
    assert.ok(item);
    await takeBack(desk, item);
    const kept = await draftOf(desk, ring, "contact team");
    await queue(desk, ring, letter(words), kept?.key);
  }
  await phone.flush();
  assert.deepEqual([...server.made.values()].map(({ text }) => text), ["one"]);
  const [failed] = await waiting(desk);
  assert.deepEqual([failed?.state, failed?.problem?.kind, failed?.letter.body], [State.Failed, "key-reused", { text: "changed again" }]);
  assert.ok(failed);
  await takeBack(desk, failed);
  assert.equal((await draftOf(desk, ring, "contact team"))?.key, undefined, "what is sent now is another one");
});

test("copies are asked for with their tag, at most once a minute, and replaced all at once", async () => {
  const { server, phone, desk } = await signedIn();
  server.pages = [{ path: "/own/messages/", title: "Messages", html: "<main>one</main>" }];
  await refreshCopies(desk, server.fetch, false);
  await refreshCopies(desk, server.fetch, false);
  assert.equal(server.asked.length, 1);
  phone.now += 61_000;
  await refreshCopies(desk, server.fetch, false);
  assert.equal((await copyAt(desk, "/own/messages/"))?.html, "<main>one</main>");
  server.pages = [{ path: "/own/contact/", title: "Contact us", html: "<main>two, and longer</main>" }];
  await refreshCopies(desk, server.fetch, true);
  assert.equal(await copyAt(desk, "/own/messages/"), null);
  assert.equal((await copyAt(desk, "/own/contact/"))?.language, "en");
  assert.doesNotMatch(await phone.everything(), /two|Contact|own\//);
});

test("a copy that arrives after its account has left is not kept", async () => {
  const { server, phone, desk } = await signedIn();
  server.pages = [{ path: "/own/messages/", title: "Messages", html: "<main>one</main>" }];
  const fetch: typeof server.fetch = async (address, init) => {
    const response = await server.fetch(address, init);
    await wipe(desk);
    return response;
  };
  await refreshCopies(desk, fetch, true);
  assert.equal(await phone.connection.use((database) => database.count("copies")), 0);
});
