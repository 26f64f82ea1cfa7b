/** Where the browser's small store says that something of the reader's own has been kept here. */
const KEY = "respite-own";
export type Key = typeof KEY;

/** Say whether anything of the reader's own may be kept here: whoever has nothing need load nothing for it. */
export function mayOwn(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}
