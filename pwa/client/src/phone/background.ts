/** Having the browser bring the library up to date now and then while nobody reads, where it offers that. */

import { PERIODIC } from "../protocol/periodic.js";

const HALF_A_DAY_MS = 12 * 60 * 60_000;

interface PeriodicSync {
  register(tag: string, options: { minInterval: number }): Promise<void>;
  getTags(): Promise<string[]>;
}

/** Register where the browser permits it, which is for installed apps that are used; nobody is asked for it. */
export async function freshenInBackground(registration: ServiceWorkerRegistration): Promise<boolean> {
  const { periodicSync } = registration as { periodicSync?: PeriodicSync };
  if (!periodicSync) return false;
  try {
    const name = "periodic-background-sync" as PermissionName;
    if ((await navigator.permissions.query({ name })).state !== "granted") return false;
    if ((await periodicSync.getTags()).includes(PERIODIC)) return true;
    await periodicSync.register(PERIODIC, { minInterval: HALF_A_DAY_MS });
    return true;
  } catch {
    return false;
  }
}
