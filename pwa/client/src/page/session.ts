/**
 * Whose session this is, asked once a page at most, and only in a browser in which somebody has logged in: nobody else's
 * reading asks the server for anything.
 */

import { forgetSignedIn, isSignedIn } from "./signed-in.js";

export interface Told {
  readonly user: { readonly id: string; readonly name: string; readonly email: string } | null;
  readonly csrf_token: string;
  /** When it was asked, in milliseconds. */
  readonly asked_at: number;
}

let asked: Promise<Told | null> | null = null;

/** Give whose session it is; null where the server has not said so. */
export function askSession(): Promise<Told | null> {
  return (asked ??= isSignedIn() ? askNow() : Promise.resolve({ user: null, csrf_token: "", asked_at: Date.now() }));
}

async function askNow(): Promise<Told | null> {
  const asked_at = Date.now();
  if (!navigator.onLine) return null;
  const answer = await fetch("/api/v1/session/", { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return null;
  const told = (await answer.json().catch(() => null)) as Omit<Told, "asked_at"> | null;
  if (!told) return null;
  if (!told.user) forgetSignedIn();
  return { ...told, asked_at };
}

const KEY = "respite-account";

/** Say whether an account may have left something on this phone: whoever has nothing need load nothing for it. */
export function mayHaveAccount(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** Remember it, or that there is nothing any more. */
export function markAccount(isHere: boolean): void {
  try {
    if (isHere) localStorage.setItem(KEY, "yes");
    else localStorage.removeItem(KEY);
  } catch {
    // Where nothing can be kept, there is nothing.
  }
}
