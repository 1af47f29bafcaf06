// People, leave and rooms: an HR application that also books meeting rooms. The clock of the house stands at 15 February 2027.
import { readFileSync } from 'node:fs';
import { id, listen, openStore, refuse, Reply } from '../application.mjs';
import { sendMail } from './mail.mjs';
import * as html from './pages.mjs';

const store = openStore(
  'rota',
  `create table people (id text primary key, run text, name text, email text, role text, team text, status text, password text, token text);
   create table leaves (id text primary key, person text, kind text, first text, last text, reason text, status text, decided_by text, note text);
   create table rooms (id text primary key, run text, name text);
   create table bookings (id text primary key, room text, day text, slot text, title text, person text);
   create table settings (run text primary key, reminders integer, weekend integer, horizon integer)`,
);
const may = (user, ...roles) =>
  roles.includes(user?.role) ? user : fail(user ? 403 : 401, user ? 'You may not do that.' : 'Sign in first.');
const anyone = (user) => may(user, 'admin', 'manager', 'employee');
const asset = (name, type) => [
  'GET',
  `/${name}`,
  () => new Reply(200, readFileSync(new URL(name, import.meta.url), 'utf8'), { 'content-type': type }),
];

function fail(status, message) {
  throw refuse(status, message);
}

function back(to) {
  throw new Reply(303, '', { location: to });
}

function seed({ body }) {
  const { run } = body;
  const person = (name, role, team, status = 'active') =>
    store.insert('people', {
      id: id(),
      run,
      name,
      email: `${name.split(' ')[0].toLowerCase()}.${run}@example.test`,
      role,
      team,
      status,
      password: 'x',
      token: null,
    });
  const people = {
    edda: person('Edda Vance', 'admin', 'People'),
    omar: person('Omar Haddad', 'manager', 'Support'),
    lena: person('Lena Roth', 'employee', 'Support'),
    lenz: person('Lena Rothman', 'employee', 'Sales'),
    jonas: person('Jonas Weber', 'employee', 'Sales'),
    ada: person('Ada Lamm', 'employee', 'Sales'),
    bo: person('Bo Ek', 'employee', 'Sales'),
    bodil: person('Bodil Eklund', 'employee', 'Sales'),
  };
  const rooms = ['Fjord', 'Tundra', 'Fjord annex'].map((name) => store.insert('rooms', { id: id(), run, name }));
  store.insert('settings', { run, reminders: 1, weekend: 0, horizon: 90 });
  const leave = (who, first, last) =>
    store.insert('leaves', {
      id: id(),
      person: who.id,
      kind: 'vacation',
      first,
      last,
      reason: '',
      status: 'requested',
      decided_by: null,
      note: null,
    });
  const leaves = {
    bo: leave(people.bo, '2027-05-03', '2027-05-07').id,
    bodil: leave(people.bodil, '2027-05-03', '2027-05-07').id,
    omar: leave(people.omar, '2027-06-01', '2027-06-04').id,
    lena: body.pending ? leave(people.lena, '2027-04-06', '2027-04-09').id : '',
  };
  const shown = Object.fromEntries(
    Object.entries(people).map(([key, { id: who, name, email }]) => [key, { id: who, name, email, session: store.signIn(who) }]),
  );
  return { run, ...shown, leaves, rooms: Object.fromEntries(rooms.map((room) => [room.name.toLowerCase().replace(' ', '_'), room.id])) };
}

const peopleOf = (run) => store.all('select * from people where run = ? order by name', run);
const shell = (user, title, content) => html.layout({ user, title, content });

function decide(status) {
  return ({ user, params, body }) => {
    may(user, 'manager', 'admin');
    const leave =
      store.one('select l.* from leaves l join people p on p.id = l.person where l.id = ? and p.run = ?', params.id, user.run) ??
      fail(404, 'No such request.');
    if (leave.person === user.id) fail(403, 'Nobody decides on their own leave.');
    store.run('update leaves set status = ?, decided_by = ?, note = ? where id = ?', status, user.id, body.note ?? null, leave.id);
    return { status };
  };
}

async function invite({ user, body }) {
  may(user, 'admin');
  if (!/@/.test(body.email ?? '') || !body.name) fail(422, 'A name and an e-mail address are needed.');
  const token = id() + id();
  const person = store.insert('people', {
    id: id(),
    run: user.run,
    name: body.name,
    email: body.email,
    role: body.role,
    team: body.team,
    status: 'invited',
    password: null,
    token,
  });
  await sendMail({
    to: body.email,
    subject: 'Welcome to Rota',
    text: `Hello ${body.name},\n\nplease confirm your address and choose a password:\n${body.origin}/confirm/${token}\n`,
  });
  return { id: person.id };
}

function confirm({ params, body }) {
  const person =
    store.one("select * from people where token = ? and status = 'invited'", params.token) ?? fail(404, 'This link is used up.');
  if (body.password.length < 8 || body.password !== body.again)
    return shell(undefined, 'Welcome', html.confirm(person, 'Both must be the same, of at least eight characters.'));
  store.run("update people set status = 'active', password = ?, token = null where id = ?", body.password, person.id);
  throw new Reply(303, '', { location: '/leave', 'set-cookie': `${store.signIn(person.id)}; Path=/` });
}

