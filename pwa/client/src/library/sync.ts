/** The loop that keeps the library fresh: ask, take, ask again, until there is no more. */

import { isFull } from "./connection.js";
import type { Change } from "./entries.js";
import { Answer, type Ask, type Asked } from "./feed.js";
import { Filled, fill, trim } from "./filling.js";
import type { Library, Mark } from "./library.js";
import type { Wanted } from "./plan.js";
import type { AskTexts } from "./texts.js";
import type { Wishes } from "./wishes.js";

/** How a round ended. */
export enum Outcome {
  /** Everything that is published is on this phone. */
  Complete = "complete",
  /** Nobody answered; what was taken stays, the next round goes on from there. */
  Silence = "silence",
  /** Our server is there and fails. */
  Refused = "refused",
  /** Our server is well, and asks us to come less often. */
  Busy = "busy",
  /** What answered is not our server; nothing was changed. */
  Stranger = "stranger",
  /** The phone has no room left; what was taken stays. */
  Full = "full",
  /** Somebody else is writing. */
  Taken = "taken",
  /** We were told to stop. */
  Stopped = "stopped",
  /** The server sends us back to the start again and again. */
  Confused = "confused",
}

const LOCK = "respite-library";
const RESTARTS = 2;

/** How far a round has come. */
export interface Progress {
  readonly done: number;
  /** How many changes this round will have; null where the server does not say. */
  readonly total: number | null;
  readonly more: boolean;
  readonly lost: boolean;
  /** What the library takes now, as stored. */
  readonly bytes: number;
}

/** What a round needs of the world. */
export interface World {
  readonly library: Library;
  readonly ask: Ask;
  readonly askTexts: AskTexts;
  /** What this reader wants kept. */
  readonly wishes: Wishes;
  readonly wanted: Wanted;
  readonly signal: AbortSignal;
  /** Remembers the cursor outside the database, so that the loss of the database is noticed. */
  readonly witness: Witness;
  /** Makes room by giving up what is not the library; says whether there was any. */
  readonly makeRoom: () => Promise<boolean>;
  /** Gives up the pictures in the markup of what was withdrawn. */
  readonly forget: (markup: readonly string[]) => Promise<unknown>;
  readonly progress: (progress: Progress) => void;
  /** Hears what has changed in a library that was whole: a page of it may be open. */
  readonly renewed: (changes: readonly Change[]) => void;
  /** Hears for how many milliseconds our server asks to be left alone. */
  readonly rest: (wait: number) => void;
}

export interface Witness {
  saw(): Promise<boolean>;
  see(): Promise<void>;
}

/** Run one round, unless another is running: there is one writer on a phone, in whatever tab or worker. */
export async function synchronise(world: World, locks: Pick<LockManager, "request">): Promise<Outcome> {
  return await locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return Outcome.Taken;
    try {
      return await round(world);
    } catch (error) {
      if (isFull(error)) return Outcome.Full;
      throw error;
    }
  });
}

async function round(world: World): Promise<Outcome> {
  const { library } = world;
  let mark = await library.mark();
  const lost = await isLost(world, mark);
  if (lost) mark = await orMakeRoom(world, () => library.restart());
  const { wishes, wanted } = world;
  if (mark.rows > 0 && mark.bytes === 0) await library.weigh();
  let texts = wishes.more;
  if (lost) world.progress({ done: 0, total: null, more: true, lost, bytes: mark.bytes });
  let done = 0;
  let restarts = 0;
  let next: Promise<Asked> | null = null;
  for (;;) {
    const asked: Asked = await (next ?? world.ask(mark.cursor, world.signal, texts));
    next = null;
    if (world.signal.aborted) return Outcome.Stopped;
    if (asked.answer === Answer.Gone || (asked.answer === Answer.Page && isOfAnotherEpoch(asked.page.epoch, mark))) {
      if (++restarts > RESTARTS) return Outcome.Confused;
      mark = await orMakeRoom(world, () => library.restart());
      done = 0;
      continue;
    }
    if (asked.answer === Answer.Refusal || asked.answer === Answer.Busy) world.rest(asked.wait ?? 0);
    if (asked.answer !== Answer.Page) return ENDINGS[asked.answer];
    const { page } = asked;
    const from = mark;
    // The line is not to lie idle while a page is taken in. Asking never fails; what it brings may be left unread.
    if (page.more) next = world.ask(page.cursor, world.signal, texts);
    const withdrawn = page.changes.filter(({ op }) => op === "delete").map(({ id }) => id);
    // A picture too many on a phone is no reason to stop.
    const leaving = await library.markupOf(withdrawn).catch(() => []);
    const taken = await orMakeRoom(world, () => library.take(page, from));
    if (taken === null) return Outcome.Taken;
    mark = taken;
    if (from.complete) world.renewed(page.changes);
    if (leaving.length > 0) await world.forget(leaving);
    // Titles first, from here on: what there is room for comes after them, by what it is worth.
    if (texts && (await trim({ library, wishes, wanted }))) texts = false;
    done += page.changes.length;
    const total = page.remaining === undefined ? null : done + page.remaining;
    world.progress({ done, total, more: page.more, lost, bytes: mark.bytes });
    if (!page.more) break;
  }
  await world.witness.see();
  return FILLED[await fillUp(world, lost)];
}

const FILLED: Record<Filled, Outcome> = {
  [Filled.Whole]: Outcome.Complete,
  // The feed has been answered: what is published is known, and texts come with the next round.
  [Filled.Unanswered]: Outcome.Complete,
  [Filled.Stopped]: Outcome.Stopped,
  [Filled.Full]: Outcome.Full,
};

async function fillUp(world: World, lost: boolean): Promise<Filled> {
  const filled = (done: number, total: number) => {
    void world.library.mark().then(({ bytes }) => world.progress({ done, total, more: done < total, lost, bytes }));
  };
  return fill({ ...world, filled });
}

const ENDINGS: Record<Exclude<Answer, Answer.Page | Answer.Gone>, Outcome> = {
  [Answer.Silence]: Outcome.Silence,
  [Answer.Refusal]: Outcome.Refused,
  [Answer.Busy]: Outcome.Busy,
  [Answer.Stranger]: Outcome.Stranger,
  [Answer.Stopped]: Outcome.Stopped,
};

/** The store is lost where a whole copy was once seen and there is none, or rows or texts are missing that it counted. */
async function isLost(world: World, mark: Mark): Promise<boolean> {
  const vanished = mark.epoch === null && mark.copy === 1 && (await world.witness.saw());
  return vanished || (await world.library.hasLost());
}

function isOfAnotherEpoch(epoch: string | number, mark: Mark): boolean {
  return mark.epoch !== null && mark.epoch !== epoch;
}

async function orMakeRoom<T>(world: World, write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isFull(error) || !(await world.makeRoom())) throw error;
    }
  }
}
