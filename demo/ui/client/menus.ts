/** Menus, tabs and the navigation behind its button. */
export function menus(): void {
  const closeAll = (but?: Element): void => {
    document.querySelectorAll('[data-menu]').forEach((menu) => {
      if (menu === but) return;
      menu.querySelector('[data-menu-items]')?.setAttribute('hidden', '');
      menu.querySelector('[data-menu-button]')?.setAttribute('aria-expanded', 'false');
    });
  };
  document.addEventListener('click', (event) => {
    const target = event.target as Element;
    const button = target.closest('[data-menu-button]');
    const menu = button?.closest('[data-menu]');
    closeAll(menu ?? undefined);
    if (button && menu) {
      const items = menu.querySelector<HTMLElement>('[data-menu-items]');
      const opening = items?.hasAttribute('hidden') ?? false;
      items?.toggleAttribute('hidden', !opening);
      button.setAttribute('aria-expanded', String(opening));
      if (opening) items?.querySelector<HTMLElement>('a, button')?.focus();
    }

    const tab = target.closest('[role=tab]');
    if (tab) {
      tab
        .closest('[data-tabs]')
        ?.querySelectorAll('[role=tab]')
        .forEach((each) => {
          each.setAttribute('aria-selected', String(each === tab));
          each.setAttribute('tabindex', each === tab ? '0' : '-1');
          const panel = document.getElementById(each.getAttribute('aria-controls') ?? '');
          if (panel) panel.hidden = each !== tab;
        });
    }

    const burger = target.closest('[data-burger]');
    const nav = document.querySelector('[data-nav]');
    if (burger) nav?.toggleAttribute('data-open');
    else if (!target.closest('[data-nav]')) nav?.removeAttribute('data-open');
    document.querySelector('[data-burger]')?.setAttribute('aria-expanded', String(nav?.hasAttribute('data-open') ?? false));
  });
  document.addEventListener('keydown', (event) => {
    const focused = document.activeElement;
    if (event.key === 'Escape') {
      closeAll();
      document.querySelector('[data-nav]')?.removeAttribute('data-open');
    }
    const step =
      event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : event.key === 'ArrowUp' || event.key === 'ArrowLeft' ? -1 : 0;
    if (!step || !focused) return;
    const group = focused.closest('[data-menu-items], [role=tablist]');
    const items = [...(group?.querySelectorAll<HTMLElement>('[role=menuitem], [role=tab]') ?? [])];
    if (items.length === 0) return;
    event.preventDefault();
    items[(items.indexOf(focused as HTMLElement) + step + items.length) % items.length]?.focus();
  });
}
