/** A consent script of a third party that never gets its list of vendors, and so never goes away. */
export const consentScript = `(() => {
  const layer = document.createElement('div');
  layer.setAttribute('style', 'position: fixed; inset: 0; z-index: 2147483647; display: grid; place-items: end center; background: rgb(255 255 255 / 8%)');
  layer.innerHTML = '<div style="margin: 20px; padding: 18px 22px; max-width: 560px; background: #fff; border: 1px solid #cbd4da; border-radius: 10px; font: 14px sans-serif">We and our 482 partners value your privacy. Loading your choices…</div>';
  document.body.append(layer);
  addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); event.stopImmediatePropagation(); } }, true);
})();`;
