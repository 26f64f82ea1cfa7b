/** Say whether anything of the reader's own may be kept here: whoever has nothing need load nothing for it. */
export function mayOwn(): boolean {
  try {
    return localStorage.getItem("respite-own") !== null;
  } catch {
    return false;
  }
}
