// Invoices, payments and customers: one page, native dialogs and tabs, rendered from a state that the API keeps. Today is 12 April 2027.
import { readFileSync } from 'node:fs';
import { id, listen, openStore, refuse, Reply } from '../application.mjs';

const store = openStore(
  'quill',
  `create table users (id text primary key, run text, name text, role text);
   create table customers (id text primary key, run text, name text, city text, terms integer, vat text);
   create table contacts (id text primary key, customer text, name text, email text, phone text);
   create table notes (id text primary key, customer text, body text);
   create table invoices (id text primary key, run text, number text, customer text, reference text, issued text, due text, status text, reason text, discount integer);
   create table lines (id text primary key, invoice text, what text, quantity real, price real);
   create table payments (id text primary key, invoice text, amount real, day text, method text);
   create table products (id text primary key, run text, name text, price real, active integer);
   create table settings (run text primary key, company text, prefix text, first_reminder integer, late_fees integer, footer text)`,
);
const TODAY = '2027-04-12';
const fail = (status, message) => {
  throw refuse(status, message);
};
const member = (user) => user ?? fail(401, 'Sign in first.');
const editor = (user) => (member(user).role === 'bookkeeper' ? user : fail(403, 'Readers cannot change anything.'));

function seed({ body: { run } }) {
  const user = (name, role) => store.insert('users', { id: id(), run, name, role });
  const people = { vera: user('Vera Lindqvist', 'bookkeeper'), tom: user('Tom Reade', 'reader') };
  const customer = (name, city, vat) => store.insert('customers', { id: id(), run, name, city, terms: 30, vat });
  const customers = {
    brightwater: customer('Brightwater Ltd', 'Bristol', 'GB 221 9934 12'),
    halden: customer('Halden & Sons', 'Leeds', 'GB 118 2044 76'),
    brightside: customer('Brightside Dental', 'York', ''),
    okafor: customer('Okafor Studio', 'London', ''),
  };
  let next = 1001;
  const invoice = (who, status, issued, due, ...rows) => {
    const made = store.insert('invoices', {
      id: id(),
      run,
      number: `F-${next++}`,
      customer: who.id,
      reference: '',
      issued,
      due,
      status,
      reason: null,
      discount: 0,
    });
    for (const [what, quantity, price] of rows) store.insert('lines', { id: id(), invoice: made.id, what, quantity, price });
    return made;
  };
  const invoices = [
    invoice(customers.halden, 'sent', '2027-03-01', '2027-03-31', ['Website audit', 1, 900]),
    invoice(customers.brightwater, 'sent', '2027-03-04', '2027-04-03', ['Consulting', 5, 120]),
    invoice(customers.okafor, 'sent', '2027-03-10', '2027-04-09', ['Logo design', 1, 1450]),
    invoice(customers.brightwater, 'sent', '2027-03-22', '2027-04-21', ['Consulting', 5, 90]),
    invoice(customers.brightside, 'paid', '2027-02-01', '2027-03-03', ['Hosting', 12, 15]),
    invoice(customers.okafor, 'draft', '2027-04-10', '2027-05-10', ['Consulting', 2, 120], ['Hosting', 12, 15]),
  ];
  for (const [name, price] of [
    ['Consulting', 120],
    ['Website audit', 900],
    ['Website audit, small', 400],
    ['Hosting', 15],
    ['Logo design', 1450],
  ])
    store.insert('products', { id: id(), run, name, price, active: 1 });
  store.insert('settings', { run, company: 'Lindqvist Books', prefix: 'F-', first_reminder: 7, late_fees: 0, footer: '' });
  const ids = (of) => Object.fromEntries(Object.entries(of).map(([key, value]) => [key, value.id]));
  return {
    run,
    vera: { id: people.vera.id, session: store.signIn(people.vera.id) },
    tom: { id: people.tom.id, session: store.signIn(people.tom.id) },
    customers: ids(customers),
    invoices: Object.fromEntries(invoices.map((item) => [item.number.replace('-', '').toLowerCase(), item.id])),
  };
}

const own = (user, table, key) =>
  store.one(`select * from ${table} where id = ? and run = ?`, key, member(user).run) ?? fail(404, 'There is no such thing.');
const total = (invoice) =>
  store.one('select coalesce(sum(quantity * price), 0) as sum from lines where invoice = ?', invoice.id).sum * (1 - invoice.discount / 100);
const shown = (invoice) => ({
  ...invoice,
  customerName: store.one('select name from customers where id = ?', invoice.customer).name,
  total: total(invoice),
  lines: store.all('select * from lines where invoice = ? order by rowid', invoice.id),
  payments: store.all('select * from payments where invoice = ?', invoice.id),
});

function settle(invoice) {
  const paid = store.one('select coalesce(sum(amount), 0) as sum from payments where invoice = ?', invoice.id).sum;
  if (paid >= total(invoice)) store.run("update invoices set status = 'paid' where id = ?", invoice.id);
}

const page = () =>
  new Reply(200, readFileSync(new URL('index.html', import.meta.url), 'utf8'), { 'content-type': 'text/html; charset=utf-8' });
