/**
 * Sends an edit form once. Wagtail saves it half a second after the last key, also while it is being sent: who typed
 * and pressed Publish at once made two things of a new one. Here the button waits for the saving that has begun, and
 * no other begins.
 */
(() => {
  const saving = new WeakSet();
  const pressed = new WeakMap();
  const leaving = new WeakSet();
  const isEditForm = (thing) => thing instanceof HTMLFormElement && thing.matches('[data-edit-form]');

  /** Say which button was pressed, for whoever sends the form later: meanwhile the button shows that it is at work. */
  const send = (form) => {
    const button = pressed.get(form);
    pressed.delete(form);
    if (button?.name) {
      const said = Object.assign(document.createElement('input'), {
        type: 'hidden',
        name: button.name,
        value: button.value,
      });
      form.append(said);
    }
    form.requestSubmit();
  };

  document.addEventListener('w-autosave:save', (event) => {
    if (!isEditForm(event.target)) return;
    if (leaving.has(event.target)) event.preventDefault();
    else saving.add(event.target);
  });

  for (const outcome of ['w-autosave:success', 'w-autosave:error']) {
    document.addEventListener(outcome, ({target}) => {
      if (!isEditForm(target)) return;
      saving.delete(target);
      if (pressed.has(target)) send(target);
    });
  }

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !isEditForm(form)) return;
    if (saving.has(form)) {
      event.preventDefault();
      pressed.set(form, event.submitter);
    } else {
      leaving.add(form);
    }
  });

  // Brought back from the browser's memory, a form may be saved again.
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('[data-edit-form]')) leaving.delete(form);
  });
})();
