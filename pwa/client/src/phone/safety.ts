/** Asking the browser not to clear what is kept here when the phone runs short of room. */

export type Safety = "kept" | "refused" | "unknown";

const ASKED = "respite-asked-to-keep";

/** Say whether the browser has promised to keep it; unknown where it makes no such promises. */
export async function safety(): Promise<Safety> {
  if (!navigator.storage?.persisted) return "unknown";
  return (await navigator.storage.persisted()) ? "kept" : "refused";
}

/** Ask the browser to keep it. Some ask the reader in turn, so this belongs behind something that the reader has done. */
export async function keepSafe(): Promise<Safety> {
  if (!navigator.storage?.persist) return "unknown";
  return (await navigator.storage.persist()) ? "kept" : "refused";
}

/** Ask once for all, after the reader has made something here that would be missed, such as a first saved article. */
export async function keepSafeOnce(): Promise<void> {
  try {
    if (localStorage.getItem(ASKED)) return;
    localStorage.setItem(ASKED, "yes");
  } catch {
    return;
  }
  await keepSafe().catch(() => undefined);
}
