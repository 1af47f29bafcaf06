// A helpdesk: tickets, customers, tags, replies. The page is one script; this is its API.
import { readFileSync } from 'node:fs';
import { id, listen, openStore, refuse, Reply } from '../application.mjs';

const store = openStore(
  'helpdesk',
  `create table desks (id text primary key, name text);
   create table agents (id text primary key, desk text, name text, role text);
   create table customers (id text primary key, desk text, name text, email text, company text);
   create table tickets (id text primary key, desk text, number integer, subject text, status text, priority text, customer text, assignee text);
   create table tags (ticket text, tag text, primary key (ticket, tag));
   create table messages (id text primary key, ticket text, author text, kind text, body text)`,
);
const file = (name, type) => () => new Reply(200, readFileSync(new URL(name, import.meta.url), 'utf8'), { 'content-type': type });
const page = () => readFileSync(new URL('index.html', import.meta.url), 'utf8');
const signedIn = (user) => user ?? fail(401, 'Sign in first.');

function fail(status, message) {
  throw refuse(status, message);
}

function ticketOf(params, user) {
  const ticket = store.one('select * from tickets where id = ? and desk = ?', params.id, signedIn(user).desk);
  return ticket ?? fail(404, 'No such ticket.');
}

function shown(ticket) {
  return {
    ...ticket,
    customer: store.one('select * from customers where id = ?', ticket.customer),
    assignee: ticket.assignee ? store.one('select id, name from agents where id = ?', ticket.assignee) : undefined,
    tags: store.all('select tag from tags where ticket = ? order by tag', ticket.id).map((row) => row.tag),
    messages: store.all('select author, kind, body from messages where ticket = ? order by rowid', ticket.id),
  };
}

function addTicket(desk, { subject, priority = 'normal', customer, status = 'open', tags = [], assignee = null }) {
  const number = 1001 + store.one('select count(*) as n from tickets where desk = ?', desk).n;
  const ticket = store.insert('tickets', { id: id(), desk, number, subject, status, priority, customer, assignee });
  for (const tag of tags) store.insert('tags', { ticket: ticket.id, tag });
  return ticket;
}

const SUBJECTS = [
  'Cannot log in',
  'Invoice is wrong',
  'Refund please',
  'Slow dashboard',
  'Where is my parcel?',
  'Login page looks odd',
  'Change of address',
  'Invoice in French',
  'Password too short',
  'Export is empty',
  'Refund for March',
  'Two charges in May',
  'Old test ticket',
  'Mobile app crashes',
];

function seed({ body }) {
  const desk = store.insert('desks', { id: body.run, name: 'Pelican Outdoor' });
  const agent = (name, role) => store.insert('agents', { id: id(), desk: desk.id, name, role });
  const [nora, tomas, lio] = [agent('Nora Falk', 'lead'), agent('Tomas Berg', 'agent'), agent('Lio Marsh', 'light')];
  agent('Tomasina Berger', 'agent');
  const customers = ['Mona Lind', 'Monika Lindner', 'Carl Ito'].map((name) =>
    store.insert('customers', {
      id: id(),
      desk: desk.id,
      name,
      email: `${name.split(' ')[0].toLowerCase()}@example.test`,
      company: 'Acme',
    }),
  );
  const tickets = SUBJECTS.map((subject, n) =>
    addTicket(desk.id, {
      subject,
      customer: customers[n % 3].id,
      tags: subject === 'Slow dashboard' ? ['spam', 'performance'] : subject === 'Export is empty' ? ['spam'] : [],
    }),
  );
  addTicket(desk.id, { subject: 'Cannot log in on Sundays', customer: customers[0].id, status: 'pending' });
  return {
    desk: desk.id,
    tickets: Object.fromEntries(tickets.map((ticket) => [ticket.subject.toLowerCase().match(/\w+/g).join('_'), ticket.id])),
    nora: { id: nora.id, session: store.signIn(nora.id) },
    tomas: { id: tomas.id },
    lio: { id: lio.id, session: store.signIn(lio.id) },
    mona: customers[0].id,
  };
}

