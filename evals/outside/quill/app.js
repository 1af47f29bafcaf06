// One page over one state: every change is sent, then everything is read again and drawn.
let state;
let tab = 'Sent';
let section = 'Details';
let panel = 'Company';
let filter = '';
let editing;
const chosen = new Set();
const main = document.querySelector('main');
const esc = (value) => String(value ?? '').replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const money = (value) => `£${Number(value).toFixed(2)}`;
const nice = (day) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const late = (invoice) => invoice.status === 'sent' && invoice.due < state.today;

async function call(method, path, body) {
  const answer = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error);
  return json;
}

async function change(method, path, body, said) {
  try {
    const made = await call(method, path, body);
    await load();
    say(said);
    return made;
  } catch (error) {
    say(error.message);
  }
}

function say(text) {
  const snack = document.querySelector('#snack');
  snack.textContent = text;
  setTimeout(() => {
    if (snack.textContent === text) snack.textContent = '';
  }, 3500);
}

async function load() {
  state = await call('GET', '/api/all');
  document.querySelector('#me').textContent = `${state.me.name} (${state.me.role})`;
  draw();
}

const tabs = (names, now, act) =>
  `<div role="tablist">${names.map((name) => `<button role="tab" aria-selected="${name === now}" data-do="${act}" data-key="${name}">${name}</button>`).join('')}</div>`;

function draw() {
  const [, page = 'invoices', key] = location.hash.split('/');
  for (const link of document.querySelectorAll('nav a')) link.toggleAttribute('aria-current', link.hash === `#/${page}`);
  main.innerHTML =
    page === 'invoices'
      ? key
        ? invoicePage(key)
        : invoices()
      : page === 'customers'
        ? key
          ? customerPage(key)
          : customers()
        : page === 'price-list'
          ? priceList()
          : settings();
}

function invoices() {
  const rows = state.invoices.filter(
    (item) => tab === 'All' || item.status === { Drafts: 'draft', Sent: 'sent', Paid: 'paid', Void: 'void' }[tab],
  );
  const some = [...chosen].filter((key) => rows.some((row) => row.id === key));
  return `<h1>Invoices</h1><button data-do="new-invoice">+ Invoice</button>${tabs(['Drafts', 'Sent', 'Paid', 'Void', 'All'], tab, 'tab')}
  ${some.length ? `<div class="bulk">${some.length} selected <button data-do="bulk-paid">Mark paid</button> <button data-do="bulk-none">Clear</button></div>` : ''}
  <table><thead><tr><th></th><th>No.</th><th>Customer</th><th>Issued</th><th>Due</th><th>Total</th><th></th></tr></thead><tbody>
  ${rows.map((row) => `<tr><td><input type="checkbox" aria-label="Select ${row.number}" data-do="pick" data-key="${row.id}" ${chosen.has(row.id) ? 'checked' : ''}></td><td><a href="#/invoices/${row.id}">${row.number}</a></td><td>${esc(row.customerName)}</td><td>${nice(row.issued)}</td><td>${nice(row.due)}${late(row) ? ' <em>overdue</em>' : ''}</td><td>${money(row.total)}</td><td><button data-do="row-menu" data-key="${row.id}" aria-haspopup="menu" aria-label="More for ${row.number}">⋮</button></td></tr>`).join('') || '<tr><td colspan="7">Nothing here.</td></tr>'}
  </tbody></table>`;
}

