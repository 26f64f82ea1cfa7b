/** The loop that keeps the library fresh: ask, take, ask again, until there is no more. */

import { isFull } from "./database.js";
import { Answer, type Ask } from "./feed.js";
import type { Library, Mark } from "./library.js";

/** How a round ended. */
export enum Outcome {
  /** Everything that is published is on this phone. */
  Complete = "complete",
  /** Nobody answered; what was taken stays, the next round goes on from there. */
  Silence = "silence",
  /** Our server is there and cannot answer now. */
  Refused = "refused",
  /** What answered is not our server; nothing was changed. */
  Stranger = "stranger",
  /** The phone has no room left; what was taken stays. */
  Full = "full",
  /** Somebody else is writing. */
  Busy = "busy",
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
}

/** What a round needs of the world. */
export interface World {
  readonly library: Library;
  readonly ask: Ask;
  readonly signal: AbortSignal;
  /** Remembers the cursor outside the database, so that the loss of the database is noticed. */
  readonly witness: Witness;
  /** Makes room by giving up what is not the library; says whether there was any. */
  readonly makeRoom: () => Promise<boolean>;
  /** Gives up the pictures in the markup of what was withdrawn. */
  readonly forget: (markup: readonly string[]) => Promise<unknown>;
  readonly progress: (progress: Progress) => void;
}

export interface Witness {
  saw(): Promise<boolean>;
  see(): Promise<void>;
}

/** Run one round, unless another is running: there is one writer on a phone, in whatever tab or worker. */
export async function synchronise(world: World, locks: Pick<LockManager, "request">): Promise<Outcome> {
  return await locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return Outcome.Busy;
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
  let done = 0;
  let restarts = 0;
  for (;;) {
    const asked = await world.ask(mark.cursor, world.signal);
    if (world.signal.aborted) return Outcome.Stopped;
    if (asked.answer === Answer.Gone || (asked.answer === Answer.Page && isOfAnotherEpoch(asked.page.epoch, mark))) {
      if (++restarts > RESTARTS) return Outcome.Confused;
      mark = await orMakeRoom(world, () => library.restart());
      done = 0;
      continue;
    }
    if (asked.answer !== Answer.Page) return ENDINGS[asked.answer];
    const { page } = asked;
    const from = mark;
    const withdrawn = page.changes.filter(({ op }) => op === "delete").map(({ id }) => id);
    // A picture too many on a phone is no reason to stop.
    const leaving = await library.markupOf(withdrawn).catch(() => []);
    const taken = await orMakeRoom(world, () => library.take(page, from));
    if (taken === null) return Outcome.Busy;
    mark = taken;
    if (leaving.length > 0) await world.forget(leaving);
    done += page.changes.length;
    const total = page.remaining === undefined ? null : done + page.remaining;
    world.progress({ done, total, more: page.more, lost });
    if (!page.more) break;
  }
  await world.witness.see();
  return Outcome.Complete;
}

const ENDINGS: Record<Exclude<Answer, Answer.Page | Answer.Gone>, Outcome> = {
  [Answer.Silence]: Outcome.Silence,
  [Answer.Refusal]: Outcome.Refused,
  [Answer.Stranger]: Outcome.Stranger,
  [Answer.Stopped]: Outcome.Stopped,
};

/** The store is lost where a whole copy was once seen and there is none, or rows are missing that it counted. */
async function isLost(world: World, mark: Mark): Promise<boolean> {
  const vanished = mark.epoch === null && mark.copy === 1 && (await world.witness.saw());
  return vanished || (await world.library.hasLostRows());
}

function isOfAnotherEpoch(epoch: string | number, mark: Mark): boolean {
  return mark.epoch !== null && mark.epoch !== epoch;
}

async function orMakeRoom<T>(world: World, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isFull(error) && (await world.makeRoom())) return write();
    throw error;
  }
}
