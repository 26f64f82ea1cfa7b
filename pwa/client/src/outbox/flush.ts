/**
 * Sending what waits: one thing at a time, in its order, by one page or worker at a time (a Web Lock).
 *
 * What is written down first is that something is on its way, then it is sent under a key that the server does once, then
 * what was answered. Whoever is stopped in between leaves it on its way, and the next one sends it again under its key.
 */

import { restingUntil } from "../library/rest.js";
import { pause } from "../page/pause.js";
import { type Item, State } from "./database.js";
import type { Desk } from "./desk.js";
import { type Letter, type Problem, answerPlace, formOf, itemPlace } from "./items.js";
import { type Answer, type Asked, type Fetch, askSession, post } from "./post.js";
import { type Ring, seal, unseal } from "./sealing.js";
import { hear, ringOf, session } from "./session.js";

export interface Network {
  readonly fetch: Fetch;
  readonly locks: Pick<LockManager, "request">;
}

const LOCK = "respite-outbox";

/** What came of a round. */
export interface Flushed {
  readonly sent: number;
  /** Whether something is left that only needs to be tried again. */
  readonly left: boolean;
}

/** Send what can be sent now. Never raises for what the network or the server does. */
export async function flush(desk: Desk, network: Network): Promise<Flushed> {
  const flushed = await network.locks.request(LOCK, () => round(desk, network));
  if (flushed.left) desk.tell({ type: "left" });
  return flushed;
}

/** What one round knows. */
interface Round {
  readonly desk: Desk;
  readonly network: Network;
  readonly ring: Ring;
  /** Whose things are being sent, and the token that goes with them. */
  asked: Asked;
  /** Places where something has to wait, and so does all that follows there. */
  readonly held: Set<string>;
  sent: number;
}

async function round(desk: Desk, network: Network): Promise<Flushed> {
  await recover(desk);
  const asked = (await hasDue(desk)) ? await askSession(network.fetch, desk.now()) : null;
  if (!asked) return { sent: 0, left: await hasDue(desk, Infinity) };
  await hear(desk, asked.account, asked.asked_at);
  const ring = asked.account && (await ringOf(desk, asked.account));
  if (!ring) return { sent: 0, left: false };
  const state: Round = { desk, network, ring, asked, held: new Set(), sent: 0 };
  let goesOn = true;
  while (goesOn) {
    const next = await pick(state);
    goesOn = next !== null && (await send(state, next));
  }
  return { sent: state.sent, left: await hasDue(desk, Infinity) };
}

/** What somebody had on its way who was stopped goes back into the row: as we hold the lock, nobody has it now. */
async function recover({ connection, tell }: Desk): Promise<void> {
  const found = await connection.use(async (database) => {
    const transaction = database.transaction(["outbox", "session"], "readwrite");
    const outbox = transaction.objectStore("outbox");
    const now = await transaction.objectStore("session").get("session");
    const stopped = (await outbox.getAll()).filter(({ state }) => state === State.Sending);
    for (const item of stopped) void outbox.put({ ...item, state: now?.signed_in ? State.Queued : State.WaitingForLogIn });
    await transaction.done;
    return stopped.length > 0;
  });
  if (found) tell({ type: "changed" });
}

/** Say whether anything may be sent by a moment, now unless another is given. */
async function hasDue(desk: Desk, by?: number): Promise<boolean> {
  const { account, signed_in, rests_until } = await session(desk);
  if (!account || !signed_in) return false;
  const now = desk.now();
  const isPast = (moment: number) => by === Infinity || restingUntil(moment, now) === 0;
  const items = await desk.connection.use((database) => database.getAll("outbox"));
  return isPast(rests_until) && items.some((item) => item.account === account && item.state === State.Queued && isPast(item.not_before));
}

interface Next {
  readonly item: Item;
  readonly letter: Letter;
}

