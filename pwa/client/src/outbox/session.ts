/** Who is logged in on this phone, as far as it has been heard, and what becomes of everything when that changes. */

import { type AccountDatabase, DEVICE, type Draft, NOBODY, STORES, type Session, State } from "./database.js";
import type { Desk } from "./desk.js";
import { type Kept, draftPlace, laterOf } from "./drafts.js";
import { type Ring, idOf, makeRing, seal, unseal } from "./sealing.js";

/** For so long nobody is brought back by a question that was asked before they logged out. */
const LEAVING_MS = 30_000;
/** For so long after a form of an account page was sent, hearing of the same account proves nothing … */
const DOUBT_MS = 10_000;
/** … but to the page that came of it, which began at most so long before the worker saw the form. */
const BEGUN_MS = 5_000;

/** Give who was last heard to be here. */
export function session({ connection }: Desk): Promise<Session> {
  return connection.use(sessionIn);
}

async function sessionIn(database: AccountDatabase): Promise<Session> {
  return (await database.get("session", "session")) ?? NOBODY;
}

/** Give whose things may be shown now without asking the server; null for nobody's. */
export function shownAccount({ account, signed_in, doubted_at }: Session): string | null {
  return signed_in && doubted_at === 0 ? account : null;
}

/** Give the keys with which something is kept now: the account's or, where nobody's is known, the device's. */
export async function ringNow(desk: Desk): Promise<Ring> {
  const account = shownAccount(await session(desk));
  return (account && (await ringOf(desk, account))) || deviceRing(desk);
}

/** Give the keys of a holder, where there are some. */
export function ringOf({ connection }: Desk, holder: string): Promise<Ring | undefined> {
  return connection.use((database) => database.get("keys", holder));
}

async function deviceRing(desk: Desk): Promise<Ring> {
  const made = await makeRing(DEVICE);
  return desk.connection.use(async (database) => {
    const { store, done } = database.transaction("keys", "readwrite");
    const there = await store.get(DEVICE);
    if (!there) void store.put(made);
    await done;
    return there ?? made;
  });
}

/** Remember that somebody may be logging in or out right now: until that is heard, nothing of an account is shown. */
export async function doubt({ connection, now }: Desk): Promise<void> {
  await connection.use(async (database) => {
    const { store, done } = database.transaction("session", "readwrite");
    const before = await store.get("session");
    if (before?.account) void store.put({ ...before, doubted_at: now() });
    await done;
  });
}

/**
 * Take in what the server says of whose session this is: an account, or null for nobody's. An answer to a question that
 * was asked (ms) before another one, which has been answered since, counts for nothing: a tab may have slept over it.
 * `opened_at` is when the page that has asked was opened; the worker, which has no page, has none.
 */
export async function hear(desk: Desk, account: string | null, asked_at: number, opened_at = 0): Promise<void> {
  const before = await session(desk);
  if (account === null) await hearNobody(desk, asked_at);
  else await hearAccount(desk, account, asked_at, opened_at);
  const { account: now, signed_in } = await session(desk);
  if (now !== before.account || signed_in !== before.signed_in) desk.tell({ type: "session" });
}

/** A session has ended: copies go; what was written stays, sealed and unseen, until the same account is back. */
async function hearNobody({ connection, now }: Desk, asked_at: number): Promise<void> {
  await connection.use(async (database) => {
    const transaction = database.transaction(STORES, "readwrite");
    const before = await transaction.objectStore("session").get("session");
    if (before?.account) {
      if (isLate(before, asked_at, now())) return;
      void transaction.objectStore("session").put({ ...before, signed_in: false, asked_at, doubted_at: 0 });
      void transaction.objectStore("copies").clear();
      const outbox = transaction.objectStore("outbox");
      for (const item of await outbox.getAll()) {
        if (item.state === State.Queued) void outbox.put({ ...item, state: State.WaitingForLogIn });
      }
    } else void transaction.objectStore("session").clear();
    await transaction.done;
  });
}

/** A clock that has been set back since proves nothing. */
function isLate(before: Session, asked_at: number, now: number): boolean {
  return asked_at < before.asked_at && before.asked_at <= now;
}

/** An account is logged in: what the device has kept becomes its own, and whatever is another account's goes. */
async function hearAccount(desk: Desk, account: string, asked_at: number, opened_at: number): Promise<void> {
  const fresh = await makeRing(account);
  for (;;) {
    const ring = (await ringOf(desk, account)) ?? fresh;
    const adopted = await adopting(desk, ring);
    if (await settle(desk, { account, asked_at, opened_at }, ring, adopted)) return;
  }
}