const routes = [
  ['POST', '/test/seed', seed],
  ['GET', '/app.js', file('app.js', 'text/javascript')],
  ['GET', '/parts.js', file('parts.js', 'text/javascript')],
  ['GET', '/style.css', file('style.css', 'text/css')],
  ['GET', '/api/me', ({ user }) => signedIn(user)],
  ['GET', '/api/agents', ({ user }) => store.all('select id, name from agents where desk = ? order by name', signedIn(user).desk)],
  [
    'GET',
    '/api/customers',
    ({ user, query }) =>
      store.all('select * from customers where desk = ? and name like ? order by name', signedIn(user).desk, `%${query.q ?? ''}%`),
  ],
  [
    'POST',
    '/api/customers',
    ({ user, body }) => {
      if (!body.name || !/@/.test(body.email)) fail(422, 'A name and a valid e-mail address are needed.');
      return store.insert('customers', { id: id(), desk: signedIn(user).desk, name: body.name, email: body.email, company: body.company });
    },
  ],
  [
    'GET',
    '/api/tickets',
    ({ user, query }) => {
      const like = `%${query.q ?? ''}%`;
      const rows = store.all(
        "select * from tickets where desk = ? and status = ? and subject like ? and (? = '' or priority = ?) order by number",
        signedIn(user).desk,
        query.status ?? 'open',
        like,
        query.priority ?? '',
        query.priority ?? '',
      );
      const from = (Number(query.page ?? 1) - 1) * 6;
      return { total: rows.length, tickets: rows.slice(from, from + 6).map(shown) };
    },
  ],
  [
    'POST',
    '/api/tickets',
    ({ user, body }) => {
      if (!body.subject) fail(422, 'A subject is needed.');
      if (!body.customer) fail(422, 'Who is asking?');
      return addTicket(signedIn(user).desk, body);
    },
  ],
  ['GET', '/api/tickets/:id', ({ params, user }) => shown(ticketOf(params, user))],
  [
    'PATCH',
    '/api/tickets/:id',
    ({ params, user, body }) => {
      const ticket = ticketOf(params, user);
      for (const field of ['subject', 'status', 'priority', 'assignee'])
        if (field in body) store.run(`update tickets set ${field} = ? where id = ?`, body[field], ticket.id);
      return shown(ticketOf(params, user));
    },
  ],
  [
    'DELETE',
    '/api/tickets/:id',
    ({ params, user }) => {
      const ticket = ticketOf(params, user);
      if (user.role === 'light') fail(403, 'Light agents cannot delete tickets.');
      store.run('delete from tickets where id = ?', ticket.id);
      return { deleted: ticket.number };
    },
  ],
  [
    'POST',
    '/api/tickets/:id/messages',
    ({ params, user, body }) => {
      const ticket = ticketOf(params, user);
      if (!body.body) fail(422, 'There is nothing to send.');
      store.insert('messages', { id: id(), ticket: ticket.id, author: user.name, kind: body.kind, body: body.body });
      return shown(ticket);
    },
  ],
  [
    'POST',
    '/api/tickets/:id/tags',
    ({ params, user, body }) => (
      store.run('insert or ignore into tags values (?, ?)', ticketOf(params, user).id, body.tag), shown(ticketOf(params, user))
    ),
  ],
  [
    'DELETE',
    '/api/tickets/:id/tags/:tag',
    ({ params, user }) => (
      store.run('delete from tags where ticket = ? and tag = ?', ticketOf(params, user).id, decodeURIComponent(params.tag)),
      shown(ticketOf(params, user))
    ),
  ],
  ...['/', '/inbox', '/tickets/:id', '/customers'].map((path) => ['GET', path, page]),
];

listen({ name: 'helpdesk', store, routes, userOf: (user) => store.one('select * from agents where id = ?', user) });
