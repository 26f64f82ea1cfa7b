/* "Fill from DOI" beside every DOI field of a reference's form, also of one that a dialog brings.
   Without this script, or without an answer, the form is what it was. */
(() => {
  const own = document.currentScript.dataset;
  const words = JSON.parse(own.words);
  const TRIES = 40; // looks a second apart before it gives up

  const element = (name, properties = {}) => Object.assign(document.createElement(name), properties);
  const token = () =>
    JSON.parse(document.getElementById("wagtail-config")?.textContent || "{}").CSRF_TOKEN ||
    document.querySelector("[name=csrfmiddlewaretoken]")?.value;

  function attach(input) {
    if (input.dataset.doiFill || !input.form) return;
    const prefix = input.name.slice(0, -"doi".length);
    const field = (name) => input.form.elements[prefix + name];
    if (!field("container_title")) return;
    input.dataset.doiFill = "yes";

    const place = element("div", { className: "doi-fill" });
    const ask = element("button", { type: "button", className: "button button-small button-secondary", textContent: words.ask });
    const cancel = element("button", { type: "button", className: "button button-small button-secondary", textContent: words.cancel, hidden: true });
    const progress = element("progress", { hidden: true });
    progress.setAttribute("aria-label", words.asking);
    const said = element("div", { className: "doi-fill-said" });
    said.setAttribute("role", "status");
    place.append(ask, cancel, progress, said);
    input.after(place);
    let stop = null;

    const say = (...lines) => said.replaceChildren(...lines.map((line) => (line instanceof Node ? line : element("p", { textContent: line }))));
    const busy = (is) => {
      ask.disabled = is;
      cancel.hidden = progress.hidden = !is;
    };

    async function fetched(address, options = {}) {
      const answer = await fetch(address, { ...options, signal: stop.signal, headers: { Accept: "application/json", ...options.headers } });
      const type = answer.headers.get("Content-Type") || "";
      if (!type.includes("json")) throw new Error(String(answer.status));
      return answer.json();
    }

    async function look() {
      stop = new AbortController();
      busy(true);
      say(words.asking);
      try {
        const body = new FormData();
        body.set("doi", input.value);
        let now = await fetched(own.address, { method: "POST", body, headers: { "X-CSRFToken": token() } });
        for (let tries = 0; now.state === "asked" && tries < TRIES; tries += 1) {
          await new Promise((done) => setTimeout(done, 1000));
          stop.signal.throwIfAborted();
          now = await fetched(`${own.address}${now.id}/`);
        }
        if (now.state === "found") fill(now, false);
        else say(now.problem || words.late);
      } catch (error) {
        say(error.name === "AbortError" ? words.cancelled : words.lost);
      } finally {
        busy(false);
        if (document.activeElement === document.body) ask.focus();
      }
    }

    function fill(now, replace) {
      const hadTitle = Boolean(field("title")?.value.trim());
      const filled = [];
      const kept = [];
      for (const [name, value] of Object.entries(now.fields)) {
        const target = field(name);
        if (!target || target === input || target.value === value) continue;
        // A type is always chosen: on a form without a title yet it is nobody's choice.
        const isFree = !target.value || (name === "type" && !hadTitle);
        (isFree || replace ? filled : kept).push(target);
        if (isFree || replace) put(target, value);
      }
      if (now.authors.length) {
        const rows = authorRows();
        const typed = rows.filter((row) => row.some((one) => one.value));
        if (typed.length && !replace) kept.push(null);
        else if (putAuthors(now.authors, rows)) filled.push(null);
      }
      input.value = now.doi;
      const lines = [filled.length ? `${words.filled} ${names(filled)}.` : words.nothing];
      if (kept.length) lines.push(`${words.kept} ${names(kept)}.`);
      lines.push(...now.hints);
      if (now.here && !window.location.pathname.startsWith(now.here.address)) {
        const line = element("p", { textContent: `${words.here} ` });
        line.append(element("a", { href: now.here.address, textContent: now.here.title, target: "_blank", rel: "noopener" }));
        lines.push(line);
      }
      if (kept.length && !replace) {
        const over = element("button", { type: "button", className: "button button-small button-secondary", textContent: words.replace });
        over.addEventListener("click", () => fill(now, true));
        lines.push(over);
      }
      say(...lines);
    }

    const label = (target) =>
      target ? (input.form.querySelector(`label[for="${target.id}"]`)?.textContent || target.name).replace("*", "").trim() : words.authors;
    const names = (targets) => targets.map(label).join(", ");

    function put(target, value) {
      target.value = value;
      target.classList.add("doi-fill-filled");
      target.addEventListener("input", () => target.classList.remove("doi-fill-filled"), { once: true });
      target.dispatchEvent(new Event("change", { bubbles: true }));
    }

    const total = () => field("authors-TOTAL_FORMS");
    const author = (number, name) => field(`authors-${number}-${name}`);
    function authorRows() {
      const rows = [];
      for (let number = 0; number < Number(total()?.value || 0); number += 1) {
        if (author(number, "DELETE")?.value) continue;
        rows.push(["family", "given", "suffix", "organisation"].map((name) => author(number, name)).filter(Boolean));
      }
      return rows;
    }

    function putAuthors(authors, before) {
      const add = document.getElementById(`id_${prefix}authors-ADD`);
      if (!add || !total()) return false;
      for (const row of before) for (const one of row) one.value = "";
      authors.forEach((person, order) => {
        const numbers = [...Array(Number(total().value)).keys()].filter((number) => !author(number, "DELETE")?.value);
        if (order >= numbers.length) add.click();
        const number = order < numbers.length ? numbers[order] : Number(total().value) - 1;
        for (const [name, value] of Object.entries(person)) {
          const target = author(number, name);
          if (target && target.value !== value) put(target, value);
        }
      });
      return true;
    }

    ask.addEventListener("click", () => {
      if (!input.value.trim()) {
        say(words.empty);
        input.focus();
        return;
      }
      look();
    });
    cancel.addEventListener("click", () => stop?.abort());
  }

  const attachAll = (root) => root.querySelectorAll?.('input[name="doi"], input[name$="-doi"]').forEach(attach);
  const begin = () => {
    attachAll(document);
    new MutationObserver((changes) => {
      for (const change of changes) for (const node of change.addedNodes) attachAll(node);
    }).observe(document.body, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