interface Adopted {
  readonly from: Draft;
  /** What it replaces, and its successor; null where it cannot be read any more. */
  readonly over: Draft | undefined;
  readonly to: Draft | null;
}

/** Seal the device's drafts anew for an account. */
async function adopting({ connection }: Desk, ring: Ring): Promise<Adopted[]> {
  const [device, drafts] = await connection.use(async (database) =>
    Promise.all([database.get("keys", DEVICE), database.getAll("drafts")]),
  );
  return Promise.all(drafts.filter(({ holder }) => holder === DEVICE).map((from) => adopt(from, device, ring, drafts)));
}

async function adopt(from: Draft, device: Ring | undefined, ring: Ring, drafts: readonly Draft[]): Promise<Adopted> {
  const kept = device && (await unseal<Kept>(device, draftPlace(from.id), from.sealed).catch(() => null));
  if (!kept) return { from, over: undefined, to: null };
  const id = await idOf(ring, kept.form);
  const over = drafts.find((draft) => draft.id === id);
  const earlier = over && (await unseal<Kept>(ring, draftPlace(id), over.sealed).catch(() => null));
  const both = earlier ? laterOf(kept, from.changed_at, earlier, over.changed_at) : kept;
  return { from, over, to: { id, holder: ring.id, changed_at: from.changed_at, sealed: await seal(ring, draftPlace(id), both) } };
}

interface Heard {
  readonly account: string;
  readonly asked_at: number;
  readonly opened_at: number;
}

/** Say whether an answer may be from before a form of an account page was sent, and so about somebody else. */
function isUnproven(before: Session, { account, opened_at }: Heard, now: number): boolean {
  const isFresh = now - before.doubted_at < DOUBT_MS && opened_at < before.doubted_at - BEGUN_MS;
  return before.account === account && before.signed_in && isFresh;
}

/** Write all of it down at once; false where something has changed meanwhile, so that it must be done again. */
function settle({ connection, now }: Desk, heard: Heard, ring: Ring, adopted: readonly Adopted[]): Promise<boolean> {
  const { account, asked_at } = heard;
  return connection.use(async (database) => {
    const transaction = database.transaction(STORES, "readwrite");
    const keys = transaction.objectStore("keys");
    const drafts = transaction.objectStore("drafts");
    const outbox = transaction.objectStore("outbox");
    const copies = transaction.objectStore("copies");
    const sessions = transaction.objectStore("session");
    const before = (await sessions.get("session")) ?? NOBODY;
    if (isLate(before, asked_at, now()) || (before.left === account && now() - before.left_at < LEAVING_MS)) return true;
    const there = await keys.get(account);
    if (there && there.generation !== ring.generation) return false;
    for (const { from, over, to } of adopted) {
      if (!isSame(from, await drafts.get(from.id)) || (to && !isSame(over, await drafts.get(to.id)))) return false;
    }

    for (const key of await keys.getAllKeys()) if (key !== DEVICE && key !== account) void keys.delete(key);
    for (const draft of await drafts.getAll()) if (draft.holder !== DEVICE && draft.holder !== account) void drafts.delete(draft.id);
    for (const key of await copies.getAllKeys()) if (key !== account) void copies.delete(key);
    for (const item of await outbox.getAll()) {
      if (item.account !== account) void outbox.delete(item.id);
      else if (item.state === State.WaitingForLogIn) void outbox.put({ ...item, state: State.Queued, not_before: 0 });
    }
    if (!there) void keys.put(ring);
    for (const { from, to } of adopted) {
      void drafts.delete(from.id);
      if (to) void drafts.put(to);
    }
    const doubted_at = isUnproven(before, heard, now()) ? before.doubted_at : 0;
    const rests_until = before.account === account ? before.rests_until : 0;
    void sessions.put({ ...NOBODY, account, signed_in: true, asked_at, doubted_at, rests_until });
    await transaction.done;
    return true;
  });
}

function isSame(one: Draft | undefined, other: Draft | undefined): boolean {
  return one?.changed_at === other?.changed_at && one?.sealed.iv.join() === other?.sealed.iv.join();
}

/** Somebody logs out here: keys, drafts, what was to be sent and copies are gone. */
export async function wipe({ connection, now, tell }: Desk): Promise<void> {
  await connection.use(async (database) => {
    const transaction = database.transaction(STORES, "readwrite");
    const before = await transaction.objectStore("session").get("session");
    for (const name of STORES) void transaction.objectStore(name).clear();
    if (before?.account) void transaction.objectStore("session").put({ ...NOBODY, asked_at: before.asked_at, left: before.account, left_at: now() });
    await transaction.done;
  });
  tell({ type: "wiped" });
}
