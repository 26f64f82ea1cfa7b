/** `<respite-update>`: the toast that offers a newer release. It never reloads by itself, and never shows up over something being written. */

const LATER = "respite-later";

/** Offer the release whose worker waits; on "Reload" it takes over and this page, alone, is loaded anew. */
export function offerUpdate(worker: ServiceWorker): void {
  // Who said "Later" is not asked again on every page; the release comes once all pages have been closed.
  if (sessionStorage.getItem(LATER)) return;
  const offer = () => {
    if (isWriting()) return;
    document.removeEventListener("input", offer);
    document.removeEventListener("change", offer);
    show(worker);
  };
  document.addEventListener("input", offer);
  document.addEventListener("change", offer);
  offer();
}

/** Say whether something has been written on this page that a reload would lose. */
export function isWriting(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input:not([type=hidden])");
  return [...fields].some((field) => field.value !== field.defaultValue);
}

function show(worker: ServiceWorker): void {
  const element = document.querySelector("respite-update") ?? document.createElement("respite-update");
  const text = document.createElement("p");
  text.textContent = "A newer Respite is ready. Your place is kept.";
  const button = (label: string, action: () => void) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.onclick = action;
    return made;
  };
  const reload = button("Reload", () => {
    reload.disabled = true;
    takeOver(worker);
  });
  const later = button("Later", () => {
    sessionStorage.setItem(LATER, "yes");
    element.remove();
  });
  element.className = "toast";
  element.role = "status";
  document.body.append(element);
  element.replaceChildren(text, reload, later);
}

function takeOver(worker: ServiceWorker): void {
  // Listening to this worker rather than to `controllerchange` reloads the page that asked, once, and no other.
  const done = () => {
    if (worker.state !== "activated") return;
    worker.removeEventListener("statechange", done);
    location.reload();
  };
  worker.addEventListener("statechange", done);
  worker.postMessage({ type: "take-over" });
  done();
}
