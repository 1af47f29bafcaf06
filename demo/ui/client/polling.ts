/** Regions that ask for their own state until it is final. */
export function polling(): void {
  const watch = (region: HTMLElement): void => {
    if (region.dataset['watched']) return;
    region.dataset['watched'] = 'yes';
    const ask = async (): Promise<void> => {
      if (!region.isConnected) return;
      try {
        const response = await fetch(region.dataset['poll'] ?? '', { headers: { accept: 'text/html' } });
        const holder = document.createElement('div');
        holder.innerHTML = response.ok ? await response.text() : '';
        const next = holder.firstElementChild as HTMLElement | null;
        if (next?.dataset['then']) return location.assign(next.dataset['then']);
        if (next && next.dataset['state'] !== region.dataset['state']) {
          region.replaceWith(next);
          document.dispatchEvent(new Event('arrived'));
          return;
        }
      } catch {
        // The next question may be answered.
      }
      setTimeout(() => void ask(), 300);
    };
    void ask();
  };
  const all = (): void => document.querySelectorAll<HTMLElement>('[data-poll]').forEach(watch);
  document.addEventListener('arrived', all);
  all();
}
