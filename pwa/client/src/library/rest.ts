/** The rest that our server asks for: until it is over, no round is begun. */

/** The longest that a server may have us wait: a slip of its configuration is not to silence a phone for a year. */
const LONGEST_MS = 60 * 60_000;

/** Read how many milliseconds a Retry-After asks for, in either of its forms (RFC 9110, section 10.2.3); 0 for none. */
export function waitAsked(header: string | null, now: number): number {
  const value = (header ?? "").trim();
  const asked = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return asked > 0 ? Math.min(asked, LONGEST_MS) : 0;
}

/**
 * Say until when to rest, in milliseconds, of what was written down; 0 where there is nothing to wait for.
 * More than an hour ahead was never asked for: the phone's clock has been set back since.
 */
export function restingUntil(noted: unknown, now: number): number {
  return typeof noted === "number" && noted > now && noted - now <= LONGEST_MS ? noted : 0;
}
