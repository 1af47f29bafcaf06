// What is done to a page, inside it. Each works on any control; none knows an application. `target` is what the lockfile points at.

/** Runs in the page: takes the element, changes the page, and gives the element that is now the same control; null when it was removed. */
export type Mutator = (target: Element, seed: number) => Element | null;

export const removals: Record<string, Mutator> = {
  'the control alone': (target) => {
    const label = target.closest('label') ?? (target.id ? document.querySelector(`label[for="${CSS.escape(target.id)}"]`) : null);
    target.remove();
    label?.remove();
    return null;
  },
  'with what only wrapped it': (target) => {
    const label = target.id ? document.querySelector(`label[for="${CSS.escape(target.id)}"]`) : null;
    let gone: Element = target;
    while (
      gone.parentElement &&
      gone.parentElement !== document.body &&
      gone.parentElement.querySelectorAll('a, button, input, select, textarea, [role], [tabindex]').length <= 1 &&
      !/^(?:main|form|body|tr|tbody|dialog)$/.test(gone.parentElement.localName)
    )
      gone = gone.parentElement;
    gone.remove();
    label?.remove();
    return null;
  },
  'while everything else was given other attributes': (target) => {
    const label = target.closest('label') ?? (target.id ? document.querySelector(`label[for="${CSS.escape(target.id)}"]`) : null);
    target.remove();
    label?.remove();
    for (const element of document.body.querySelectorAll('*'))
      for (const name of ['class', 'data-testid', 'data-key', 'title']) element.removeAttribute(name);
    return null;
  },
  'while the page was put into another frame of boxes': (target) => {
    const label = target.closest('label') ?? (target.id ? document.querySelector(`label[for="${CSS.escape(target.id)}"]`) : null);
    target.remove();
    label?.remove();
    const box = document.createElement('div');
    box.style.padding = '40px 0 0 60px';
    box.append(...document.body.childNodes);
    document.body.append(box);
    return null;
  },
};

export const changes: Record<string, Mutator> = {
  'label: a word more': (target) =>
    relabel(target, (text) => `${text} ${/^(?:input|select|textarea)$/.test(target.localName) ? '(new)' : 'now'}`),
  'label: a word that means the same': (target) => {
    const same: [RegExp, string][] = [
      [/\bsave\b/i, 'Apply'],
      [/\bdelete\b/i, 'Remove'],
      [/\bremove\b/i, 'Delete'],
      [/\badd\b/i, 'Create'],
      [/\bnew\b/i, 'Create'],
      [/\bcreate\b/i, 'Add'],
      [/\bedit\b/i, 'Change'],
      [/\bchange\b/i, 'Edit'],
      [/\bsend\b/i, 'Submit'],
      [/\bsign in\b/i, 'Log in'],
      [/\bsign out\b/i, 'Log out'],
      [/\blog in\b/i, 'Sign in'],
      [/\bsearch\b/i, 'Find'],
      [/\bsettings?\b/i, 'Preferences'],
      [/\bpreferences\b/i, 'Settings'],
      [/\bmembers?\b/i, 'People'],
      [/\bpeople\b/i, 'Members'],
      [/\be-?mail\b/i, 'E-mail address'],
      [/\bname\b/i, 'Title'],
      [/\bphone\b/i, 'Telephone'],
      [/\bcancel\b/i, 'Stop'],
      [/\bnext\b/i, 'Continue'],
      [/\bcontinue\b/i, 'Next'],
      [/\binvite\b/i, 'Add member'],
      [/\bcustomers?\b/i, 'Clients'],
      [/\binvoices?\b/i, 'Bills'],
      [/\bproject\b/i, 'Board'],
      [/\bpassword\b/i, 'Passphrase'],
      [/\bview\b/i, 'Show'],
      [/\bhistory\b/i, 'Past versions'],
      [/\bhelp\b/i, 'Support'],
      [/\bbasket\b/i, 'Cart'],
      [/\bapprove\b/i, 'Accept'],
      [/\bdecline\b/i, 'Reject'],
      [/\bbilling\b/i, 'Plan and billing'],
      [/\bquantity\b/i, 'Amount'],
      [/\bstatus\b/i, 'State'],
      [/\breason\b/i, 'Why'],
      [/\bdescription\b/i, 'Details'],
    ];
    const found = same.find(([word]) => word.test(nameOf(target)));
    return found ? relabel(target, (text) => text.replace(found[0], found[1])) : relabel(target, (text) => `${text}…`);
  },
  'label: an icon before it': (target) => relabel(target, (text) => `★ ${text}`),
  'position: last of its siblings': (target) => {
    const unit = unitOf(target);
    unit.parentElement!.append(unit);
    return target;
  },
  'position: elsewhere on the page': (target) => {
    const unit = unitOf(target);
    (document.querySelector('main') ?? document.body).append(unit);
    return target;
  },
  'tag: another element in the same role': (target) => {
    const tag =
      target.localName === 'button'
        ? 'div'
        : target.localName === 'a'
          ? 'button'
          : target.localName === 'div' || target.localName === 'span'
            ? 'button'
            : undefined;
    if (tag === undefined || target.closest('label')) return relabel(target, (text) => text.toUpperCase());
    const role = target.getAttribute('role') ?? (target.localName === 'button' ? 'button' : target.localName === 'a' ? 'link' : null);
    const made = document.createElement(tag);
    for (const { name, value } of [...target.attributes]) if (!/^(?:type|href)$/.test(name)) made.setAttribute(name, value);
    if (role) made.setAttribute('role', role);
    made.setAttribute('tabindex', '0');
    if (tag === 'button') made.setAttribute('type', 'button');
    made.append(...target.childNodes);
    target.replaceWith(made);
    return made;
  },
  'attributes: other ids, classes and names': (target, seed) => {
    if (target.id) {
      for (const label of document.querySelectorAll(`label[for="${CSS.escape(target.id)}"]`)) label.setAttribute('for', `x${seed}`);
      target.id = `x${seed}`;
    }
    for (const name of ['class', 'data-testid', 'data-key', 'data-do', 'title', 'name', 'autocomplete'])
      if (target.hasAttribute(name) && !(name === 'title' && nameOf(target) === target.getAttribute('title')))
        name === 'name' ? target.setAttribute(name, `f${seed}`) : target.removeAttribute(name);
    return target;
  },
  'container: in a section of its own': (target) => {
    const unit = unitOf(target);
    const section = document.createElement('section');
    section.setAttribute('aria-label', 'Actions');
    const head = document.createElement('h3');
    head.textContent = 'Actions';
    unit.replaceWith(section);
    section.append(head, unit);
    return target;
  },
  'label and attributes': (target, seed) => {
    const renamed = changes['attributes: other ids, classes and names']!(target, seed)!;
    return relabel(renamed, (text) => `${text} now`);
  },
  'label and position': (target) => {
    const unit = unitOf(target);
    unit.parentElement!.append(unit);
    return relabel(target, (text) => `${text} now`);
  },
};

