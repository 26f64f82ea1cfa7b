/* Keeps the advice beside the editor up to date while one writes, and leads to what it is about. */
(() => {
  const EVERY = 1000; // ms between looks at the form; asked is once it has stood still from one look to the next
  const ABOUT = ['image', 'image_alt'];

  class WritingAdvice extends window.StimulusModule.Controller {
    static targets = ['result', 'problem'];

    static values = { address: String };

    connect() {
      this.form = document.querySelector('[data-edit-form]');
      this.timer = setInterval(() => this.look(), EVERY);
    }

    disconnect() {
      clearInterval(this.timer);
    }

    /** Ask for advice where the panel is open, and what is written differs from what was asked about last. */
    look() {
      if (!this.form || this.asking || document.hidden || this.element.offsetParent === null) return;
      const now = this.written();
      const still = now === this.seen || this.seen === undefined;
      this.seen = now;
      if (still && now !== this.advised) this.ask(now);
    }

    /** Give what advice is about, as it is sent: the body, and the picture above it. */
    written() {
      const sent = new URLSearchParams();
      new FormData(this.form).forEach((value, name) => {
        if (typeof value === 'string' && (name.startsWith('body-') || ABOUT.includes(name))) sent.append(name, value);
      });
      return sent.toString();
    }

    async ask(written) {
      const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
      this.asking = true;
      this.advised = written;
      try {
        const response = await fetch(this.addressValue, {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded', [CSRF_HEADER_NAME]: CSRF_TOKEN },
          body: written,
        });
        if (!response.ok || response.redirected) throw new Error(`advice: ${response.status}`);
        this.draw(await response.text());
        this.problemTarget.hidden = true;
      } catch (error) {
        this.problemTarget.hidden = false;
      } finally {
        this.asking = false;
      }
    }

    draw(html) {
      if (html === this.drawn) return;
      this.drawn = html;
      const focused = this.resultTarget.contains(document.activeElement) ? document.activeElement.dataset : null;
      this.resultTarget.innerHTML = html;
      if (!focused) return;
      const again = [...this.resultTarget.querySelectorAll('[data-writing-advice-show]')].find(
        ({ dataset }) => dataset.block === focused.block && dataset.quote === focused.quote,
      );
      (again || this.resultTarget.querySelector('button'))?.focus();
    }

    /** Lead to the block or field that a piece of advice is about. */
    show(event) {
      const button = event.target.closest('[data-writing-advice-show]');
      if (!button) return;
      const { block, field, quote } = button.dataset;
      const place = this.form.querySelector(
        block ? `[data-contentpath="${CSS.escape(block)}"]` : `[name="${CSS.escape(field)}"]`,
      );
      if (!place) return;
      reveal(place);
      const entry = place.matches('input, textarea') ? place : place.querySelector('[contenteditable="true"], textarea, input:not([type="hidden"])');
      const range = quote && rangeOf(quote, place);
      (range ? range.startContainer.parentElement : place).scrollIntoView({ block: 'center' });
      if (entry) entry.focus({ preventScroll: true });
      mark(range);
    }
  }

  /** Open the tab and the panels that something stands in. */
  function reveal(place) {
    const tab = place.closest('[role="tabpanel"][hidden]');
    if (tab) document.getElementById(tab.getAttribute('aria-labelledby'))?.click();
    for (let at = place; at; at = at.parentElement) {
      if (at.matches('[data-panel]')) at.querySelector('[data-panel-toggle][aria-expanded="false"]')?.click();
    }
  }

  /** Give the range in which the beginning of a quote stands; null where it is in a field, or gone. */
  function rangeOf(quote, place) {
    const beginning = quote.replace(/…$/, '').slice(0, 60).trim();
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.replace(/\s/g, ' ').indexOf(beginning);
      if (at >= 0 && node.parentElement.closest('[contenteditable="true"]')) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, Math.min(node.length, at + quote.replace(/…$/, '').length));
        return range;
      }
    }
    return null;
  }

  /** Mark a range for a while, where the browser can without touching the text. */
  function mark(range) {
    if (!window.CSS.highlights) return;
    window.CSS.highlights.delete('writing-advice');
    if (!range) return;
    window.CSS.highlights.set('writing-advice', new window.Highlight(range));
    setTimeout(() => window.CSS.highlights.delete('writing-advice'), 4000);
  }

  window.wagtail.app.register('writing-advice', WritingAdvice);
})();
