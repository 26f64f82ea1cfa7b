/**
 * Citations in a text: a tap shows the reference over the page, so that reading is not left for it. Without a script, or
 * where the part that shows it cannot be had, the link leads to the list as it always did.
 */

const CITATION = ".citation a[href^='#ref-']";

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(CITATION) : null;
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const follow = () => location.assign(link.hash);
  import("../reading/reference.js").then(({ showReference }) => showReference(link) || follow(), follow);
});

for (const link of document.querySelectorAll(CITATION)) link.ariaHasPopup = "dialog";
