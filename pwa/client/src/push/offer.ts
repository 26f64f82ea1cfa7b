/**
 * Offering to tell somebody on this device: right after they have sent something, or followed a topic, so that it is
 * of use to them. It is said once, and after "Not now" not for 90 days; the browser is asked only when they press it.
 */

import { isSignedIn } from "../page/signed-in.js";
import { say } from "../page/speech.js";
import { tellOf } from "../reading/told.js";
import { Standing, standing, turnOn } from "./device.js";

const REST_MS = 90 * 24 * 60 * 60_000;

/** Offer it to somebody who has just sent something. */
export async function offerAnswers(): Promise<void> {
  if ((await isOpen("respite-push-answers")) && (await standing()) === Standing.Off) {
    ask(say("Shall this device tell you when there is an answer? Its notice says only that there is something new."), say("Yes, tell me"), () => turnOn());
  }
}

/** Offer it in words of one's own; pressing the button does `act`. */
export function ask(words: string, label: string, act: () => Promise<Standing>, opener?: HTMLElement): void {
  if (document.querySelector(".toast, .leaf")) return;
  const toast = tellOf(words, { label, act: () => void act().then(tellHow) }, { label: say("Not now"), act: () => undefined }, opener);
  // It says much: its two buttons stand below it, side by side.
  toast.element.classList.add("two");
}

/** Say whether something may be offered that was not offered in the last 90 days, and note that it is. */
export async function isOpen(key: string): Promise<boolean> {
  if (!isSignedIn() || !navigator.onLine) return false;
  try {
    if (Date.now() - Number(localStorage.getItem(key) ?? 0) < REST_MS) return false;
    localStorage.setItem(key, String(Date.now()));
    return true;
  } catch {
    // Who cannot be remembered would be asked each time.
    return false;
  }
}

function tellHow(now: Standing): void {
  if (now === Standing.On) tellOf(say("This device tells you from now on."));
  else if (now === Standing.Denied) tellOf(say("Your browser allows Respite no notices. Its settings for this site can change that."));
  else tellOf(say("That did not work. You can try again under “What you are told” in your account."));
}
