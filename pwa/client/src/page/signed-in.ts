/**
 * Whether somebody has logged in in this browser: a hint that the server leaves in a cookie of its own
 * (`pwa/middleware.py`), without whose it is. The session itself no script can read.
 */

const NAME = "respite_signed_in";

export function isSignedIn(): boolean {
  return document.cookie.split("; ").some((cookie) => cookie.startsWith(`${NAME}=`));
}

/** Forget the hint, where the session has ended without this browser hearing of it. */
export function forgetSignedIn(): void {
  document.cookie = `${NAME}=; Max-Age=0; Path=/; SameSite=Lax`;
}