function invoicePage(key) {
  const invoice = state.invoices.find((item) => item.id === key);
  if (!invoice) return '<p>This invoice is gone. <a href="#/invoices">Back to the list</a></p>';
  const field = (name, label, kind = 'text') =>
    editing === `${invoice.id}/${name}`
      ? `<dt>${label}</dt><dd><input type="${kind}" aria-label="${label}" name="inline" value="${esc(invoice[name])}"> <button data-do="inline-ok" data-key="${invoice.id}" data-name="${name}" aria-label="OK">✓</button> <button data-do="inline-off" aria-label="Never mind">✗</button></dd>`
      : `<dt>${label}</dt><dd>${esc(kind === 'date' ? nice(invoice[name]) : invoice[name] || '–')} <button data-do="inline" data-key="${invoice.id}" data-name="${name}" aria-label="Edit ${label.toLowerCase()}">✎</button></dd>`;
  return `<p><a href="#/invoices">← Invoices</a></p><h1>Invoice ${invoice.number}</h1><p>${esc(invoice.customerName)} · <b>${invoice.status}</b>${invoice.reason ? ` (${esc(invoice.reason)})` : ''}</p>
  <p>${invoice.status === 'draft' ? '<button data-do="send">Send…</button> <button data-do="delete">Delete draft</button>' : ''}${invoice.status === 'sent' ? '<button data-do="pay">Record payment…</button> <button data-do="void">Void…</button>' : ''}</p>
  <dl>${field('reference', 'Reference')}${field('issued', 'Issued', 'date')}${field('due', 'Due', 'date')}${field('discount', 'Discount (%)', 'number')}</dl>
  <table><thead><tr><th>Item</th><th>Quantity</th><th>Price</th></tr></thead><tbody>${invoice.lines.map((line) => `<tr><td>${esc(line.what)}</td><td>${line.quantity}</td><td>${money(line.price)}</td></tr>`).join('')}</tbody></table>
  <p>Total <b>${money(invoice.total)}</b></p>${invoice.payments.length ? `<h2>Payments</h2><ul>${invoice.payments.map((item) => `<li>${money(item.amount)} on ${nice(item.day)} by ${item.method}</li>`).join('')}</ul>` : ''}`;
}

function customers() {
  const found = state.customers.filter((item) => item.name.toLowerCase().includes(filter.toLowerCase()));
  return `<h1>Customers</h1><input type="search" id="filter" placeholder="Find a customer" value="${esc(filter)}"><div class="cards">${found.map((item) => `<article><h2><a href="#/customers/${item.id}">${esc(item.name)}</a></h2><p>${esc(item.city)}, ${item.terms} days</p></article>`).join('')}</div>`;
}

function customerPage(key) {
  const customer = state.customers.find((item) => item.id === key);
  const body = {
    Details: () =>
      `<form data-form="customer" data-key="${key}"><label>Name <input name="name" required value="${esc(customer.name)}"></label><label>City <input name="city" value="${esc(customer.city)}"></label><label>Payment terms (days) <input name="terms" type="number" value="${customer.terms}"></label><label>VAT number <input name="vat" value="${esc(customer.vat)}"></label><button>Save</button></form>`,
    Contacts: () =>
      `<table><tbody>${customer.contacts.map((item) => `<tr><td>${esc(item.name)}</td><td>${esc(item.email)}</td><td>${esc(item.phone)}</td></tr>`).join('')}</tbody></table><button data-do="new-contact">Add contact</button>`,
    Notes: () =>
      `<ul>${customer.notes.map((item) => `<li>${esc(item.body)}</li>`).join('')}</ul><form data-form="note" data-key="${key}"><textarea name="body" aria-label="New note" rows="3"></textarea><button>Add note</button></form>`,
  }[section]();
  return `<p><a href="#/customers">← Customers</a></p><h1>${esc(customer.name)}</h1>${tabs(['Details', 'Contacts', 'Notes'], section, 'section')}<section>${body}</section>`;
}

const priceList = () =>
  `<h1>Price list</h1><table><thead><tr><th>Item</th><th>Price</th><th>Offered</th></tr></thead><tbody>${state.products.map((item) => `<tr><td>${esc(item.name)}</td><td>${editing === item.id ? `<input aria-label="Price" name="inline" type="number" value="${item.price}"> <button data-do="price-ok" data-key="${item.id}">OK</button>` : `<button data-do="price" data-key="${item.id}" title="Change the price">${money(item.price)}</button>`}</td><td><input type="checkbox" role="switch" aria-label="Offered" data-do="offer" data-key="${item.id}" ${item.active ? 'checked' : ''}></td></tr>`).join('')}</tbody></table>`;

function settings() {
  const { company, prefix, first_reminder: first, late_fees: fees, footer } = state.settings;
  const body = {
    Company: `<label>Company name <input name="company" value="${esc(company)}"></label><label>Footer of each invoice <textarea name="footer">${esc(footer)}</textarea></label>`,
    Numbering: `<label>Prefix <input name="prefix" value="${esc(prefix)}"></label>`,
    Reminders: `<label>First reminder after <input name="first_reminder" type="number" value="${first}"> days</label><label><input type="checkbox" name="late_fees" ${fees ? 'checked' : ''}> Charge late fees</label>`,
  }[panel];
  return `<h1>Settings</h1>${tabs(['Company', 'Numbering', 'Reminders'], panel, 'panel')}<form data-form="settings">${body}<button>Save settings</button></form>`;
}