function bulk({ user, body }) {
  may(user, 'admin');
  for (const person of body.people) store.run('update people set team = ? where id = ? and run = ?', body.team, person, user.run);
  return { moved: body.people.length };
}

const linesOf = (text) =>
  text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',').map((cell) => cell.trim()));

function importPeople({ user, body }) {
  may(user, 'admin');
  for (const [name, email, team] of linesOf(body.csv))
    store.insert('people', {
      id: id(),
      run: user.run,
      name,
      email: email.replace('@', `.${user.run}@`),
      role: 'employee',
      team,
      status: 'active',
      password: null,
      token: null,
    });
  back('/people');
}

const routes = [
  ['POST', '/test/seed', seed],
  asset('app.js', 'text/javascript'),
  asset('style.css', 'text/css'),
  ['GET', '/', ({ user }) => (user ? back('/leave') : shell(undefined, 'Rota', '<p>Sign in by the link in your mail.</p>'))],
  ['GET', '/people', ({ user }) => shell(anyone(user), 'People', html.people(peopleOf(user.run), user))],
  ['GET', '/people/import', ({ user }) => shell(may(user, 'admin'), 'Import people', html.importForm())],
  [
    'POST',
    '/people/import',
    ({ user, body }) => shell(may(user, 'admin'), 'Import people', html.preview(body.file, linesOf(body.text), body.text)),
  ],
  ['POST', '/people/import/confirm', importPeople],
  ['POST', '/api/people/move', bulk],
  ['POST', '/api/people', invite],
  [
    'POST',
    '/api/people/:id/status',
    ({ user, params, body }) => (
      may(user, 'admin'),
      store.run('update people set status = ? where id = ? and run = ?', body.status, params.id, user.run),
      { status: body.status }
    ),
  ],
  [
    'POST',
    '/api/people/:id/role',
    ({ user, params, body }) => (
      may(user, 'admin'),
      store.run('update people set role = ? where id = ? and run = ?', body.role, params.id, user.run),
      { role: body.role }
    ),
  ],
  [
    'GET',
    '/confirm/:token',
    ({ params }) =>
      shell(
        undefined,
        'Welcome',
        html.confirm(store.one('select * from people where token = ?', params.token) ?? fail(404, 'This link is used up.')),
      ),
  ],
  ['POST', '/confirm/:token', confirm],
  [
    'GET',
    '/leave',
    ({ user }) => shell(anyone(user), 'Leave', html.leave(store.all('select * from leaves where person = ? order by first', user.id))),
  ],
  [
    'POST',
    '/leave',
    ({ user, body }) => {
      if (!body.first || !body.last || body.last < body.first)
        return shell(
          anyone(user),
          'Leave',
          html.leave(store.all('select * from leaves where person = ?', user.id), 'Please give a first and a last day.'),
        );
      store.insert('leaves', {
        id: id(),
        person: anyone(user).id,
        kind: body.kind,
        first: body.first,
        last: body.last,
        reason: body.reason,
        status: 'requested',
        decided_by: null,
        note: null,
      });
      return back('/leave');
    },
  ],
  [
    'GET',
    '/approvals',
    ({ user }) =>
      shell(
        may(user, 'manager', 'admin'),
        'Approvals',
        html.approvals(
          store.all(
            "select l.*, p.name from leaves l join people p on p.id = l.person where p.run = ? and l.status = 'requested' order by p.name",
            user.run,
          ),
        ),
      ),
  ],
  ['POST', '/api/leaves/:id/approve', decide('approved')],
  ['POST', '/api/leaves/:id/decline', decide('declined')],
  [
    'GET',
    '/rooms',
    ({ user }) => shell(anyone(user), 'Rooms', html.rooms(store.all('select * from rooms where run = ? order by name', user.run))),
  ],
  [
    'GET',
    '/api/rooms/:id/:day',
    ({ user, params }) => (
      anyone(user),
      { taken: store.all('select slot from bookings where room = ? and day = ?', params.id, params.day).map((row) => row.slot) }
    ),
  ],
  [
    'POST',
    '/api/bookings',
    ({ user, body }) => {
      if (store.one('select id from bookings where room = ? and day = ? and slot = ?', body.room, body.day, body.slot))
        fail(409, 'Somebody was faster.');
      return store.insert('bookings', {
        id: id(),
        room: body.room,
        day: body.day,
        slot: body.slot,
        title: body.title,
        person: anyone(user).id,
      });
    },
  ],
  [
    'GET',
    '/settings',
    ({ user }) => shell(may(user, 'admin'), 'Settings', html.settings(store.one('select * from settings where run = ?', user.run))),
  ],
  [
    'POST',
    '/api/settings',
    ({ user, body }) => (
      may(user, 'admin'),
      Object.entries(body).map(
        ([key, value]) =>
          ['reminders', 'weekend', 'horizon'].includes(key) &&
          store.run(`update settings set ${key} = ? where run = ?`, Number(value), user.run),
      ),
      { saved: true }
    ),
  ],
];

listen({ name: 'rota', store, routes, userOf: (key) => store.one('select * from people where id = ?', key) });
