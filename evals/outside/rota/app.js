const post = async (path, body) => {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
};
const say = (text) => (document.querySelector('#snackbar').textContent = text);
const $ = (selector, within = document) => within.querySelector(selector);
const pause = () => new Promise((resolve) => setTimeout(resolve, 300));

function ask(dialog) {
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}

function sure(title, text) {
  const dialog = $('#sure');
  $('h2', dialog).textContent = title;
  $('p', dialog).textContent = text;
  return ask(dialog);
}

const reloadSaying = (text) => (sessionStorage.setItem('say', text), location.reload());
say(sessionStorage.getItem('say') ?? '');
sessionStorage.removeItem('say');

// People: row menus, selection, invitation.
const personActions = (row) => {
  const name = row.cells[1].textContent;
  const status = (value, said) => post(`/api/people/${row.dataset.id}/status`, { status: value }).then(() => reloadSaying(said));
  const role = (value) => post(`/api/people/${row.dataset.id}/role`, { role: value }).then(() => reloadSaying(`${name} is now ${value}`));
  return [
    ['Make manager', () => role('manager')],
    ['Make admin', () => role('admin')],
    $('.pill', row).textContent === 'active'
      ? [
          'Deactivate',
          async () => (await sure(`Deactivate ${name}?`, 'They can no longer sign in.')) && status('inactive', `${name} was deactivated`),
        ]
      : ['Reactivate', () => status('active', `${name} is back`)],
  ];
};
for (const kebab of document.querySelectorAll('.kebab'))
  kebab.addEventListener('click', () => {
    const open = $('.menu');
    open?.remove();
    if (open?.parentElement === kebab.parentElement) return;
    const menu = Object.assign(document.createElement('div'), { className: 'menu' });
    menu.setAttribute('role', 'menu');
    for (const [text, act] of personActions(kebab.closest('tr'))) {
      const item = Object.assign(document.createElement('button'), { textContent: text, onclick: () => (menu.remove(), act()) });
      item.setAttribute('role', 'menuitem');
      menu.append(item);
    }
    kebab.parentElement.append(menu);
  });
const picks = [...document.querySelectorAll('.pick')];
const picked = () => picks.filter((pick) => pick.checked);
for (const pick of picks)
  pick.addEventListener('change', () => {
    $('.bulk').hidden = picked().length === 0;
    $('.count').textContent = `${picked().length} selected`;
  });
$('th input')?.addEventListener('change', (event) => {
  for (const pick of picks) pick.checked = event.target.checked;
  picks[0].dispatchEvent(new Event('change'));
});
$('[data-act=move]')?.addEventListener('click', () =>
  post('/api/people/move', { people: picked().map((pick) => pick.closest('tr').dataset.id), team: $('.bulk select').value }).then(
    ({ moved }) => reloadSaying(`${moved} people moved`),
  ),
);
$('[data-open=invite]')?.addEventListener('click', () => $('#invite').showModal());
$('[data-act=invite]')?.addEventListener('click', (event) => {
  const form = event.target.form;
  post('/api/people', { ...Object.fromEntries(new FormData(form)), origin: location.origin }).then(
    () => reloadSaying('The invitation is on its way'),
    (error) => ($('.alert', form).textContent = error.message),
  );
});

// Approvals.
for (const card of document.querySelectorAll('[data-leave]'))
  card.addEventListener('click', async (event) => {
    const act = event.target.dataset.act;
    if (!act) return;
    if (act === 'decline' && !(await ask($('#decline')))) return;
    post(`/api/leaves/${card.dataset.leave}/${act}`, { note: act === 'decline' ? $('#decline textarea').value : undefined }).then(
      () => (card.remove(), say(act === 'approve' ? 'Approved' : 'Declined')),
      (error) => say(error.message),
    );
  });

// Rooms: a calendar and time slots of our own.
const booking = $('#booking');
if (booking) {
  const state = { month: new Date(Date.UTC(2027, 1, 1)) };
  const iso = (date) => date.toISOString().slice(0, 10);
  const book = $('[data-act=book]');
  const ready = () => (book.disabled = !(state.room && state.day && state.slot));
  const button = (text, className, onclick, label) => {
    const node = Object.assign(document.createElement('button'), { type: 'button', textContent: text, className, onclick });
    if (label) node.setAttribute('aria-label', label);
    return node;
  };
  const turn = (by) => () => (state.month.setUTCMonth(state.month.getUTCMonth() + by), calendar());
  function calendar() {
    const first = new Date(state.month);
    const title = Object.assign(document.createElement('b'), {
      textContent: first.toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
    });
    const days = Object.assign(document.createElement('div'), { className: 'days' });
    for (let pad = (first.getUTCDay() + 6) % 7; pad > 0; pad--) days.append(document.createElement('span'));
    for (const day = new Date(first); day.getUTCMonth() === first.getUTCMonth(); day.setUTCDate(day.getUTCDate() + 1)) {
      const value = iso(day);
      days.append(
        button(String(day.getUTCDate()), value === state.day ? 'day chosen' : 'day', () => ((state.day = value), calendar(), slots())),
      );
    }
    $('.calendar').replaceChildren(
      button('‹', 'turn', turn(-1), 'Previous month'),
      title,
      button('›', 'turn', turn(1), 'Next month'),
      days,
    );
  }
  async function slots() {
    if (!state.room || !state.day) return;
    $('.slots').textContent = 'Loading…';
    const { taken } = await (await fetch(`/api/rooms/${state.room}/${state.day}`)).json();
    await pause();
    $('.slots').replaceChildren(
      ...['09:00', '10:00', '11:00', '14:00', '15:00'].map((slot) => {
        const node = button(
          `${slot} – ${slot.replace(/^\d\d/, (hour) => String(Number(hour) + 1).padStart(2, '0'))}`,
          slot === state.slot ? 'slot chosen' : 'slot',
          () => ((state.slot = slot), slots(), ready()),
        );
        node.disabled = taken.includes(slot);
        return node;
      }),
    );
    ready();
  }
  booking.addEventListener('change', (event) => event.target.name === 'room' && ((state.room = event.target.value), slots()));
  book.addEventListener('click', () =>
    post('/api/bookings', { room: state.room, day: state.day, slot: state.slot, title: $('[name=title]').value }).then(
      () => say('Booked. See you there!'),
      (error) => say(error.message),
    ),
  );
  calendar();
}

// Settings: switches save themselves.
for (const toggle of document.querySelectorAll('[role=switch]'))
  toggle.addEventListener('click', () => {
    const on = toggle.getAttribute('aria-checked') !== 'true';
    toggle.setAttribute('aria-checked', String(on));
    post('/api/settings', { [toggle.dataset.setting]: on }).then(
      () => say('Saved'),
      (error) => say(error.message),
    );
  });
$('[data-form=settings]')?.addEventListener('submit', (event) => {
  event.preventDefault();
  post('/api/settings', { horizon: $('#horizon').value }).then(
    () => say('Saved'),
    (error) => say(error.message),
  );
});
