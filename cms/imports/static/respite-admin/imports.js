/* The page that waits for an import: it asks how far it is, and where no worker does the work, asks for it. */
(() => {
  const place = document.querySelector("[data-references-import]");
  if (!place) return;
  const bar = place.querySelector("progress");
  const said = place.querySelector("[data-said]");
  const carryOn = place.querySelector("[data-carry-on]");
  const hasWorkers = place.dataset.workers === "yes";
  const PATIENCE = 30_000; // so long a worker may be silent before the page offers to do it
  carryOn.hidden = true;
  place.querySelector("[data-look-again]").hidden = true;
  let movedAt = Date.now();
  let last = "";

  const ask = () =>
    hasWorkers
      ? fetch(place.dataset.status, { headers: { Accept: "application/json" } })
      : fetch(place.dataset.step, {
          method: "POST",
          headers: { Accept: "application/json", "X-CSRFToken": place.dataset.token },
        });

  async function look() {
    let wait = hasWorkers ? 1000 : 0;
    try {
      const answer = await ask();
      if (!answer.ok) throw new Error(String(answer.status));
      const now = await answer.json();
      if (!now.is_working) {
        window.location.reload();
        return;
      }
      if (now.state === "making") {
        bar.max = now.total;
        bar.value = now.done;
        said.textContent = said.dataset.words.replace("{done}", now.done).replace("{total}", now.total);
      }
      const state = `${now.state} ${now.done}`;
      if (state !== last) movedAt = Date.now();
      last = state;
      const isQuiet = Date.now() - movedAt > PATIENCE;
      if (isQuiet) said.textContent = said.dataset.quiet;
      carryOn.hidden = !isQuiet;
    } catch {
      said.textContent = said.dataset.lost;
      wait = 3000;
    }
    setTimeout(look, wait);
  }
  look();
})();
