/**
 * Sending the beginning of an article ahead of the rest. A browser lays out all that it has before it shows anything; a
 * cheap phone shows the title, the picture and the first sections much sooner when that is all it has for a moment.
 */

/** How long the rest is held back: until a slow phone has shown the beginning. Nobody has scrolled beyond it by then. */
const AHEAD_MS = 200;
/** The beginning ends before this section of the text: more than a window of a phone or a desk shows at first. */
const SECTION = 4;

/** Give a page's body, an article's in two parts. */
export function aheadOfTheRest(html: string): BodyInit {
  const end = endOfBeginning(html);
  if (end < 0) return html;
  const encoder = new TextEncoder();
  let timer: ReturnType<typeof setTimeout>;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(html.slice(0, end)));
      timer = setTimeout(() => {
        controller.enqueue(encoder.encode(html.slice(end)));
        controller.close();
      }, AHEAD_MS);
    },
    cancel() {
      clearTimeout(timer);
    },
  });
}

/** Find where the beginning of an article ends; -1 for what is none, or is no longer than that. */
export function endOfBeginning(html: string): number {
  let at = html.indexOf('<div class="prose"');
  for (let section = 0; section < SECTION && at >= 0; section += 1) at = html.indexOf("<section", at + 1);
  return at;
}