/** The element with its label, as far as they can be moved together. */
function unitOf(target: Element): Element {
  const label = target.closest('label');
  if (label) return label;
  const field = target.closest('p, .field, .form-row, li');
  return field && field.querySelectorAll('a, button, input, select, textarea').length === 1 && field.localName !== 'li' ? field : target;
}

function nameOf(target: Element): string {
  return target.getAttribute('aria-label') ?? labelsOf(target)[0]?.textContent ?? target.textContent ?? '';
}

const labelsOf = (target: Element): Element[] => [...((target as HTMLInputElement).labels ?? [])];

/** Says its name otherwise, wherever the name comes from. */
function relabel(target: Element, change: (text: string) => string): Element {
  let done = false;
  for (const name of ['aria-label', 'placeholder']) {
    const text = target.getAttribute(name);
    if (text) {
      target.setAttribute(name, change(text));
      done = name === 'aria-label' || labelsOf(target).length === 0;
    }
  }
  if (done) return target;
  const holder = labelsOf(target)[0] ?? target;
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (/[\p{L}\p{N}]/u.test(node.data) && !node.parentElement!.closest('option, textarea')) {
      node.data = node.data.replace(/\S(?:.*\S)?/s, change);
      return target;
    }
  }
  const title = target.getAttribute('title') ?? target.getAttribute('alt') ?? target.querySelector('[alt]')?.getAttribute('alt');
  if (title && target.hasAttribute('title')) target.setAttribute('title', change(title));
  return target;
}

/** All of it as text, to be run in a page. */
export const mutatorScript = (): string => `(() => {
  const unitOf = ${unitOf}; const labelsOf = ${labelsOf}; const nameOf = ${nameOf}; const relabel = ${relabel};
  const changes = { ${Object.entries(changes)
    .map(([name, run]) => `${JSON.stringify(name)}: ${run}`)
    .join(',\n')} };
  const removals = { ${Object.entries(removals)
    .map(([name, run]) => `${JSON.stringify(name)}: ${run}`)
    .join(',\n')} };
  globalThis.mutate = (element, name, seed) => (changes[name] ?? removals[name])(element, seed);
})()`;
