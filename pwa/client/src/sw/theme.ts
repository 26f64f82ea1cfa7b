/**
 * What the reader has chosen of the page's looks (light or dark, how the text is set), put into it before it is painted.
 *
 * A page is the same bytes for everybody and has no inline script, so only the worker can say `data-theme` and
 * `data-look` early enough. Before there is a worker nothing has been chosen either.
 */

import type { Library } from "../library/library.js";

/** What can be said of each: nothing else ever stands in a page. */
const WORDS = { theme: /^(light|dark)$/, look: /^[a-z]+-[a-z]+( [a-z]+-[a-z]+)*$/ } as const;
type Name = keyof typeof WORDS;
/** How long the store may take to say what was chosen. */
const PATIENCE_MS = 1_000;
const NAMES = Object.keys(WORDS) as Name[];

let chosen: Promise<Map<Name, string>> | null = null;

/** Remember a choice; what is no word for it is as the house has it. */
export async function chooseLook(library: Library, name: Name, value: string): Promise<void> {
  const all = await remembered(library);
  all.set(name, WORDS[name].test(value) ? value : "");
  await library.note(name, all.get(name));
}

/** Give a page that carries the choices, which are read while the page is made: the same page where there are none. */
export async function inTheme(library: Library, page: Promise<Response>): Promise<Response> {
  const [all, response] = await Promise.all([inTime(remembered(library)), page]);
  const attributes = NAMES.flatMap((name) => (all.get(name) ? [` data-${name}="${all.get(name)}"`] : [])).join("");
  const isPage = /^text\/html/.test(response.headers.get("content-type") ?? "");
  if (!attributes || !isPage || !response.body || response.redirected) return response;
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  const body = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(mark(attributes))
    .pipeThrough(new TextEncoderStream());
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

/** A store that does not answer holds up no page: it then looks as the house has it until its script has run. */
function inTime(choices: Promise<Map<Name, string>>): Promise<Map<Name, string>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(new Map()), PATIENCE_MS);
    void choices.then((all) => (clearTimeout(timer), resolve(all)));
  });
}

function remembered(library: Library): Promise<Map<Name, string>> {
  const one = async (name: Name) => {
    const value = await library.noted(name).catch(() => "");
    return [name, typeof value === "string" && WORDS[name].test(value) ? value : ""] as const;
  };
  chosen ??= Promise.all(NAMES.map(one)).then((pairs) => new Map(pairs));
  return chosen;
}

/** Put the attributes into the first `<html` that passes, and let the rest flow. */
function mark(attributes: string): TransformStream<string, string> {
  let before: string | null = "";
  return new TransformStream({
    transform(chunk, controller) {
      if (before === null) return controller.enqueue(chunk);
      before += chunk;
      if (!before.includes("<html") && before.length < 1_000) return;
      controller.enqueue(before.replace(/<html\b/, `<html${attributes}`));
      before = null;
    },
    flush(controller) {
      if (before) controller.enqueue(before);
    },
  });
}
