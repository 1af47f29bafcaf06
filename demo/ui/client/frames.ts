/** Forms in frames are as high as their content. Late content takes the place of its skeleton. */
export function frames(): void {
  if (document.body.hasAttribute('data-framed') && window.frameElement) {
    const frame = window.frameElement as HTMLElement;
    const title = document.title.split(' · ')[0];
    if (title) frame.title = title;
    new ResizeObserver(() => {
      frame.style.height = `${Math.max(80, document.body.scrollHeight + 8)}px`;
    }).observe(document.body);
  }
  const late = document.querySelector('[data-late]');
  if (late) {
    const url = new URL(location.href);
    url.searchParams.set('part', 'main');
    setTimeout(async () => {
      const response = await fetch(url, { headers: { accept: 'text/html' } });
      if (response.redirected) return location.assign(response.url);
      const holder = document.createElement('div');
      holder.innerHTML = await response.text();
      late.replaceWith(...holder.childNodes);
      document.dispatchEvent(new Event('arrived'));
    }, 500);
  }
}
