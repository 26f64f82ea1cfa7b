/**
 * The last word on an answer: whatever is wrong with the rest of this worker, nobody waits for it for ever.
 *
 * A browser looks for a newer worker (and so for the one that takes a broken one away) only once a page has come, and
 * Chromium gives up on a worker that does not answer after five minutes.
 */

/** How long this worker may take before the network is asked past it. Only a page that is not here on a slow network takes so long. */
export const LONGEST_MS = 10_000;

/** Give this worker's answer; where it fails or is late, whichever comes first, it or the network's. */
export function inAnyCase(answer: () => Promise<Response>, network: () => Promise<Response>): Promise<Response> {
  const own = Promise.resolve().then(answer).then(unlessError);
  const past = new Promise<Response>((resolve, reject) => {
    const ask = () => void network().then(resolve, reject);
    const timer = setTimeout(ask, LONGEST_MS);
    own.then(() => clearTimeout(timer), () => (clearTimeout(timer), ask()));
  });
  return Promise.any([own, past]);
}

/** What the browser would show as its own error page is no answer. */
function unlessError(response: Response): Response {
  if (response.type === "error") throw new TypeError("This worker has no answer.");
  return response;
}
