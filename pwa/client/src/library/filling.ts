/** Keeping to the budget: texts that are worth less go, texts that are worth more come. */

import { isFull } from "./connection.js";
import type { Library } from "./library.js";
import { plan } from "./plan.js";
import type { Wanted } from "./plan.js";
import { type AskTexts, TEXTS_AT_ONCE } from "./texts.js";
import type { Wishes } from "./wishes.js";

/** What filling needs of the world. */
export interface Filling {
  readonly library: Library;
  readonly askTexts: AskTexts;
  readonly signal: AbortSignal;
  readonly wishes: Wishes;
  readonly wanted: Wanted;
  readonly rest: (wait: number) => void;
  readonly filled: (done: number, total: number) => void;
}

/** How filling ended. */
export enum Filled {
  /** What is wanted and fits is here. */
  Whole = "whole",
  /** Nobody answered, or nobody who is ours; what came stays. */
  Unanswered = "unanswered",
  Stopped = "stopped",
  /** The phone has no room left; what came stays. */
  Full = "full",
}

/** Bring what is here with its text into line with what is wanted. */
export async function fill(world: Filling): Promise<Filled> {
  const { library, wishes, wanted } = world;
  const { cursor, copy, bytes } = await library.mark();
  const state = JSON.stringify([cursor, copy, bytes, wishes, [...wanted.saved]]);
  // Planning reads every article.
  if (state === library.settled) return Filled.Whole;
  const { drop, fetch } = await planned(world);
  if (drop.length + fetch.length === 0) library.settled = state;
  await library.drop(drop);
  try {
    for (let done = 0; done < fetch.length; done += TEXTS_AT_ONCE) {
      if (world.signal.aborted) return Filled.Stopped;
      const { texts, wait } = await world.askTexts(fetch.slice(done, done + TEXTS_AT_ONCE), world.signal);
      if (world.signal.aborted) return Filled.Stopped;
      if (wait > 0) world.rest(wait);
      if (texts === null) return Filled.Unanswered;
      await library.fill(texts);
      world.filled(Math.min(done + TEXTS_AT_ONCE, fetch.length), fetch.length);
      if (await isOver(world)) break;
    }
  } catch (error) {
    if (isFull(error)) return Filled.Full;
    throw error;
  }
  // Texts that were never here may weigh more than they were taken to.
  if (await isOver(world)) await library.drop((await planned(world)).drop);
  return Filled.Whole;
}

/** Make room where the library has outgrown its budget; says whether it had. */
export async function trim(world: Pick<Filling, "library" | "wishes" | "wanted">): Promise<boolean> {
  if (!(await isOver(world))) return false;
  await world.library.drop((await planned(world)).drop);
  return true;
}

async function planned({ library, wishes, wanted }: Pick<Filling, "library" | "wishes" | "wanted">) {
  const { bytes } = await library.mark();
  return plan(await library.rows("article"), wanted, bytes, wishes.budget, wishes.more);
}

async function isOver({ library, wishes }: Pick<Filling, "library" | "wishes">): Promise<boolean> {
  return wishes.budget !== null && (await library.mark()).bytes > wishes.budget;
}