/** A native dialog with a form; `done` gets what was filled in, and may refuse. */
function ask(title, content, yes, done) {
  const box = document.createElement('dialog');
  box.setAttribute('aria-label', title);
  box.innerHTML = `<h2>${title}</h2><form method="dialog">${content}<p class="problem" role="alert"></p><button type="button" data-away>Cancel</button> <button type="submit">${yes}</button></form>`;
  document.body.append(box);
  box.addEventListener('close', () => box.remove());
  box.querySelector('[data-away]').addEventListener('click', () => box.close());
  box.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await done(Object.fromEntries(new FormData(event.target)), box);
      box.close();
    } catch (error) {
      box.querySelector('.problem').textContent = error.message;
    }
  });
  box.showModal();
  return box;
}

function askInvoice() {
  let customer;
  const line = () =>
    '<tr><td><input name="what" aria-label="Item" list="items"></td><td><input name="quantity" aria-label="Quantity" type="number" step="any"></td><td><input name="price" aria-label="Unit price" type="number" step="any"></td></tr>';
  const box = ask(
    'New invoice',
    `<label>Bill to <input role="combobox" aria-autocomplete="list" aria-expanded="false" autocomplete="off" id="bill-to" placeholder="Start typing a name"></label><ul class="suggest" role="listbox" hidden></ul>
    <label>Reference <input name="reference"></label><label>Issue date <input type="date" name="issued" value="${state.today}"></label><label>Due date <input type="date" name="due"></label>
    <table><thead><tr><th>Item</th><th>Quantity</th><th>Unit price</th></tr></thead><tbody>${line()}</tbody></table><button type="button" data-more>Add a line</button>
    <datalist id="items">${state.products.map((item) => `<option value="${esc(item.name)}">`).join('')}</datalist>`,
    'Save draft',
    async (values, dialog) => {
      if (!customer) throw new Error('Choose whom to bill.');
      const lines = [...dialog.querySelectorAll('tbody tr')].map((row) =>
        Object.fromEntries([...row.querySelectorAll('input')].map((input) => [input.name, input.value])),
      );
      const made = await call('POST', '/api/invoices', { ...values, customer: customer.id, lines });
      tab = 'Drafts';
      await load();
      say(`Draft ${made.number} saved`);
    },
  );
  box.querySelector('[data-more]').addEventListener('click', () => box.querySelector('tbody').insertAdjacentHTML('beforeend', line()));
  const input = box.querySelector('#bill-to');
  const list = box.querySelector('.suggest');
  input.addEventListener('input', () => {
    customer = undefined;
    const found = state.customers.filter((item) => input.value !== '' && item.name.toLowerCase().includes(input.value.toLowerCase()));
    list.innerHTML = found.map((item) => `<li role="option" data-id="${item.id}">${esc(item.name)}</li>`).join('');
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(found.length > 0));
  });
  list.addEventListener('click', (event) => {
    customer = state.customers.find((item) => item.id === event.target.dataset.id);
    input.value = customer.name;
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
  });
}

const askPayment = (invoice) =>
  ask(
    `Payment for ${invoice.number}`,
    `<label>Amount <input name="amount" type="number" step="any"></label><label>Received on <input name="day" type="date" value="${state.today}"></label><fieldset><legend>How</legend><label><input type="radio" name="method" value="transfer" checked> Bank transfer</label><label><input type="radio" name="method" value="card"> Card</label><label><input type="radio" name="method" value="cash"> Cash</label></fieldset>`,
    'Record',
    async (values) => {
      await call('POST', `/api/invoices/${invoice.id}/payments`, values);
      await load();
      say('Payment recorded');
    },
  );

const askVoid = (invoice) =>
  ask(
    `Void ${invoice.number}?`,
    '<p>A void invoice is kept, and nobody has to pay it.</p><label>Reason <select name="reason"><option value="">Choose…</option><option>Duplicate</option><option>Wrong customer</option><option>Goodwill</option></select></label><label><input type="checkbox" name="sure" required> I know that this cannot be undone</label>',
    'Void invoice',
    async ({ reason }) => {
      if (!reason) throw new Error('A reason is needed.');
      await call('PATCH', `/api/invoices/${invoice.id}`, { status: 'void', reason });
      await load();
      say(`${invoice.number} is void`);
    },
  );

const askContact = (customer) =>
  ask(
    'Add contact',
    '<label>Name <input name="name"></label><label>E-mail <input name="email" type="email"></label><label>Phone <input name="phone" type="tel"></label>',
    'Add',
    async (values) => {
      await call('POST', `/api/customers/${customer}/contacts`, values);
      await load();
    },
  );

