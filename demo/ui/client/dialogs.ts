/** Buttons that open the form at their address in a dialog. */
export function dialogs(): void {
  const open = async (address: string): Promise<void> => {
    const url = new URL(address, location.href);
    url.searchParams.set('part', 'dialog');
    const response = await fetch(url, { headers: { accept: 'text/html' }, redirect: 'manual' });
    if (!response.ok) {
      location.assign(address);
      return;
    }
    const dialog = document.createElement('dialog');
    dialog.setAttribute('data-sheet', '');
    dialog.innerHTML = await response.text();
    const title = dialog.querySelector('h2')?.id;
    if (title) dialog.setAttribute('aria-labelledby', title);
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')?.focus();
  };
  document.addEventListener('click', (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>('[data-dialog]');
    if (opener && !(opener as HTMLButtonElement).disabled) {
      event.preventDefault();
      void open(opener.dataset['dialog'] ?? '');
    }
    const closer = target.closest('[data-close]');
    const dialog = closer?.closest('dialog');
    if (dialog) {
      event.preventDefault();
      dialog.close();
    } else if (closer && window.top !== window && window.frameElement?.closest('dialog')) {
      event.preventDefault();
      (window.frameElement.closest('dialog') as HTMLDialogElement).close();
    }
  });
}
