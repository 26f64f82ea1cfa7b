/* The dialog in which a citation is put together: search, the list of what is chosen, a reference made in place. */
(() => {
  const { citing, jQuery } = window;
  const FIELDS = ['label', 'locator', 'prefix', 'suffix', 'suppress_author'];
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

  /** Runs a function when nothing has called for it again within some milliseconds. */
  function debounced(action, wait) {
    let timer = null;
    return (...values) => {
      clearTimeout(timer);
      timer = setTimeout(() => action(...values), wait);
    };
  }

  class Dialog {
    constructor(modal, { stored, most }) {
      this.modal = modal;
      this.most = most;
      this.root = modal.body[0].querySelector('[data-citing]');
      this.words = citing.config().words;
      this.list = this.find('list');
      this.preview = debounced(() => this.showPreview(), 250);
      this.searchLater = debounced(() => this.search(), 250);
      this.wire();
      if (stored) this.fillIn(stored);
      this.refresh();
      modal.container.one('shown.bs.modal', () => this.root.querySelector('#citing-query').focus());
    }

    find(name) {
      return this.root.querySelector(`[data-citing-${name}]`);
    }

    rows() {
      return [...this.list.children];
    }

    say(text) {
      this.find('status').textContent = text;
    }

    show(name, text) {
      const place = this.find(name);
      if (text) place.textContent = text;
      place.hidden = !text;
    }

    wire() {
      const search = this.find('search');
      search.addEventListener('submit', (event) => {
        event.preventDefault();
        this.search();
      });
      search.addEventListener('input', this.searchLater);
      this.find('search-again').addEventListener('click', () => this.search());
      this.find('results').addEventListener('click', (event) => {
        const button = event.target.closest('[data-citing-add]');
        if (button) this.toggle(button);
      });
      this.find('chosen').addEventListener('input', this.preview);
      this.find('chosen').addEventListener('submit', (event) => {
        event.preventDefault();
        this.finish();
      });
      this.find('remove').addEventListener('click', () => this.modal.respond('removed'));
      this.list.addEventListener('click', (event) => this.press(event.target.closest('button')));
      const tab = this.root.querySelector('#tab-label-citing-new');
      if (tab) tab.addEventListener('click', () => this.openForm(), { once: true });
    }

    // ---- Search ----

    async search() {
      const query = this.root.querySelector('#citing-query').value;
      this.asked = query;
      try {
        const response = await fetch(`${this.root.dataset.searchUrl}?${new URLSearchParams({ q: query })}`);
        if (!response.ok || response.redirected) throw new Error(`search: ${response.status}`);
        const html = await response.text();
        if (this.asked !== query) return;
        this.find('results').innerHTML = html;
        this.find('search-problem').hidden = true;
        this.refresh();
      } catch (error) {
        if (this.asked === query) this.find('search-problem').hidden = false;
      }
    }

    toggle(button) {
      const work = JSON.parse(button.parentElement.querySelector('script').textContent);
      const row = this.rows().find((one) => one.work.id === work.id);
      if (row) this.drop(row);
      else this.add(work);
    }

    // ---- What is chosen ----

    async fillIn(stored) {
      this.find('insert').hidden = true;
      this.find('change').hidden = false;
      this.find('remove').hidden = false;
      let items = [];
      try {
        items = JSON.parse(stored);
      } catch (error) {
        return;
      }
      try {
        const { works } = await citing.describe(stored);
        items.forEach((item) => {
          const work = works.find((one) => one.id === Number(item.id));
          if (work) this.add(work, item);
        });
        this.say('');
      } catch (error) {
        this.show('problem', this.words.lost);
      }
    }

    add(work, item = {}) {
      if (this.rows().length >= this.most) {
        this.show('problem', fill(this.words.full, { most: this.most }));
        return;
      }
      const row = this.find('row').content.firstElementChild.cloneNode(true);
      row.work = work;
      row.querySelector('[data-citing-line]').innerHTML = work.line || '';
      if (!work.line) row.querySelector('[data-citing-line]').textContent = work.title;
      work.states.forEach((state) => {
        const told = document.createElement('span');
        told.className = `citing__state citing__state--${state.name}`;
        told.textContent = state.advice;
        row.querySelector('[data-citing-states]').append(told);
      });
      FIELDS.forEach((name) => {
        const field = row.querySelector(`[name="${name}"]`);
        if (field.type === 'checkbox') field.checked = Boolean(item[name]);
        else if (item[name]) field.value = item[name];
      });
      this.list.append(row);
      this.say(fill(this.words.chosen, { title: work.title }));
      this.refresh();
    }

    drop(row) {
      row.remove();
      this.say(fill(this.words.dropped, { title: row.work.title }));
      this.refresh();
    }

    press(button) {
      if (!button) return;
      const row = button.closest('li');
      if (button.matches('[data-citing-drop]')) {
        const next = row.nextElementSibling || row.previousElementSibling;
        this.drop(row);
        (next ? next.querySelector('[data-citing-drop]') : this.root.querySelector('#citing-query')).focus();
        return;
      }
      if (button.matches('[data-citing-up]') && row.previousElementSibling) row.previousElementSibling.before(row);
      if (button.matches('[data-citing-down]') && row.nextElementSibling) row.nextElementSibling.after(row);
      this.refresh();
      (button.disabled ? row.querySelector('button:not(:disabled)') : button).focus();
      this.say(fill(this.words.moved, { place: this.rows().indexOf(row) + 1, title: row.work.title }));
    }

    /** Bring buttons and marks in line with the list. */
    refresh() {
      const rows = this.rows();
      rows.forEach((row, place) => {
        row.querySelector('[data-citing-up]').disabled = place === 0;
        row.querySelector('[data-citing-down]').disabled = place === rows.length - 1;
      });
      this.find('none').hidden = rows.length > 0;
      this.find('results')
        .querySelectorAll('[data-citing-add]')
        .forEach((button) => {
          const work = JSON.parse(button.parentElement.querySelector('script').textContent);
          button.setAttribute('aria-pressed', String(rows.some((row) => row.work.id === work.id)));
        });
      this.preview();
    }

    items() {
      return this.rows().map((row) => {
        const item = { id: row.work.id };
        FIELDS.forEach((name) => {
          const field = row.querySelector(`[name="${name}"]`);
          item[name] = field.type === 'checkbox' ? field.checked : field.value;
        });
        return item;
      });
    }

    async showPreview() {
      const items = this.items();
      const place = this.find('preview');
      if (!items.length) {
        place.textContent = '–';
        return;
      }
      try {
        place.textContent = (await citing.describe(JSON.stringify(items))).text;
      } catch (error) {
        place.textContent = '…';
      }
    }

    // ---- Into the text ----

    async finish() {
      this.show('problem', '');
      this.root.querySelectorAll('[data-citing-wrong]').forEach((wrong) => wrong.remove());
      this.root.querySelectorAll('[aria-invalid]').forEach((field) => field.removeAttribute('aria-invalid'));
      try {
        const { status, answer } = await citing.post(this.root.dataset.composeUrl, { items: this.items() });
        if (status === 200) this.modal.respond('chosen', answer);
        else this.showErrors(answer);
      } catch (error) {
        this.show('problem', this.words.lost);
      }
    }

    showErrors({ message, errors }) {
      this.show('problem', message);
      Object.entries(errors).forEach(([place, fields]) => {
        const row = this.rows()[Number(place)];
        Object.entries(fields).forEach(([name, text], number) => {
          const field = row.querySelector(`[name="${name}"]`);
          const told = document.createElement('p');
          told.dataset.citingWrong = '';
          told.className = 'citing__wrong';
          told.id = `citing-wrong-${place}-${number}`;
          told.textContent = text;
          (field ? field.closest('div') : row).append(told);
          if (field) {
            field.setAttribute('aria-invalid', 'true');
            field.setAttribute('aria-describedby', told.id);
          }
        });
      });
      const first = this.list.querySelector('[aria-invalid]');
      if (first) first.focus();
    }

    // ---- A new reference ----

    async openForm() {
      try {
        const response = await fetch(this.root.dataset.newUrl);
        if (!response.ok || response.redirected) throw new Error(`new: ${response.status}`);
        this.showForm(await response.text());
      } catch (error) {
        this.find('new-problem').hidden = false;
        const tab = this.root.querySelector('#tab-label-citing-new');
        tab.addEventListener('click', () => this.openForm(), { once: true });
      }
    }

    showForm(html) {
      this.find('new-problem').hidden = true;
      // jQuery runs the scripts of Wagtail's own widgets, as in every dialog of the admin.
      jQuery(this.find('new')).html(html);
      const form = this.find('new-form');
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        event.stopPropagation();
        this.save(form, event.submitter);
      });
      const errors = this.find('new-errors');
      if (errors) errors.focus();
    }

    async save(form, button) {
      const data = new FormData(form);
      if (button && button.name) data.append(button.name, button.value);
      if (button) button.disabled = true;
      try {
        const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(data) });
        if (response.status === 201) this.saved((await response.json()).work);
        else if (response.status === 422) this.showForm(await response.text());
        else throw new Error(`new: ${response.status}`);
      } catch (error) {
        this.find('new-problem').hidden = false;
      } finally {
        if (button) button.disabled = false;
      }
    }

    saved(work) {
      this.add(work);
      this.say(fill(this.words.saved, { title: work.title }));
      this.root.querySelector('#tab-label-citing-choose').click();
      this.search();
      this.openForm();
      this.rows().at(-1).querySelector('[name="locator"]').focus();
    }
  }

  citing.openDialog = (modal, options) => new Dialog(modal, options);
})();
