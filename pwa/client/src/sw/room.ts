/** What the page "On this phone" asks and says: what is here, how much of it, and what the reader wants kept. */

import { holds, runsAt } from "../library/entries.js";
import type { Library } from "../library/library.js";
import { dropPictures } from "../library/pictures.js";
import { DEFAULT, type Wishes, follow, wish, wishesOf } from "../library/wishes.js";
import { Keeping, type Store } from "../protocol/messages.js";
import { keepFresh, stop } from "./keeping.js";
import { weighPictures } from "./media.js";
import { stand } from "./standing.js";
import { witness } from "./witness.js";

/** Say what is on this phone; where the browser keeps nothing, that is what is said. */
export async function storeOf(library: Library): Promise<Store> {
  const pictures = await weighPictures().catch(() => ({ count: 0, bytes: 0 }));
  try {
    const [{ complete, synced_at, bytes }, rows, wishes] = await Promise.all([
      library.mark(),
      library.rows("article"),
      wishesOf(library),
    ]);
    const running = rows.filter((row) => runsAt(row, Date.now()));
    const readable = running.filter(holds).length;
    return { usable: true, complete, synced_at, readable, titles: running.length - readable, bytes, pictures, wishes };
  } catch {
    const nothing = { complete: false, synced_at: null, readable: 0, titles: 0, bytes: 0 };
    return { usable: false, ...nothing, pictures, wishes: DEFAULT };
  }
}

/** Change what is wanted, and do what follows from it at once. */
export async function changeWishes(library: Library, change: Partial<Wishes>): Promise<void> {
  const before = await wishesOf(library);
  const wishes = await wish(library, change);
  if (wishes.pictures === "never") await dropPictures();
  // What runs was begun with other wishes: what it has brought stays.
  if (change.more === false || change.budget !== undefined) await stop();
  if (wishes.rest === "no") return keepFresh(library, "asked");
  await stop();
  if (wishes.rest === "removed" && before.rest !== "removed") {
    await library.empty();
    await Promise.all([witness.forget(), dropPictures()]);
  }
  const keeping = wishes.rest === "paused" ? Keeping.Paused : Keeping.Removed;
  stand({ keeping, articles: await library.countReadable(), bytes: (await library.mark()).bytes });
}

/** Say whether pictures are kept as they are seen. */
export async function arePicturesKept(library: Library): Promise<boolean> {
  const { pictures, rest } = await wishesOf(library).catch(() => DEFAULT);
  return pictures !== "never" && rest !== "removed";
}

/** Follow a topic, or no longer: what is kept may be others from here on. */
export async function followTopic(library: Library, topic: string, isFollowed: boolean): Promise<void> {
  const { rest } = await follow(library, topic, isFollowed);
  if (rest === "no") await keepFresh(library, "asked");
}
