/** What an article's tools do. Each is loaded when it is used. */

import { showState, toggle } from "../own/saving.js";
import { onChange } from "../own/tabs.js";

/** Do what a button of the tools is for. */
export async function use(reader: HTMLElement, button: HTMLButtonElement): Promise<void> {
  await wake(reader);
  switch (button.dataset.do) {
    case "save":
      return toggle(reader, button);
    case "text":
      return (await import("./text.js")).openText(button);
    case "notes":
      return (await import("./margin.js")).openNotes(reader, button);
    case "listen":
      return (await import("./listen.js")).listen(button);
  }
}

/** Offer to mark what is selected. */
export async function select(reader: HTMLElement): Promise<void> {
  await wake(reader);
  (await import("./selecting.js")).followSelection(reader);
}

let awake = false;

/** Show what the reader has made of this article, and keep showing it as it changes here or in another tab. */
export async function wake(reader: HTMLElement): Promise<void> {
  if (awake) return;
  awake = true;
  const button = reader.querySelector<HTMLButtonElement>("[data-do=save]");
  const { openMarkAt, showMargin } = await import("./margin.js");
  const show = async () => {
    if (button) await showState(reader, button);
    await showMargin(reader);
  };
  let showing: Promise<void> = Promise.resolve();
  // A browser that keeps nothing has nothing to show; whoever tries to keep something is told.
  const showNext = () => (showing = showing.then(show).catch(() => undefined));
  onChange(() => void showNext());
  document.querySelector("article .prose")?.addEventListener("click", (event) => {
    const { target, clientX, clientY } = event as MouseEvent;
    const isControl = target instanceof Element && target.closest("a, button, summary, input");
    if (!isControl && getSelection()?.isCollapsed) openMarkAt(reader, clientX, clientY);
  });
  await showNext();
}
