/** Forms that are sent in the background: mistakes beside their fields, then on to the next page. Confirmation, steps, autosave. */
export function forms(): void {
  type Answer = {
    ok?: boolean;
    location?: string;
    toast?: string;
    message?: string;
    fields?: Record<string, string>;
    version?: string;
    html?: string;
  };
  const top = window.top ?? window;

  const leave = (to: string): void => {
    const target = new URL(to, location.href);
    const here = new URL(top.location.href);
    if (target.pathname === here.pathname && target.search === here.search) top.location.reload();
    else top.location.assign(target.href);
  };

  // A field may be inside a web component: look into its shadow root, too.
  const fieldsOf = (form: HTMLFormElement): HTMLElement[] => [
    ...form.querySelectorAll<HTMLElement>('[data-field]'),
    ...[...form.querySelectorAll('ts-field')].flatMap((host) => [
      ...(host.shadowRoot?.querySelectorAll<HTMLElement>('[data-field]') ?? []),
    ]),
  ];

  const tell = (form: HTMLFormElement, answer: Answer): void => {
    for (const field of fieldsOf(form)) {
      const line = field.querySelector<HTMLElement>('[data-mistake]');
      const input = field.querySelector('input:not([type=hidden]), select, textarea, [role=combobox]');
      const mistake = answer.fields?.[field.dataset['field'] ?? ''];
      if (line) {
        line.textContent = mistake ?? '';
        line.hidden = !mistake;
      }
      if (mistake) {
        input?.setAttribute('aria-invalid', 'true');
        if (line?.id) input?.setAttribute('aria-errormessage', line.id);
      } else input?.removeAttribute('aria-invalid');
    }
    const whole = form.querySelector<HTMLElement>('[data-form-mistake]');
    const known = fieldsOf(form).some((field) => answer.fields?.[field.dataset['field'] ?? '']);
    if (whole) {
      whole.textContent = known ? '' : (answer.message ?? '');
      whole.hidden = known || !answer.message;
    } else if (answer.message) document.dispatchEvent(new CustomEvent('say', { detail: { text: answer.message, tone: 'bad' } }));
    if (known)
      fieldsOf(form)
        .map((field) => field.querySelector<HTMLElement>('[aria-invalid=true]'))
        .find(Boolean)
        ?.focus();
  };

  const post = async (form: HTMLFormElement): Promise<Answer> => {
    const data = new FormData(form);
    const body =
      form.enctype === 'multipart/form-data' ? data : new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
    try {
      const response = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/json' } });
      return (await response.json()) as Answer;
    } catch {
      return { message: 'The connection was lost. Please try again.' };
    }
  };

  const send = async (form: HTMLFormElement): Promise<void> => {
    if (form.hasAttribute('aria-busy')) return;
    form.setAttribute('aria-busy', 'true');
    const answer = await post(form);
    form.removeAttribute('aria-busy');
    if (answer.location) leave(answer.location);
    else if (answer.html !== undefined) {
      tell(form, {});
      let place = form.nextElementSibling;
      if (!place?.hasAttribute('data-answer')) {
        place = document.createElement('div');
        place.setAttribute('data-answer', '');
        form.after(place);
      }
      place.innerHTML = answer.html;
    } else if (answer.ok) document.dispatchEvent(new CustomEvent('say', { detail: { text: answer.toast ?? 'Done', tone: 'good' } }));
    else tell(form, answer);
  };

  const confirmed = new WeakSet<HTMLFormElement>();
  const ask = (form: HTMLFormElement, what: string): void => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', 'Please confirm');
    dialog.setAttribute('data-sheet', '');
    const title = document.createElement('h2');
    title.textContent = 'Please confirm';
    const line = document.createElement('p');
    line.textContent = `Do you want to go on with “${what}”?`;
    const row = document.createElement('p');
    for (const label of ['Confirm', 'Go back']) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = label;
      button.addEventListener('click', () => {
        dialog.close();
        dialog.remove();
        if (label !== 'Confirm') return;
        confirmed.add(form);
        form.requestSubmit();
      });
      row.append(button);
    }
    dialog.append(title, line, row);
    document.body.append(dialog);
    dialog.showModal();
  };

  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.dataset['asks'] && !confirmed.has(form)) {
      event.preventDefault();
      ask(form, form.dataset['asks']);
      return;
    }
    confirmed.delete(form);
    if (!form.hasAttribute('data-enhanced')) return;
    event.preventDefault();
    void send(form);
  });

  /** Tells what is still to be filled in on this step. */
  const complete = (form: HTMLFormElement, step: Element): boolean => {
    const roots: (Element | ShadowRoot)[] = [step, ...[...step.querySelectorAll('ts-field')].flatMap((host) => host.shadowRoot ?? [])];
    const missing = roots
      .flatMap((root) => [...root.querySelectorAll<HTMLInputElement>('input, select, textarea')])
      .filter((input) => !input.checkValidity());
    tell(form, { fields: Object.fromEntries(missing.map((input) => [input.name, 'Please fill this in.'])) });
    return missing.length === 0;
  };
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('[data-step-on], [data-step-back]');
    const form = button?.closest('form');
    if (!button || !form) return;
    const on = button.hasAttribute('data-step-on');
    const step = button.closest('[data-step]');
    if (on && step && !complete(form, step)) return;
    form.querySelectorAll<HTMLElement>('[data-step]').forEach((step) => {
      step.hidden = (step.dataset['step'] === '2') !== on;
    });
    form.querySelector<HTMLElement>(`[data-step="${on ? 2 : 1}"] :is(input, select, textarea, button)`)?.focus();
  });

  const autosave = async (form: HTMLFormElement): Promise<void> => {
    const status = form.querySelector('[data-saved]');
    if (status) status.textContent = 'Saving…';
    const answer = await post(form);
    if (answer.ok) {
      if (status) status.textContent = 'All changes are saved.';
      tell(form, {});
      const version = form.querySelector<HTMLInputElement>('input[name=version]');
      if (version && answer.version) version.value = answer.version;
    } else if (answer.location) leave(answer.location);
    else {
      if (status) status.textContent = 'Not saved.';
      tell(form, answer);
    }
  };
  const queues = new WeakMap<HTMLFormElement, Promise<void>>();
  const saveSoon = (form: HTMLFormElement): void => {
    queues.set(
      form,
      (queues.get(form) ?? Promise.resolve()).then(() => autosave(form)),
    );
  };
  document.addEventListener('change', (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>('form[data-autosave]');
    if (form) saveSoon(form);
  });
  // What was typed before the session ended has never been saved.
  const restored = (): void =>
    document.querySelectorAll<HTMLFormElement>('form[data-unsaved]').forEach((form) => {
      form.removeAttribute('data-unsaved');
      saveSoon(form);
    });
  document.addEventListener('arrived', restored);
  restored();
}
