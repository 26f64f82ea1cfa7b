/**
 * A leaf: a small sheet that lies over the page without moving it, for a reference, settings, a note. The page below stays
 * usable, the way out above all. It takes the focus and gives it back; Escape, its button or a click elsewhere close it.
 */

import { make } from "../page/make.js";
import { say } from "../page/speech.js";

export interface Leaf {
  readonly element: HTMLElement;
  /** Close it, and give the focus back. */
  readonly close: () => void;
}

let open: Leaf | null = null;

/** Lay a leaf over the page, in place of the one that was there. */
export function layLeaf(title: string, content: readonly Node[], opener: HTMLElement, closed: () => void = () => undefined): Leaf {
  open?.close();
  const heading = make("h2", { id: "leaf-title" }, title);
  const button = make("button", { class: "btn bare small", type: "button" }, say("Close"));
  const element = make(
    "section",
    { class: "leaf", role: "dialog", "aria-labelledby": heading.id, tabindex: "-1" },
    make("div", { class: "head flush" }, heading, button),
    ...content,
  );
  const leaf: Leaf = { element, close };
  const whole = new AbortController();
  const { signal } = whole;
  let isClosed = false;
  function close(): void {
    if (isClosed) return;
    isClosed = true;
    const held = element.contains(document.activeElement);
    whole.abort();
    element.remove();
    if (open === leaf) open = null;
    if (held || document.activeElement === document.body) opener.focus({ preventScroll: true });
    closed();
  }
  button.addEventListener("click", close, { signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && close(), { signal });
  document.addEventListener(
    "pointerdown",
    (event) => event.target instanceof Node && !element.contains(event.target) && !opener.contains(event.target) && close(),
    { signal },
  );
  // A way to a place on this page leads there: the leaf is no longer needed.
  element.addEventListener("click", (event) => event.target instanceof Element && event.target.closest("a[href^='#']") && close(), { signal });
  element.addEventListener("keydown", (event) => keepTab(event, element, close), { signal });
  document.body.append(element);
  placeBeside(element, opener);
  open = leaf;
  element.focus({ preventScroll: true });
  return leaf;
}

/** Tab past either end goes back to where the leaf came from, not to the far end of the document. */
function keepTab(event: KeyboardEvent, element: HTMLElement, close: () => void): void {
  if (event.key !== "Tab") return;
  const stops = [...element.querySelectorAll<HTMLElement>("a[href], button:not(:disabled), input, select, textarea")];
  const leaves = event.shiftKey
    ? document.activeElement === stops[0] || document.activeElement === element
    : document.activeElement === stops.at(-1);
  if (!leaves) return;
  event.preventDefault();
  close();
}

/** On a wide screen it lies beside what opened it; its sheet of styles says what wide is. */
function placeBeside(element: HTMLElement, opener: HTMLElement): void {
  const room = innerHeight - element.offsetHeight - 16;
  const top = Math.max(80, Math.min(opener.getBoundingClientRect().top, room));
  element.style.setProperty("--leaf-top", `${Math.round(top)}px`);
}
