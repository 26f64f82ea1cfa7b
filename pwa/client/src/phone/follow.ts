/** Following a topic: a button that says whether one does. */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { ask, tell } from "../page/worker.js";

/** Draw the button once the worker has said what is followed; without a worker there is none. */
export async function showFollow(place: HTMLElement, topic: string): Promise<void> {
  const store = await ask({ type: "store" });
  if (!store?.usable || !topic) return;
  let isFollowed = store.wishes.topics.includes(topic);
  const button = make("button", { class: "pill", type: "button" });
  const hint = make("p", { class: "fine" });
  const draw = () => {
    button.ariaPressed = String(isFollowed);
    button.textContent = say("Follow this topic");
    hint.textContent = isFollowed
      ? say("Its articles are kept on this phone before others. Only this phone knows.")
      : say("Following keeps its articles on this phone before others.");
  };
  button.onclick = () => {
    isFollowed = !isFollowed;
    void tell({ type: "follow", topic, isFollowed });
    draw();
    void import("../push/topics.js").then(({ followed }) => followed(topic, isFollowed, button));
  };
  draw();
  place.replaceChildren(button, hint);
}
