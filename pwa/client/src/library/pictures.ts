/** Pictures are kept for comfort: they give way to everything that is written. */

/** The cache that they lie in. */
export const PICTURES = "respite-media-v1";

/** Give up all kept pictures; says whether there were any. */
export async function dropPictures(): Promise<boolean> {
  return (await globalThis.caches?.delete(PICTURES).catch(() => false)) ?? false;
}
