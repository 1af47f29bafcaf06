import { call, dialog, dropdown, el, icon, toast } from '/parts.js';

const view = document.querySelector('#view');
const PRIORITIES = ['low', 'normal', 'high', 'urgent'].map((value) => ({ value, label: value[0].toUpperCase() + value.slice(1) }));
const STATUSES = ['open', 'pending', 'solved'].map((value) => ({ value, label: value[0].toUpperCase() + value.slice(1) }));
const filter = { status: 'open', q: '', priority: '', page: 1 };

async function inbox() {
  const { total, tickets } = await call('GET', `/api/tickets?${new URLSearchParams(filter)}`);
  const again = (change) => (Object.assign(filter, { page: 1 }, change), show());
  const pages = Math.max(1, Math.ceil(total / 6));
  view.replaceChildren(
    el('div', { class: 'bar spread' }, el('h1', {}, 'Inbox'), icon('New ticket', '+', newTicket)),
    el(
      'div',
      { role: 'tablist' },
      STATUSES.map(({ value, label }) =>
        el('button', { role: 'tab', 'aria-selected': String(filter.status === value), onclick: () => again({ status: value }) }, label),
      ),
    ),
    el(
      'div',
      { class: 'bar' },
      el('input', {
        type: 'search',
        placeholder: 'Search tickets…',
        value: filter.q,
        onchange: (event) => again({ q: event.target.value }),
      }),
      dropdown('Priority', [{ value: '', label: 'Any priority' }, ...PRIORITIES], filter.priority, (priority) => again({ priority })),
    ),
    ...tickets.map((ticket) =>
      el(
        'article',
        { class: 'card' },
        el('a', { href: `/tickets/${ticket.id}` }, ticket.subject),
        el(
          'div',
          {},
          `#${ticket.number} · ${ticket.customer.name} · ${ticket.priority}${ticket.assignee ? ` · ${ticket.assignee.name}` : ''}`,
        ),
      ),
    ),
    tickets.length === 0 ? el('p', {}, 'Nothing here.') : '',
    el(
      'div',
      { class: 'pager' },
      filter.page > 1 ? icon('Previous page', '‹', () => again({ page: filter.page - 1 }), 'aria-label') : '',
      el('span', {}, `Page ${filter.page} of ${pages}`),
      filter.page < pages ? icon('Next page', '›', () => again({ page: filter.page + 1 }), 'aria-label') : '',
    ),
  );
}

async function newTicket() {
  const customers = await call('GET', '/api/customers');
  const draft = { priority: 'normal' };
  const subject = el('input', { placeholder: 'Subject' });
  dialog(
    'New ticket',
    el(
      'div',
      {},
      subject,
      el(
        'div',
        { class: 'row' },
        el('span', { class: 'key' }, 'Requester'),
        dropdown(
          'Requester',
          customers.map(({ id, name }) => ({ value: id, label: name })),
          undefined,
          (value) => (draft.customer = value),
        ),
      ),
      el(
        'div',
        { class: 'row' },
        el('span', { class: 'key' }, 'Priority'),
        dropdown('Priority', PRIORITIES, 'normal', (value) => (draft.priority = value)),
      ),
    ),
    [
      ['Cancel', 'quiet'],
      [
        'Create',
        'primary',
        (close, problem) =>
          call('POST', '/api/tickets', { ...draft, subject: subject.value }).then(
            (ticket) => (close(), toast(`Ticket #${ticket.number} created`), go(`/tickets/${ticket.id}`)),
            (error) => (problem.textContent = error.message),
          ),
      ],
    ],
  );
}

async function ticketPage(id) {
  const [ticket, agents] = await Promise.all([call('GET', `/api/tickets/${id}`), call('GET', '/api/agents')]);
  const patch = (change, said) => call('PATCH', `/api/tickets/${id}`, change).then(() => (toast(said), show()));
  view.replaceChildren(
    el('a', { href: '/inbox' }, '← Inbox'),
    subjectLine(ticket, patch),
    el(
      'div',
      { class: 'row' },
      el('span', { class: 'key' }, 'Status'),
      dropdown('Status', STATUSES, ticket.status, (status) => patch({ status }, 'Status changed')),
    ),
    el(
      'div',
      { class: 'row' },
      el('span', { class: 'key' }, 'Priority'),
      dropdown('Priority', PRIORITIES, ticket.priority, (priority) => patch({ priority }, 'Priority changed')),
    ),
    el(
      'div',
      { class: 'row' },
      el('span', { class: 'key' }, 'Assignee'),
      dropdown(
        'Assignee',
        [{ value: null, label: 'Nobody' }, ...agents.map((agent) => ({ value: agent.id, label: agent.name }))],
        ticket.assignee?.id ?? null,
        (assignee) => patch({ assignee }, 'Assigned'),
      ),
    ),
    tagLine(ticket),
    el('h2', {}, 'Conversation'),
    ...ticket.messages.map((message) =>
      el(
        'div',
        { class: `card ${message.kind}` },
        el('b', {}, message.author),
        ` ${message.kind === 'note' ? '(internal)' : ''}`,
        el('p', {}, message.body),
      ),
    ),
    composer(id),
  );
}

