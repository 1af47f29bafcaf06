/** Long lists: in pages, or with only the rows that are in view. */
export function lists(): void {
  const page = (list: HTMLElement, to: number): void => {
    const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
    const size = Number(list.dataset['pages']);
    const last = Math.max(0, Math.ceil(rows.length / size) - 1);
    const at = Math.min(Math.max(to, 0), last);
    list.dataset['at'] = String(at);
    rows.forEach((row, index) => {
      row.hidden = Math.floor(index / size) !== at;
    });
    const of = list.querySelector('[data-page-of]');
    if (of) of.textContent = `Page ${at + 1} of ${last + 1}`;
    list.querySelector('[data-page-back]')?.toggleAttribute('disabled', at === 0);
    list.querySelector('[data-page-on]')?.toggleAttribute('disabled', at === last);
  };

  const virtual = (box: HTMLElement): void => {
    const body = box.querySelector<HTMLElement>('[data-rows]');
    const template = body?.querySelector('template');
    if (!body || !template || box.dataset['ready']) return;
    box.dataset['ready'] = 'yes';
    const rows = [...template.content.children] as HTMLElement[];
    const view = Number(box.dataset['virtual']);
    const height = body.tagName === 'TBODY' ? 64 : 150;
    box.style.height = `${height * view + 44}px`;
    const spacer = (): HTMLElement => document.createElement(body.tagName === 'TBODY' ? 'tr' : 'li');
    const above = spacer();
    const below = spacer();
    for (const each of [above, below]) each.setAttribute('aria-hidden', 'true');
    body.replaceChildren(above, below);
    let first = -1;
    const draw = (): void => {
      const from = Math.max(0, Math.min(rows.length - view - 1, Math.floor(box.scrollTop / height)));
      if (from === first) return;
      first = from;
      const shown = rows.slice(from, from + view + 1);
      above.style.height = `${from * height}px`;
      below.style.height = `${Math.max(0, rows.length - from - shown.length) * height}px`;
      body.replaceChildren(above, ...shown, below);
    };
    box.addEventListener('scroll', draw, { passive: true });
    draw();
  };

  const all = (): void => {
    document.querySelectorAll<HTMLElement>('[data-pages]').forEach((list) => page(list, Number(list.dataset['at'] ?? 0)));
    document.querySelectorAll<HTMLElement>('[data-virtual]').forEach(virtual);
  };
  document.addEventListener('click', (event) => {
    const target = event.target as Element;
    const list = target.closest<HTMLElement>('[data-pages]');
    const step = target.closest('[data-page-on]') ? 1 : target.closest('[data-page-back]') ? -1 : 0;
    if (list && step) page(list, Number(list.dataset['at'] ?? 0) + step);
  });
  document.addEventListener('arrived', all);
  all();
}
