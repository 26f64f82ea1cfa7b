/**
 * Installing this app: by the browser's own offer, or in Safari's own steps. It is spoken of once somebody has saved
 * something, once, and after "Not now" not for 90 days; the page "On this phone" has the lasting way.
 */

import { layLeaf } from "../reading/leaf.js";
import { tellOf } from "../reading/told.js";
import type { InstallOffer } from "./install-offer.js";
import { icon, make } from "./make.js";
import { say } from "./speech.js";

export type Way = "offer" | "steps" | "none";

const KEY = "respite-install";
const REST_MS = 90 * 24 * 60 * 60_000;
const OTHER_BROWSERS = /CriOS|FxiOS|EdgiOS|OPiOS|OPT\/|OPX\/|DuckDuckGo|Brave|GSA|YaBrowser|UCBrowser/;

/** Say how this app can be installed here and now; not at all where it is, or where the browser does not say. */
export function wayToInstall(): Way {
  const isInstalled =
    matchMedia("(display-mode: standalone), (display-mode: fullscreen), (display-mode: minimal-ui)").matches ||
    (navigator as { standalone?: boolean }).standalone === true;
  if (isInstalled) return "none";
  if (globalThis.respiteOffer) return "offer";
  return isMobileSafari(navigator.userAgent, navigator.maxTouchPoints) ? "steps" : "none";
}

/** Tell Safari on an iPhone or iPad, which calls itself a Mac with a touch screen, from every other browser. */
export function isMobileSafari(userAgent: string, touchPoints: number): boolean {
  const isMobile = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1);
  return isMobile && /Version\/[\d.]+ .*Safari\//.test(userAgent) && !OTHER_BROWSERS.test(userAgent);
}

/** Read what was kept: when it was told of, and whether it was declined. What is too long ago counts no more. */
export function answerOf(kept: string | null, now: number): "told" | "declined" | null {
  const [, answer, at] = /^(told|declined) (\d+)$/.exec(kept ?? "") ?? [];
  return answer && now - Number(at) < REST_MS ? (answer as "told" | "declined") : null;
}

/** Say after saving that the app can be installed, if that has not been said before. */
export function hintToInstall(opener: HTMLElement): void {
  const way = wayToInstall();
  if (way === "none" || lastAnswer() !== null || document.querySelector(".toast, .leaf")) return;
  // Who cannot be remembered would be told each time.
  if (!keepAnswer("told")) return;
  const words = way === "offer" ? say("Saved. Respite can also stand among your apps.") : say("Saved. Respite can also stand on your home screen.");
  const act = way === "offer" ? () => void install() : () => showSteps(opener);
  const toast = tellOf(words, { label: way === "offer" ? say("Install") : say("Show how"), act }, { label: say("Not now"), act: decline }, opener);
  // Who reads on has it out of the way.
  const from = scrollY;
  const signal = toast.closed;
  addEventListener("scroll", () => Math.abs(scrollY - from) > innerHeight / 3 && !toast.element.contains(document.activeElement) && toast.close(), { signal, passive: true });
  addEventListener("appinstalled", toast.close, { signal });
}

/** Draw what stands under the list of who has saved something; null where it cannot be installed or was declined. */
export function installNote(): HTMLElement | null {
  const way = wayToInstall();
  if (way === "none" || lastAnswer() === "declined" || lastAnswer() === "unknown") return null;
  const note = make("section", { class: "note install", "aria-labelledby": "install" });
  const done = () => {
    note.remove();
    // The focus was on what is no longer there.
    const heading = document.querySelector<HTMLElement>("main h1");
    if (heading) heading.tabIndex = -1;
    heading?.focus({ preventScroll: true });
  };
  const begin = make("button", { class: "btn small", type: "button", "data-key": "install" }, way === "offer" ? say("Install") : say("Show how"));
  begin.onclick = () => (way === "offer" ? void install().then((isDone) => isDone && done()) : showSteps(begin));
  const later = make("button", { class: "btn bare small", type: "button", "data-key": "not now", onclick: () => (decline(), done()) }, say("Not now"));
  note.append(icon("phone-kept", ""), make("h2", { id: "install" }, say("Install Respite")), make("p", {}, reason()), make("div", { class: "actions" }, begin, later));
  return note;
}

/** Draw the lasting way in, and keep it true while the page stands; empty where there is none. */
export function installSection(): HTMLElement {
  const place = make("section", { class: "stack near install", "aria-labelledby": "install" });
  const draw = () => {
    const way = wayToInstall();
    place.hidden = way === "none";
    if (way === "none") return place.replaceChildren();
    const how = way === "steps" ? steps() : [make("button", { class: "btn small", type: "button", onclick: () => void install().then(draw) }, say("Install"))];
    place.replaceChildren(make("h2", { id: "install" }, say("Install Respite")), make("p", {}, reason()), ...how);
  };
  addEventListener("beforeinstallprompt", draw);
  addEventListener("appinstalled", draw);
  draw();
  return place;
}

function reason(): string {
  return say("It then opens like an app, also without a connection, and your device is more willing to keep what is here. You can remove it at any time.");
}

/** Have the browser ask; gives whether it was asked. Who says no there has said "Not now". */
async function install(): Promise<boolean> {
  const offer: InstallOffer | undefined = globalThis.respiteOffer;
  if (!offer) return false;
  globalThis.respiteOffer = undefined;
  try {
    await offer.prompt();
    if ((await offer.userChoice)?.outcome === "dismissed") decline();
  } catch {
    // The browser has thought better of it; it will offer again.
  }
  return true;
}

function showSteps(opener: HTMLElement): void {
  layLeaf(say("Install Respite"), steps(), opener);
}

/** Say Safari's own steps: no page can take them for the reader. */
function steps(): HTMLElement[] {
  const sign = icon("share");
  const step = (...words: (string | Node)[]) => make("li", {}, ...words);
  return [
    make(
      "ol",
      { class: "how" },
      step(say("Press Safari's Share button"), " ", sign, ". ", say("Where you do not see it, it is behind the three dots.")),
      step(say("Choose “Add to Home Screen”. You may have to scroll down to it.")),
      step(say("Press “Add”, and from then on open Respite from your home screen.")),
    ),
    make("p", { class: "fine" }, say("There it begins a list of its own: what you saved and noted in Safari stays in Safari. Notes can be taken along as a file.")),
  ];
}

function decline(): void {
  keepAnswer("declined");
}

function lastAnswer(): "told" | "declined" | "unknown" | null {
  try {
    return answerOf(localStorage.getItem(KEY), Date.now());
  } catch {
    return "unknown";
  }
}

function keepAnswer(answer: "told" | "declined"): boolean {
  try {
    localStorage.setItem(KEY, `${answer} ${Date.now()}`);
    return true;
  } catch {
    return false;
  }
}
