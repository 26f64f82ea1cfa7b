/** The page's one script: wakes up the elements, registers the worker, and asks it to keep the library fresh. */

import "./elements/account.js";
import "./elements/citations.js";
import "./elements/connection.js";
import "./elements/contents.js";
import "./elements/find.js";
import "./elements/follow.js";
import "./elements/leave.js";
import "./elements/offer.js";
import "./elements/offline.js";
import "./elements/on-phone.js";
import "./elements/reader.js";
import "./elements/resume.js";
import "./elements/saved.js";
import "./elements/share.js";
import "./elements/store.js";
import "./elements/theme.js";
import "./elements/times.js";
import { startWriting } from "./elements/writing.js";
import { finishLeaving } from "./page/leaving.js";
import { chosenLook, showLook } from "./page/look.js";
import { keepInstallOffer } from "./page/install-offer.js";
import { keepIndexed } from "./page/indexing.js";
import { tellOfMissing } from "./page/missing.js";
import { keepAsking } from "./page/rounds.js";
import { chosenTheme, show } from "./page/theme.js";
import { onUpdate, register } from "./page/worker.js";
import { wasFound } from "./search/found.js";

finishLeaving();
tellOfMissing();
keepInstallOffer();
show(chosenTheme());
showLook(chosenLook());
startWriting();
const people = document.querySelector<HTMLElement>("respite-people");
if (people) void import("./phone/people.js").then(({ listPeople }) => listPeople(people));
const questions = document.querySelector("respite-questions");
if (questions) void import("./phone/questions.js").then(({ listQuestions }) => listQuestions(questions));
if (document.querySelector("respite-passkeys")) void import("./elements/passkeys.js");
if (document.querySelector("respite-push")) void import("./elements/push.js");
// Something was sent, and its answer may be waited for: what sends by itself says so on the document.
if (document.querySelector("[data-sent]")) void offerPush();
document.addEventListener("respite-sent", () => void offerPush());
if (wasFound()) void import("./search/arrival.js").then(({ arrive }) => arrive());

async function offerPush(): Promise<void> {
  await (await import("./push/offer.js")).offerAnswers();
}

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
  onUpdate(registration, (worker) => void import("./elements/update.js").then(({ offerUpdate }) => offerUpdate(worker)));
  await navigator.serviceWorker.ready;
  keepAsking();
  void import("./phone/background.js").then(({ freshenInBackground }) => freshenInBackground(registration));
  keepIndexed();
  const revision = Number(document.querySelector<HTMLMetaElement>("meta[name=revision]")?.content);
  if (revision) void import("./elements/renewed.js").then(({ watch }) => watch(revision));
  if (matchMedia("(display-mode: standalone)").matches) await navigator.storage?.persist?.();
}

void start();
