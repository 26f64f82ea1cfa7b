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
import { keepAsking } from "./page/rounds.js";
import { chosenTheme, show } from "./page/theme.js";
import { onUpdate, register } from "./page/worker.js";

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
  keepAsking();
  if (matchMedia("(display-mode: standalone)").matches) await navigator.storage?.persist?.();
}

void start();
