/** What is read aloud of an article: its blocks in order, without what only the eye can use. */

const BLOCKS = "h2, h3, p, li, blockquote";
const NOT_SPOKEN = "respite-offer, .refs, .share, .changes, .rows, .support, section:has(> #references), section:has(> #further-reading), section:has(> #read-next)";

/** Give the blocks of the page's article in the order of reading, each once. */
export function spokenBlocks(): HTMLElement[] {
  const title = [...document.querySelectorAll<HTMLElement>("article h1, article .lede")];
  const blocks = [...document.querySelectorAll<HTMLElement>("article .prose")].flatMap((prose) => [...prose.querySelectorAll<HTMLElement>(BLOCKS)]);
  const isInnermost = (block: HTMLElement) => block.querySelector(BLOCKS) === null;
  return [...title, ...blocks.filter((block) => isInnermost(block) && !block.closest(NOT_SPOKEN) && wordsOf(block) !== "")];
}

/** Give the words of a block. Citations are for the eye: read aloud, they tear the sentence. */
export function wordsOf(block: HTMLElement): string {
  const copy = block.cloneNode(true) as HTMLElement;
  for (const citation of copy.querySelectorAll(".citation, [aria-hidden=true]")) citation.remove();
  return (copy.textContent ?? "").replace(/\s+/g, " ").replace(/ ([.,;:])/g, "$1").trim();
}
