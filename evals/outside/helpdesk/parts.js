// Building blocks of the page: elements, custom dropdowns, dialogs, toasts, calls of the API.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== ''));
  return node;
}

export async function call(method, path, body) {
  const response = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

export function toast(text) {
  const node = el('div', { class: 'toast', role: 'status' }, text);
  document.querySelector('#toasts').append(node);
  setTimeout(() => node.remove(), 4000);
}

export const icon = (title, glyph, onclick, named = 'title') =>
  el('button', { class: 'icon', type: 'button', [named]: title, onclick }, el('span', { 'aria-hidden': 'true' }, glyph));

/** A dropdown of divs: its face says the choice, its list opens below. */
export function dropdown(name, choices, chosen, onPick) {
  const label = (value) => choices.find((choice) => choice.value === value)?.label ?? 'None';
  const face = el(
    'div',
    { class: 'face', role: 'button', tabindex: '0', 'aria-haspopup': 'listbox', 'aria-label': `${name}: ${label(chosen)}` },
    label(chosen),
    ' ▾',
  );
  const box = el('div', { class: 'select' }, face);
  face.addEventListener('click', () => {
    const open = box.querySelector('[role=listbox]');
    if (open) return open.remove();
    const list = el('div', { role: 'listbox', 'aria-label': name });
    for (const choice of choices) {
      const option = el('div', { role: 'option', 'aria-selected': String(choice.value === chosen) }, choice.label);
      option.addEventListener('click', () => {
        chosen = choice.value;
        face.firstChild.textContent = choice.label;
        face.setAttribute('aria-label', `${name}: ${choice.label}`);
        list.remove();
        onPick(choice.value);
      });
      list.append(option);
    }
    box.append(list);
  });
  const shut = (event) =>
    (event.key === 'Escape' || (event.type === 'click' && !box.contains(event.target))) && box.querySelector('[role=listbox]')?.remove();
  document.addEventListener('click', shut);
  document.addEventListener('keydown', shut);
  return box;
}

export function dialog(title, content, buttons, role = 'dialog') {
  const close = () => veil.remove();
  const problem = el('p', { role: 'alert' });
  const veil = el(
    'div',
    { class: 'veil' },
    el(
      'div',
      { class: 'modal', role, 'aria-modal': 'true', 'aria-label': title },
      el('h2', {}, title),
      content,
      problem,
      el(
        'div',
        { class: 'row' },
        buttons.map(([text, kind, act]) =>
          el('button', { class: kind, type: 'button', onclick: () => (act ? act(close, problem) : close()) }, text),
        ),
      ),
    ),
  );
  document.querySelector('#layer').append(veil);
  return close;
}
