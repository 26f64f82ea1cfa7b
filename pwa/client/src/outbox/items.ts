/** What waits to be sent: putting something in, looking at it, taking it back. */

import { type Draft, type Item, State } from "./database.js";
import { type Desk, Gone } from "./desk.js";
import { type Values, sealedDraft } from "./drafts.js";
import { type Ring, idOf, seal, unseal } from "./sealing.js";
import { ringOf, session, shownAccount } from "./session.js";

/** What an item is about: where it will appear, and how it is shown until then. */
export interface About {
  readonly kind: string;
  readonly place: string;
  /** What the form calls it. */
  readonly title: string;
  /** What of it is shown. */
  readonly words: string;
  /** The page of its form, and the one on which it will appear; "" for none. */
  readonly page: string;
  readonly next: string;
  /** What is said once it has arrived. */
  readonly sent: string;
}

/** What is sealed of an item. */
export interface Letter {
  readonly address: string;
  readonly method: string;
  /** What stood in the form, and what is sent along with it. */
  readonly body: Values;
  readonly given: Readonly<Record<string, unknown>>;
  readonly about: About;
  /** In which language the server is to answer. */
  readonly language: string;
}

/** Why the server refused something: its own words, by field too, and the name of the reason. */
export interface Problem {
  readonly kind: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** What others have taken in the meantime: the times of a request. */
  readonly taken: readonly string[];
  /** The first that are free instead, in order. */
  readonly others: readonly string[];
}

/** An item that its account may look at. */
export interface Waiting extends Pick<Item, "id" | "state" | "tries" | "not_before"> {
  readonly letter: Letter;
  readonly problem: Problem | null;
}

/** Name the form that something is written in. */
export function formOf({ kind, place }: Pick<About, "kind" | "place">): string {
  return `${kind} ${place}`;
}

export function itemPlace(id: string): string {
  return `item ${id}`;
}

export function answerPlace(id: string): string {
  return `answer ${id}`;
}

/**
 * Queue something for an account, in place of its draft. `key` is the one under which it left this phone before, if it did;
 * `rest` is what then stands in the form. Gives the key; raises `Gone` where the account has left this phone.
 */
export async function queue(desk: Desk, ring: Ring, letter: Letter, key?: string, rest?: Values): Promise<string> {
  const id = key ?? crypto.randomUUID();
  const form = formOf(letter.about);
  const [sealed, draftId] = await Promise.all([seal(ring, itemPlace(id), letter), idOf(ring, form)]);
  const next = rest ? await sealedDraft(desk, ring, { form, values: rest }) : null;
  await desk.connection.use(async (database) => {
    const transaction = database.transaction(["keys", "drafts", "outbox", "session"], "readwrite");
    const there = await transaction.objectStore("keys").get(ring.id);
    const now = await transaction.objectStore("session").get("session");
    if (there?.generation !== ring.generation || now?.account !== ring.id) throw new Gone("This account is no longer here.");
    const outbox = transaction.objectStore("outbox");
    const places = (await outbox.getAll()).map(({ place }) => place);
    const state = now.signed_in ? State.Queued : State.WaitingForLogIn;
    void outbox.put({ id, account: ring.id, state, tries: key ? 1 : 0, not_before: 0, place: Math.max(0, ...places) + 1, sealed, answer: null });
    if (next) void transaction.objectStore("drafts").put(next);
    else void transaction.objectStore("drafts").delete(draftId);
    await transaction.done;
  });
  desk.tell({ type: "changed" });
  return id;
}

/** Give what waits, and what has just arrived, of whoever is known to be logged in, the first queued first. */
export async function waiting(desk: Desk): Promise<Waiting[]> {
  const account = shownAccount(await session(desk));
  const ring = account && (await ringOf(desk, account));
  if (!ring) return [];
  const items = await desk.connection.use((database) => database.getAll("outbox"));
  const own = items.filter((item) => item.account === account).sort((a, b) => a.place - b.place);
  const opened = await Promise.all(own.map((item) => open(ring, item)));
  return opened.filter((item) => item !== null);
}

async function open(ring: Ring, { id, state, tries, not_before, sealed, answer }: Item): Promise<Waiting | null> {
  try {
    const letter = await unseal<Letter>(ring, itemPlace(id), sealed);
    const problem = answer && (await unseal<Problem>(ring, answerPlace(id), answer));
    return { id, state, tries, not_before, letter, problem };
  } catch {
    return null;
  }
}

/** Say how many things wait to be sent, of whoever is known to be logged in. */
export async function countWaiting(desk: Desk): Promise<number> {
  const account = shownAccount(await session(desk));
  const items = account ? await desk.connection.use((database) => database.getAll("outbox")) : [];
  return items.filter((item) => item.account === account && item.state !== State.Sent).length;
}

/** Say how many things somebody has not sent who is about to log out: what is in the row, and drafts. */
export async function countUnsent({ connection }: Desk): Promise<number> {
  const [items, drafts] = await connection.use(async (database) => Promise.all([database.getAll("outbox"), database.count("drafts")]));
  return items.filter(({ state }) => state !== State.Sent).length + drafts;
}

/** What became of taking something back. */
export enum TakenBack {
  Done = "done",
  /** It is on its way, or has arrived. */
  TooLate = "too late",
  /** Something else has been begun in that form. */
  Occupied = "occupied",
}

/**
 * Take something back into its form, as a draft. Where nobody knows whether it has arrived it keeps its key, so that it
 * cannot arrive twice.
 */
export async function takeBack(desk: Desk, { id, state, tries, letter }: Waiting): Promise<TakenBack> {
  const item = await desk.connection.use((database) => database.get("outbox", id));
  const ring = item && (await ringOf(desk, item.account));
  if (!ring) return TakenBack.TooLate;
  const isOpen = tries > 0 && state !== State.Failed;
  const draft = await sealedDraft(desk, ring, { form: formOf(letter.about), values: letter.body, ...(isOpen ? { key: id } : {}) });
  return remove(desk, item, draft);
}

/** Take something out of the row, for good. */
export async function withdraw(desk: Desk, id: string): Promise<TakenBack> {
  const item = await desk.connection.use((database) => database.get("outbox", id));
  return item ? remove(desk, item, null) : TakenBack.TooLate;
}

async function remove({ connection, tell }: Desk, seen: Item, draft: Draft | null): Promise<TakenBack> {
  const done = await connection.use(async (database) => {
    const transaction = database.transaction(["drafts", "outbox"], "readwrite");
    const item = await transaction.objectStore("outbox").get(seen.id);
    const isSame = item?.state === seen.state && item.tries === seen.tries;
    if (!isSame || item.state === State.Sending || item.state === State.Sent) return TakenBack.TooLate;
    if (draft && (await transaction.objectStore("drafts").get(draft.id))) return TakenBack.Occupied;
    void transaction.objectStore("outbox").delete(seen.id);
    if (draft) void transaction.objectStore("drafts").put(draft);
    await transaction.done;
    return TakenBack.Done;
  });
  if (done === TakenBack.Done) tell({ type: "changed" });
  return done;
}

/** Remember that somebody has been told of what has arrived; false where another page has told already. */
export async function settleTold({ connection }: Desk, id: string): Promise<boolean> {
  return connection.use(async (database) => {
    const { store, done } = database.transaction("outbox", "readwrite");
    const item = await store.get(id);
    const isOurs = item?.state === State.Sent;
    if (isOurs) void store.delete(id);
    await done;
    return isOurs;
  });
}