function subjectLine(ticket, patch) {
  const line = el('div', { class: 'bar spread' });
  const read = () =>
    line.replaceChildren(el('h1', {}, ticket.subject), el('div', { class: 'row' }, icon('Edit subject', '✎', edit), more(ticket)));
  const edit = () => {
    const input = el('input', { value: ticket.subject, 'aria-label': 'Subject', size: 50 });
    line.replaceChildren(
      input,
      el(
        'div',
        { class: 'row' },
        icon('Save', '✓', () => patch({ subject: input.value }, 'Subject changed'), 'aria-label'),
        icon('Discard', '✕', read, 'aria-label'),
      ),
    );
    input.focus();
  };
  read();
  return line;
}

function more(ticket) {
  const box = el('div', { class: 'select' });
  box.append(
    icon(
      'More actions',
      '⋯',
      () => {
        if (box.querySelector('[role=menu]')) return box.querySelector('[role=menu]').remove();
        const item = (text, act) => el('div', { role: 'menuitem', tabindex: '-1', onclick: act }, text);
        box.append(
          el(
            'div',
            { role: 'menu' },
            item('Copy link', () => toast('Link copied')),
            item('Print', () => toast('Sent to the printer')),
            me.role === 'light' ? '' : item('Delete ticket', () => confirmDelete(ticket)),
          ),
        );
      },
      'aria-label',
    ),
  );
  return box;
}

function confirmDelete(ticket) {
  dialog(
    'Delete this ticket?',
    el('p', {}, `“${ticket.subject}” and its conversation are gone for good.`),
    [
      ['Keep it', 'quiet'],
      [
        'Yes, delete',
        'primary',
        (close) =>
          call('DELETE', `/api/tickets/${ticket.id}`).then(
            () => (close(), toast('Ticket deleted'), go('/inbox')),
            (error) => toast(error.message),
          ),
      ],
    ],
    'alertdialog',
  );
}

function tagLine(ticket) {
  const set = (method, tag, body) => call(method, `/api/tickets/${ticket.id}/tags${tag}`, body).then(show);
  return el(
    'div',
    { class: 'chips' },
    el('span', { class: 'key' }, 'Tags'),
    ticket.tags.map((tag) =>
      el(
        'span',
        { class: 'chip' },
        tag,
        el('button', { 'aria-label': `Remove ${tag}`, onclick: () => set('DELETE', `/${encodeURIComponent(tag)}`) }, '×'),
      ),
    ),
    el('input', {
      placeholder: 'Add a tag',
      onkeydown: (event) => event.key === 'Enter' && event.target.value && set('POST', '', { tag: event.target.value }),
    }),
  );
}

function composer(id) {
  let kind = 'reply';
  const text = el('textarea', { placeholder: 'Write to the customer…' });
  const tabs = [
    ['reply', 'Public reply'],
    ['note', 'Internal note'],
  ].map(([value, label]) =>
    el(
      'button',
      {
        role: 'tab',
        'aria-selected': String(value === kind),
        onclick: (event) => {
          kind = value;
          for (const tab of tabs) tab.setAttribute('aria-selected', String(tab === event.target));
          text.placeholder = kind === 'note' ? 'Only your team sees this…' : 'Write to the customer…';
          text.classList.toggle('note', kind === 'note');
        },
      },
      label,
    ),
  );
  const send = () =>
    call('POST', `/api/tickets/${id}/messages`, { kind, body: text.value }).then(
      () => (toast(kind === 'note' ? 'Note added' : 'Reply sent'), show()),
      (error) => toast(error.message),
    );
  return el('section', { 'aria-label': 'Composer' }, el('div', { role: 'tablist' }, tabs), text, icon('Send', '➤', send, 'aria-label'));
}

async function customersPage() {
  const customers = await call('GET', '/api/customers');
  const fields = [
    ['name', 'Full name'],
    ['email', 'Email'],
    ['company', 'Company (optional)'],
  ].map(([name, placeholder]) => el('input', { name, placeholder }));
  const add = () =>
    dialog('New customer', el('div', {}, fields), [
      ['Cancel', 'quiet'],
      [
        'Add',
        'primary',
        (close, problem) =>
          call('POST', '/api/customers', Object.fromEntries(fields.map((field) => [field.name, field.value]))).then(
            () => (close(), toast('Customer added'), show()),
            (error) => (problem.textContent = error.message),
          ),
      ],
    ]);
  view.replaceChildren(
    el('div', { class: 'bar spread' }, el('h1', {}, 'Customers'), icon('Add customer', '+', add, 'aria-label')),
    ...customers.map((customer) =>
      el('div', { class: 'card' }, el('b', {}, customer.name), el('div', {}, `${customer.email} · ${customer.company ?? ''}`)),
    ),
  );
}

function go(path) {
  history.pushState({}, '', path);
  return show();
}

async function show() {
  const ticket = /^\/tickets\/(\w+)/.exec(location.pathname);
  if (ticket) return ticketPage(ticket[1]);
  return location.pathname === '/customers' ? customersPage() : inbox();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="/"]');
  if (!link) return;
  event.preventDefault();
  go(link.getAttribute('href')).catch((error) => toast(error.message));
});
addEventListener('popstate', show);
const me = await call('GET', '/api/me').catch(() => undefined);
if (me === undefined) view.textContent = 'Please sign in.';
else await show();
