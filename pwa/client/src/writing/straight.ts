/** Sending without keeping, for browsers that keep nothing: under a key that stays the same while the page is open. */

import type { Letter } from "../outbox/items.js";
import { type Answer, askSession, post } from "../outbox/post.js";
import { network } from "./desk.js";

/** Send a letter as whoever is logged in. Never raises. */
export async function sendStraight(key: string, letter: Letter): Promise<Answer> {
  const asked = await askSession(network.fetch, Date.now());
  if (!asked) return { is: "silence" };
  if (!asked.account) return { is: "log-in-needed" };
  return post(network.fetch, key, asked.account, letter, asked.token, Date.now());
}
