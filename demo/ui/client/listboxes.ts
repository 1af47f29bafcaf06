/** Listboxes that are not native: by mouse and by keyboard, also inside a shadow root. */
export function listboxes(): void {
  const parts = (box: Element) => ({
    button: box.querySelector<HTMLElement>('[role=combobox]'),
    list: box.querySelector<HTMLElement>('[role=listbox]'),
    value: box.querySelector<HTMLInputElement>('input[type=hidden]'),
    options: [...box.querySelectorAll<HTMLElement>('[role=option]')],
  });
  const show = (box: Element, open: boolean): void => {
    const { button, list, options } = parts(box);
    list?.toggleAttribute('hidden', !open);
    button?.setAttribute('aria-expanded', String(open));
    options.forEach((option) => option.toggleAttribute('data-active', open && option.getAttribute('aria-selected') === 'true'));
    if (!open) button?.removeAttribute('aria-activedescendant');
  };
  const choose = (box: Element, option: HTMLElement): void => {
    const { button, value, options } = parts(box);
    options.forEach((each) => each.setAttribute('aria-selected', String(each === option)));
    const shown = button?.querySelector('[data-shown]');
    if (shown) shown.textContent = option.firstChild?.textContent ?? option.textContent;
    show(box, false);
    if (value) {
      value.value = option.dataset['value'] ?? '';
      value.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
    }
    button?.focus();
  };
  const within = (event: Event): Element[] => event.composedPath().filter((node): node is Element => node instanceof Element);
  document.addEventListener('click', (event) => {
    const path = within(event);
    const box = path.find((node) => node.hasAttribute('data-listbox'));
    const option = path.find((node) => node.getAttribute('role') === 'option');
    for (const other of document.querySelectorAll('[data-listbox]')) if (other !== box) show(other, false);
    if (!box) return;
    if (option) choose(box, option as HTMLElement);
    else if (path.some((node) => node.getAttribute('role') === 'combobox')) show(box, parts(box).list?.hasAttribute('hidden') ?? false);
  });
  document.addEventListener('keydown', (event) => {
    const box = within(event).find((node) => node.hasAttribute('data-listbox'));
    if (!box) return;
    const { button, list, options } = parts(box);
    const open = !list?.hasAttribute('hidden');
    const active = options.findIndex((option) => option.hasAttribute('data-active'));
    if (event.key === 'Escape' && open) {
      event.preventDefault();
      show(box, false);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return show(box, true);
      const next = options[(active + (event.key === 'ArrowDown' ? 1 : -1) + options.length) % options.length];
      options.forEach((option) => option.toggleAttribute('data-active', option === next));
      if (next) button?.setAttribute('aria-activedescendant', next.id);
    } else if ((event.key === 'Enter' || event.key === ' ') && open && options[active]) {
      event.preventDefault();
      choose(box, options[active]);
    }
  });
}
