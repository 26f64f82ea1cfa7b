/** The button "Save" of an article. */

import { say } from "../page/speech.js";
import { tellOf } from "../reading/told.js";
import { keepSafeOnce } from "../phone/safety.js";
import { articleOf } from "../reading/article.js";
import { isSaved, remove, save, seen } from "./shelf.js";

/** Save the article, or take it off the list. */
export async function toggle(reader: HTMLElement, button: HTMLButtonElement): Promise<void> {
  const article = articleOf(reader);
  try {
    if (await isSaved(article.id)) await remove(article.id);
    else {
      await save(article);
      void afterSaving(button);
    }
    await showState(reader, button);
  } catch {
    tellOf(say("This browser lets Respite keep nothing here, so it could not be saved. A private window may be why."));
  }
}

/** What is saved would be missed, and who saves means to come back. */
async function afterSaving(button: HTMLButtonElement): Promise<void> {
  void keepSafeOnce();
  (await import("../page/installing.js")).hintToInstall(button);
}

/** Show whether the article is saved; and remember that it was seen as it is now. */
export async function showState(reader: HTMLElement, button: HTMLButtonElement): Promise<void> {
  const article = articleOf(reader);
  const isThere = await isSaved(article.id);
  if (isThere) await seen(article);
  button.ariaPressed = String(isThere);
  const words = button.querySelector("span");
  if (words) words.textContent = isThere ? say("Saved") : say("Save");
}
