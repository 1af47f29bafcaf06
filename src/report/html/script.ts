/** The pages' only script: search and filters, keys, copy buttons. Everything is readable without it. */
export const SCRIPT = `'use strict';
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const typing = () => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '');

for (const button of all('button.copy')) {
  const text = () => button.parentElement.querySelector('pre').textContent.trimEnd();
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(button.parentElement.querySelector('pre'));
      button.textContent = 'Selected';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 1600);
  });
}

const journeys = all('.journey');
const filters = document.querySelector('.filters');
if (filters && journeys.length > 1) {
  filters.hidden = false;
  const search = filters.querySelector('input[type=search]');
  const boxes = all('input[name=status]', filters);
  const found = document.querySelector('.found');
  const texts = new Map();
  const apply = () => {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const journey of journeys) {
      if (!texts.has(journey)) texts.set(journey, journey.textContent.toLowerCase());
      const text = texts.get(journey);
      const hit = wanted.has(journey.dataset.status) && words.every((word) => text.includes(word));
      journey.hidden = !hit;
      if (hit) shown++;
    }
    found.hidden = shown === journeys.length;
    found.textContent = shown + ' of ' + journeys.length + ' journeys';
  };
  filters.addEventListener('input', apply);
  addEventListener('keydown', (event) => {
    if (event.key === '/' && !typing() && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      search.focus();
    }
    if (event.key === 'Escape' && document.activeElement === search) {
      search.value = '';
      apply();
      search.blur();
    }
  });
  apply();
}

addEventListener('keydown', (event) => {
  if (typing() || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.key === 'u') document.querySelector('.wordmark[href^="../"]')?.click();
  const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
  if (step === 0) return;
  const neighbour = document.querySelector(step === 1 ? 'a[rel=next]' : 'a[rel=prev]');
  if (document.body.classList.contains('intent')) return neighbour?.click();
  const links = all('.journey:not([hidden]) a');
  const at = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
});

addEventListener('beforeprint', () => all('details:not(.readings)').forEach((one) => { one.open = true; }));
`;