function rowMenu(button, invoice) {
  document.querySelector('[role=menu]')?.remove();
  const items = invoice.status === 'sent' ? ['Record payment', 'Void'] : invoice.status === 'draft' ? ['Send', 'Delete'] : [];
  button.insertAdjacentHTML(
    'afterend',
    `<div role="menu">${items.map((item) => `<button role="menuitem">${item}</button>`).join('')}</div>`,
  );
  button.nextElementSibling.addEventListener('click', (event) => {
    event.currentTarget.remove();
    ({
      'Record payment': () => askPayment(invoice),
      Void: () => askVoid(invoice),
      Send: () => askSend(invoice),
      Delete: () => askDelete(invoice),
    })[event.target.textContent]?.();
  });
}

const askSend = (invoice) =>
  ask(`Send ${invoice.number}`, `<p>It goes to ${esc(invoice.customerName)} as a PDF.</p>`, 'Send now', () =>
    change('PATCH', `/api/invoices/${invoice.id}`, { status: 'sent' }, 'Sent'),
  );
const askDelete = (invoice) =>
  ask('Are you sure?', `<p>${invoice.number} will be deleted.</p>`, 'Delete', () =>
    change('DELETE', `/api/invoices/${invoice.id}`, undefined, 'Deleted'),
  );

const deeds = {
  tab: ({ key }) => {
    tab = key;
    draw();
  },
  section: ({ key }) => {
    section = key;
    draw();
  },
  panel: ({ key }) => {
    panel = key;
    draw();
  },
  pick: ({ key }) => {
    chosen.has(key) ? chosen.delete(key) : chosen.add(key);
    draw();
  },
  'bulk-none': () => {
    chosen.clear();
    draw();
  },
  'bulk-paid': () => {
    const invoices = [...chosen];
    chosen.clear();
    void change('POST', '/api/mark-paid', { invoices }, `${invoices.length} marked as paid`);
  },
  'new-invoice': () => askInvoice(),
  'row-menu': ({ key }, button) =>
    rowMenu(
      button,
      state.invoices.find((item) => item.id === key),
    ),
  inline: ({ key, name }) => {
    editing = `${key}/${name}`;
    draw();
  },
  'inline-off': () => {
    editing = undefined;
    draw();
  },
  'inline-ok': ({ key, name }) => {
    const { value } = main.querySelector('[name=inline]');
    editing = undefined;
    void change('PATCH', `/api/invoices/${key}`, { [name]: name === 'discount' ? Number(value) : value }, 'Changed');
  },
  price: ({ key }) => {
    editing = key;
    draw();
  },
  'price-ok': ({ key }) => {
    const price = main.querySelector('[name=inline]').value;
    editing = undefined;
    void change('PATCH', `/api/products/${key}`, { price, active: state.products.find((item) => item.id === key).active }, 'Price changed');
  },
  offer: ({ key }) => {
    const item = state.products.find((product) => product.id === key);
    void change('PATCH', `/api/products/${key}`, { price: item.price, active: !item.active }, 'Saved');
  },
  'new-contact': () => askContact(location.hash.split('/')[2]),
  send: () => askSend(here()),
  delete: () => askDelete(here()),
  pay: () => askPayment(here()),
  void: () => askVoid(here()),
};
const here = () => state.invoices.find((item) => item.id === location.hash.split('/')[2]);

main.addEventListener('click', (event) => {
  const target = event.target.closest('[data-do]');
  if (target) deeds[target.dataset.do](target.dataset, target);
});
main.addEventListener('input', (event) => {
  if (event.target.id !== 'filter') return;
  filter = event.target.value;
  draw();
  const field = document.querySelector('#filter');
  field.focus();
  field.setSelectionRange(filter.length, filter.length);
});
main.addEventListener('submit', (event) => {
  event.preventDefault();
  const { form, key } = event.target.dataset;
  const values = Object.fromEntries(new FormData(event.target));
  if (form === 'customer') void change('PATCH', `/api/customers/${key}`, values, 'Customer saved');
  if (form === 'note') void change('POST', `/api/customers/${key}/notes`, values, 'Note added');
  if (form === 'settings')
    void change(
      'PATCH',
      '/api/settings',
      panel === 'Reminders' ? { first_reminder: Number(values.first_reminder), late_fees: values.late_fees ? 1 : 0 } : values,
      'Settings saved',
    );
});
addEventListener('hashchange', () => {
  editing = undefined;
  section = 'Details';
  draw();
});
void load();
