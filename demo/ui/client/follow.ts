/** Following a project: shown at once, sent in the background, taken back when it did not work. A new project is followed by who made it. */
export function follow(): void {
  const send = (address: string, on: boolean): Promise<boolean> =>
    fetch(address, {
      method: 'POST',
      body: new URLSearchParams({ on: on ? 'yes' : 'no' }),
      headers: { accept: 'application/json' },
      keepalive: true,
    }).then(
      (response) => response.ok,
      () => false,
    );
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-follow]');
    if (!button) return;
    const on = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(on));
    void send(button.dataset['follow'] ?? '', on).then((done) => {
      if (!done) button.setAttribute('aria-pressed', String(!on));
    });
  });
  const fresh = (): void =>
    document.querySelectorAll<HTMLElement>('[data-follow-now]').forEach((card) => {
      const address = card.dataset['followNow'] ?? '';
      card.removeAttribute('data-follow-now');
      void send(address, true);
    });
  document.addEventListener('arrived', fresh);
  fresh();
}
