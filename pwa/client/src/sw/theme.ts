/**
 * The chosen theme, put into the page before it is painted.
 *
 * A page is the same bytes for everybody and has no inline script, so only the worker can say `data-theme` early
 * enough. Before there is a worker nothing has been chosen either.
 */

import type { Library } from "../library/library.js";

const THEMES = ["light", "dark"];
let chosen: Promise<string> | null = null;

/** Remember the choice; anything but `light` and `dark` is the system's. */
export async function chooseTheme(library: Library, theme: string): Promise<void> {
  chosen = Promise.resolve(THEMES.includes(theme) ? theme : "");
  await library.note("theme", await chosen);
}

/** Give a page that carries the chosen theme, which is read while the page is made: the same page where none is. */
export async function inTheme(library: Library, page: Promise<Response>): Promise<Response> {
  chosen ??= library.noted("theme").then(
    (value) => (typeof value === "string" ? value : ""),
    () => "",
  );
  const [theme, response] = await Promise.all([chosen, page]);
  const isPage = /^text\/html/.test(response.headers.get("content-type") ?? "");
  if (!theme || !isPage || !response.body || response.redirected) return response;
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  const body = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(mark(theme))
    .pipeThrough(new TextEncoderStream());
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

/** Put the theme into the first `<html` that passes, and let the rest flow. */
function mark(theme: string): TransformStream<string, string> {
  let before: string | null = "";
  return new TransformStream({
    transform(chunk, controller) {
      if (before === null) return controller.enqueue(chunk);
      before += chunk;
      if (!before.includes("<html") && before.length < 1_000) return;
      controller.enqueue(before.replace(/<html\b/, `<html data-theme="${theme}"`));
      before = null;
    },
    flush(controller) {
      if (before) controller.enqueue(before);
    },
  });
}
