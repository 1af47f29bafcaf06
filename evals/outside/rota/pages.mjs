// The pages of Rota; app.js brings them to life.
import { esc } from '../application.mjs';

const problemOf = (problem) => (problem ? `<div class="alert" role="alert">${esc(problem)}</div>` : '');
const TEAMS = ['People', 'Sales', 'Support', 'Workshop'];
const options = (values, chosen) => values.map((value) => `<option${value === chosen ? ' selected' : ''}>${value}</option>`).join('');

export const layout = ({
  user,
  title,
  content,
}) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} · Rota</title><link rel="stylesheet" href="/style.css"></head><body>
<header><strong>Rota</strong>${user ? `<nav><a href="/leave">My leave</a><a href="/rooms">Rooms</a><a href="/people">People</a>${user.role === 'employee' ? '' : '<a href="/approvals">Approvals</a>'}${user.role === 'admin' ? '<a href="/settings">Settings</a>' : ''}</nav><span class="who">${esc(user.name)}</span>` : ''}</header>
<main><h1>${title}</h1>${content}</main><div id="snackbar" role="status" aria-live="polite"></div><script type="module" src="/app.js"></script></body></html>`;

export const people = (rows, user) => `${
  user.role === 'admin'
    ? `<div class="toolbar"><button data-open="invite">Invite a colleague</button> <a class="button" href="/people/import">Import from CSV</a></div>
<div class="bulk" hidden><span class="count"></span> <label>Move to <select aria-label="Team">${options(TEAMS)}</select></label><button data-act="move">Move</button></div>`
    : ''
}
<table><thead><tr>${user.role === 'admin' ? '<th><input type="checkbox" aria-label="Select all"></th>' : ''}<th>Name</th><th>E-mail</th><th>Team</th><th>Role</th><th>Status</th><th></th></tr></thead><tbody>${rows
  .map(
    (
      p,
    ) => `<tr data-id="${p.id}">${user.role === 'admin' ? `<td><input type="checkbox" class="pick" aria-label="Select row"></td>` : ''}<td>${esc(p.name)}</td><td>${esc(p.email)}</td><td>${esc(p.team)}</td><td>${p.role}</td><td><span class="pill">${p.status}</span></td>
<td>${user.role === 'admin' ? '<button class="kebab" aria-haspopup="menu" aria-label="Actions">⋮</button>' : ''}</td></tr>`,
  )
  .join('')}</tbody></table>
<dialog id="invite" aria-labelledby="invite-title"><h2 id="invite-title">Invite a colleague</h2><form method="dialog"><p><label for="i-name">Name</label><input id="i-name" name="name"></p><p><label for="i-mail">E-mail address</label><input id="i-mail" name="email" type="email"></p>
<p><label for="i-role">Role</label><select id="i-role" name="role">${options(['employee', 'manager', 'admin'])}</select></p><p><label for="i-team">Team</label><select id="i-team" name="team">${options(TEAMS)}</select></p>
<p class="alert" role="alert"></p><button value="cancel">Cancel</button><button type="button" data-act="invite">Send invitation</button></form></dialog>
<dialog id="sure"><h2></h2><p></p><form method="dialog"><button value="no">Cancel</button><button value="yes">Confirm</button></form></dialog>`;

export const importForm = () =>
  `<p>A file with the columns name, email and team.</p><form method="post" enctype="multipart/form-data"><label class="drop">Choose a file<input type="file" name="file" accept=".csv"></label><button>Upload</button></form>`;

export const preview = (
  file,
  lines,
  csv,
) => `<p>${esc(file)} has ${lines.length} people:</p><table><tr><th>Name</th><th>E-mail</th><th>Team</th></tr>${lines.map((cells) => `<tr>${cells.map((cell) => `<td>${esc(cell)}</td>`).join('')}</tr>`).join('')}</table>
<form method="post" action="/people/import/confirm"><input type="hidden" name="csv" value="${esc(csv)}"><button>Import ${lines.length} people</button> <a href="/people">Cancel</a></form>`;

export const confirm = (person, problem) =>
  `${problemOf(problem)}<p>Hello ${esc(person.name)}, choose a password to begin.</p><form method="post"><p><label>New password<br><input type="password" name="password"></label></p><p><label>Once more<br><input type="password" name="again"></label></p><button>Get started</button></form>`;

export const leave = (
  rows,
  problem,
) => `${problemOf(problem)}<form method="post" class="card"><h2>Request time off</h2><label>Type <select name="kind"><option value="vacation">Vacation</option><option value="unpaid">Unpaid leave</option><option value="parental">Parental leave</option></select></label>
<label>First day <input type="date" name="first"></label><label>Last day <input type="date" name="last"></label><label>Comment <textarea name="reason" placeholder="Optional"></textarea></label><button>Send request</button></form>
<h2>Your requests</h2><ul>${rows.map((row) => `<li>${row.kind}, ${row.first} – ${row.last} <span class="pill">${row.status}</span></li>`).join('') || '<li>None yet</li>'}</ul>`;

export const approvals = (rows) => `<div class="cards">${
  rows
    .map(
      (row) =>
        `<section class="card" data-leave="${row.id}"><h3>${esc(row.name)}</h3><p>${row.kind}, ${row.first} – ${row.last}</p><button data-act="approve">Approve</button> <button data-act="decline">Decline…</button></section>`,
    )
    .join('') || '<p>All done.</p>'
}</div>
<dialog id="decline"><h2>Decline this request</h2><form method="dialog"><textarea name="note" aria-label="Reason" placeholder="Tell them why"></textarea><button value="no">Back</button><button value="yes">Decline request</button></form></dialog>`;

export const rooms = (
  rows,
) => `<div id="booking"><fieldset><legend>Room</legend>${rows.map((room) => `<label class="radio"><input type="radio" name="room" value="${room.id}"> ${esc(room.name)}</label>`).join('')}</fieldset>
<div class="calendar" role="group" aria-label="Day"></div><div class="slots" role="group" aria-label="Time"></div>
<p><label>What for? <input name="title"></label> <button data-act="book" disabled>Book</button></p></div>`;

const toggle = (key, label, hint, on) =>
  `<div class="setting"><button role="switch" aria-checked="${on ? 'true' : 'false'}" data-setting="${key}" aria-label="${label}"><span class="knob"></span></button><div><b>${label}</b><br><small>${hint}</small></div></div>`;

export const settings = (
  s,
) => `${toggle('reminders', 'Reminder mails', 'Sent the evening before a booking', s.reminders)}${toggle('weekend', 'Weekend bookings', 'Rooms can be booked on Saturdays and Sundays', s.weekend)}
<form class="card" data-form="settings"><label for="horizon">Book rooms at most this many days ahead</label> <input id="horizon" name="horizon" type="number" value="${s.horizon}"> <button>Save</button></form>`;
