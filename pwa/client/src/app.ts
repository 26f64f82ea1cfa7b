/** The page's one script: wakes up the elements, registers the worker, and asks it to keep the library fresh. */

import "./elements/connection.js";
import "./elements/contents.js";
import "./elements/leave.js";
import "./elements/offline.js";
import "./elements/on-phone.js";
import "./elements/resume.js";
import "./elements/share.js";
import "./elements/theme.js";
import { offerUpdate } from "./elements/update.js";
import { chosenTheme, show } from "./page/theme.js";
import { askForSync, hear, onUpdate, register } from "./page/worker.js";
import { Network } from "./shared/messages.js";

/** How often somebody who looks at a page has the library asked for, and how often while nobody answers. */
const INTERVAL_MS = 5 * 60_000;
const TROUBLED_MS = 30_000;

show(chosenTheme());

/** Wait until the page has shown itself: the library is for later. */
function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    const idle = () =>
      "requestIdleCallback" in window ? requestIdleCallback(() => resolve(), { timeout: 2_000 }) : setTimeout(resolve, 200);
    if (document.readyState === "complete") idle();
    else addEventListener("load", idle, { once: true });
  });
}

async function start(): Promise<void> {
  await whenIdle();
  const registration = await register();
  if (!registration) return;
  onUpdate(registration, offerUpdate);
  await navigator.serviceWorker.ready;
  await askForSync("start");
  addEventListener("online", () => void askForSync("online"));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void askForSync("visible");
  });
  let isTroubled = false;
  let asked = Date.now();
  hear(({ network }) => (isTroubled = network === Network.Offline || network === Network.Portal));
  setInterval(() => {
    if (document.hidden || Date.now() - asked < (isTroubled ? TROUBLED_MS : INTERVAL_MS)) return;
    asked = Date.now();
    void askForSync("interval");
  }, TROUBLED_MS / 3);
  if (matchMedia("(display-mode: standalone)").matches) await navigator.storage?.persist?.();
}

void start();