/** Find what goes next. What has to wait holds back what follows in its place, such as the same thread, and nothing else. */
async function pick({ desk, ring, held }: Round): Promise<Next | null> {
  const items = await desk.connection.use((database) => database.getAll("outbox"));
  const row = items.filter(({ account, state }) => account === ring.id && state === State.Queued);
  for (const item of row.sort((a, b) => a.place - b.place)) {
    const letter = await unseal<Letter>(ring, itemPlace(item.id), item.sealed);
    const place = formOf(letter.about);
    if (restingUntil(item.not_before, desk.now()) > 0) held.add(place);
    if (!held.has(place)) return { item, letter };
  }
  return null;
}

/** Send one thing, and say whether to go on. */
async function send(state: Round, { item, letter }: Next): Promise<boolean> {
  const { desk, network, ring } = state;
  const tries = item.tries + 1;
  if (!(await change(desk, item, State.Queued, { state: State.Sending, tries }, ring))) return true;
  let answer = await post(network.fetch, item.id, ring.id, letter, state.asked.token, desk.now());
  if (answer.is === "token-needed") {
    const asked = await askSession(network.fetch, desk.now());
    if (asked?.account === ring.id) {
      state.asked = asked;
      answer = await post(network.fetch, item.id, ring.id, letter, asked.token, desk.now());
    } else if (asked) answer = { is: "other-account" };
  }
  return settle(state, { ...item, tries }, letter, answer);
}

async function settle(state: Round, item: Item, letter: Letter, answer: Answer): Promise<boolean> {
  const { desk, ring } = state;
  const put = (to: Partial<Item>) => change(desk, item, State.Sending, to);
  const later = desk.now() + pause(item.tries - 1);
  switch (answer.is) {
    case "made": {
      // What is left of it tells its writer that it has arrived, on whatever page they open next, and goes then.
      const receipt: Letter = { ...letter, body: {}, given: {}, about: { ...letter.about, words: "" } };
      await put({ state: State.Sent, sealed: await seal(ring, itemPlace(item.id), receipt) });
      state.sent += 1;
      desk.tell({ type: "sent", id: item.id });
      return true;
    }
    case "refused":
      await put({ state: State.Failed, answer: await seal(ring, answerPlace(item.id), answer.problem satisfies Problem) });
      return true;
    case "log-in-needed":
      await put({ state: State.WaitingForLogIn });
      await hear(desk, null, desk.now());
      return false;
    case "later":
      state.held.add(formOf(letter.about));
      await put({ state: State.Queued, not_before: Math.max(later, desk.now() + answer.rest) });
      if (answer.rest > 0) await rest(desk, desk.now() + answer.rest);
      return answer.rest === 0;
    case "token-needed":
      await put({ state: State.Queued, not_before: later });
      return false;
    // The next question whose session it is decides.
    case "other-account":
    case "silence":
      await put({ state: State.Queued });
      return false;
  }
}

/** Change an item that is still as it was seen; where its account has left, there is nothing to change. */
async function change({ connection, tell }: Desk, seen: Item, state: State, to: Partial<Item>, ring?: Ring): Promise<boolean> {
  const done = await connection.use(async (database) => {
    const transaction = database.transaction(["keys", "outbox", "session"], "readwrite");
    const outbox = transaction.objectStore("outbox");
    const item = await outbox.get(seen.id);
    const now = await transaction.objectStore("session").get("session");
    // Nothing leaves for an account that has been heard to be gone since.
    const isHere = !ring || (now?.account === ring.id && now.signed_in);
    if (!isHere || item?.state !== state || item.account !== seen.account) return false;
    void outbox.put({ ...item, ...to });
    await transaction.done;
    return true;
  });
  if (done) tell({ type: "changed" });
  return done;
}

async function rest({ connection }: Desk, until: number): Promise<void> {
  await connection.use(async (database) => {
    const { store, done } = database.transaction("session", "readwrite");
    const before = await store.get("session");
    if (before) void store.put({ ...before, rests_until: until });
    await done;
  });
}
