/** What the page of preferences says of this device, and the switch for it. */

import { icon, make } from "../page/make.js";
import { say } from "../page/speech.js";
import { told } from "../page/push-account.js";
import { Standing, standing, turnOff, turnOn } from "./device.js";
import { followedTopics } from "./topics.js";

/** Show how it stands with this device, and let that be changed. */
export async function showPanel(place: HTMLElement): Promise<void> {
  await Promise.race([navigator.serviceWorker?.ready, new Promise((resolve) => setTimeout(resolve, 5_000))]);
  // This device is told of here; the list below names the others.
  document.querySelector("[data-here]")?.remove();
  const spoken = make("p", { class: "sr", role: "status" });
  const body = make("div", { class: "stack near" });
  place.replaceChildren(body, spoken);
  const draw = (now: Standing, isChanged = false) => {
    body.replaceChildren(...drawn(now, change));
    if (isChanged) {
      spoken.textContent = words(now);
      body.querySelector<HTMLElement>("button, input")?.focus();
    }
  };
  const change = (act: () => Promise<Standing>) => {
    for (const one of body.querySelectorAll<HTMLButtonElement | HTMLInputElement>("button, input")) one.disabled = true;
    void act().then((now) => draw(now, true));
  };
  draw(await standing());
}

function words(now: Standing): string {
  switch (now) {
    case Standing.On:
      return say("This device tells you.");
    case Standing.Off:
      return say("This device does not tell you.");
    case Standing.Denied:
      return say("Your browser allows Respite no notices. Its settings for this site can change that.");
    case Standing.Impossible:
      return say("This browser cannot do it. On an iPhone or iPad it works once Respite stands on the home screen.");
  }
}

function drawn(now: Standing, change: (act: () => Promise<Standing>) => void): HTMLElement[] {
  const state = now === Standing.On ? make("p", { class: "state", "data-state": "checked" }, icon("phone-kept"), words(now)) : make("p", {}, words(now));
  if (now === Standing.Denied || now === Standing.Impossible) return [state];
  if (now === Standing.Off) return [state, button(say("Switch it on"), "btn small", () => change(() => turnOn()))];
  const off = button(say("Switch it off"), "btn quiet small", () => change(async () => (await turnOff(), Standing.Off)));
  return [state, topics(change), off];
}

/** Topics are told to the server only by a choice of their own. */
function topics(change: (act: () => Promise<Standing>) => void): HTMLElement {
  const box = make("input", { type: "checkbox", checked: told()?.topics ?? false });
  box.onchange = () => change(async () => turnOn(box.checked ? await followedTopics() : []));
  const what = make("span", {}, say("Of new articles in topics I follow, too"));
  const why = make("p", { class: "fine" }, say("For that our server is told which topics those are. Otherwise only this phone knows."));
  return make("div", {}, make("label", { class: "choice" }, box, what), why);
}

function button(label: string, look: string, act: () => void): HTMLElement {
  return make("p", {}, make("button", { class: look, type: "button", onclick: act }, label));
}
