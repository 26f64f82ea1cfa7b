/** The toast that offers a newer release. It never reloads by itself, and never shows up over something being written. */

/** Offer the release whose worker waits; on "Reload" it takes over and this page, alone, is loaded anew. */
export function offerUpdate(worker: ServiceWorker): void {
  const offer = () => {
    if (isWriting()) return;
    document.removeEventListener("input", offer);
    document.removeEventListener("change", offer);
    if (!document.querySelector("respite-update")) document.body.append(toast(worker));
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

function toast(worker: ServiceWorker): HTMLElement {
  const element = document.createElement("respite-update");
  element.className = "toast";
  element.role = "status";
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
  element.append(text, reload, button("Later", () => element.remove()));
  return element;
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