const script = (name) => [
  'GET',
  `/${name}`,
  () =>
    new Reply(200, readFileSync(new URL(name, import.meta.url), 'utf8'), {
      'content-type': name.endsWith('css') ? 'text/css' : 'text/javascript',
    }),
];
const day = (text) => (/^\d{4}-\d\d-\d\d$/.test(text ?? '') ? text : fail(422, 'A date is missing.'));

listen({
  name: 'quill',
  store,
  userOf: (key) => store.one('select * from users where id = ?', key),
  routes: [
    ['POST', '/test/seed', seed],
    ['GET', '/', page],
    script('app.js'),
    script('style.css'),
    [
      'GET',
      '/api/all',
      ({ user }) => ({
        me: member(user),
        today: TODAY,
        settings: store.one('select * from settings where run = ?', user.run),
        invoices: store.all('select * from invoices where run = ? order by number', user.run).map(shown),
        customers: store.all('select * from customers where run = ? order by name', user.run).map((item) => ({
          ...item,
          contacts: store.all('select * from contacts where customer = ?', item.id),
          notes: store.all('select * from notes where customer = ?', item.id),
        })),
        products: store.all('select * from products where run = ? order by name', user.run),
      }),
    ],
    [
      'POST',
      '/api/invoices',
      ({ user, body }) => {
        const customer = own(editor(user), 'customers', body.customer);
        const number = `F-${1001 + store.one('select count(*) as n from invoices where run = ?', user.run).n}`;
        const made = store.insert('invoices', {
          id: id(),
          run: user.run,
          number,
          customer: customer.id,
          reference: body.reference ?? '',
          issued: day(body.issued),
          due: day(body.due),
          status: 'draft',
          reason: null,
          discount: 0,
        });
        for (const line of body.lines ?? [])
          if (line.what)
            store.insert('lines', {
              id: id(),
              invoice: made.id,
              what: line.what,
              quantity: Number(line.quantity || 1),
              price: Number(line.price || 0),
            });
        return shown(made);
      },
    ],
    [
      'PATCH',
      '/api/invoices/:id',
      ({ user, params, body }) => {
        const invoice = own(editor(user), 'invoices', params.id);
        for (const key of ['reference', 'issued', 'due', 'discount', 'status', 'reason'])
          if (body[key] !== undefined) store.run(`update invoices set ${key} = ? where id = ?`, body[key], invoice.id);
        return {};
      },
    ],
    [
      'DELETE',
      '/api/invoices/:id',
      ({ user, params }) => {
        const invoice = own(editor(user), 'invoices', params.id);
        if (invoice.status !== 'draft') fail(409, 'Only drafts can be deleted.');
        store.run('delete from invoices where id = ?', invoice.id);
        return {};
      },
    ],
    [
      'POST',
      '/api/invoices/:id/payments',
      ({ user, params, body }) => {
        const invoice = own(editor(user), 'invoices', params.id);
        if (!(Number(body.amount) > 0)) fail(422, 'How much was paid?');
        store.insert('payments', { id: id(), invoice: invoice.id, amount: Number(body.amount), day: day(body.day), method: body.method });
        settle(invoice);
        return {};
      },
    ],
    [
      'POST',
      '/api/mark-paid',
      ({ user, body }) => {
        for (const key of body.invoices)
          store.run("update invoices set status = 'paid' where id = ? and status = 'sent'", own(editor(user), 'invoices', key).id);
        return {};
      },
    ],
    [
      'PATCH',
      '/api/products/:id',
      ({ user, params, body }) => (
        store.run(
          'update products set price = ?, active = ? where id = ?',
          Number(body.price),
          body.active ? 1 : 0,
          own(editor(user), 'products', params.id).id,
        ),
        {}
      ),
    ],
    [
      'PATCH',
      '/api/customers/:id',
      ({ user, params, body }) => (
        store.run(
          'update customers set name = ?, city = ?, terms = ?, vat = ? where id = ?',
          body.name,
          body.city,
          Number(body.terms),
          body.vat,
          own(editor(user), 'customers', params.id).id,
        ),
        {}
      ),
    ],
    [
      'POST',
      '/api/customers/:id/notes',
      ({ user, params, body }) => (
        store.insert('notes', {
          id: id(),
          customer: own(editor(user), 'customers', params.id).id,
          body: body.body || fail(422, 'The note is empty.'),
        }),
        {}
      ),
    ],
    [
      'POST',
      '/api/customers/:id/contacts',
      ({ user, params, body }) => (
        store.insert('contacts', {
          id: id(),
          customer: own(editor(user), 'customers', params.id).id,
          name: body.name || fail(422, 'Who is it?'),
          email: body.email,
          phone: body.phone ?? '',
        }),
        {}
      ),
    ],
    [
      'PATCH',
      '/api/settings',
      ({ user, body }) => {
        for (const key of ['company', 'prefix', 'first_reminder', 'late_fees', 'footer'])
          if (body[key] !== undefined) store.run(`update settings set ${key} = ? where run = ?`, body[key], editor(user).run);
        return {};
      },
    ],
  ],
});
