const FIRST_MS = 2_000;
const LONGEST_MS = 60_000;

/** How long to wait before asking a server that did not answer once more: twice as long each time, up to a minute. */
export function pause(tries: number): number {
  return Math.min(FIRST_MS * 2 ** tries, LONGEST_MS);
}
