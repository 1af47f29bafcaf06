/** The script of the page: reads the state as it changes and puts it on the page as text, never as markup. */
export const CLIENT = `'use strict';
const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? sessionStorage.getItem('token') ?? '';
sessionStorage.setItem('token', token);
history.replaceState(null, '', location.pathname);

const byId = (id) => document.getElementById(id);
const ask = (path, body) => fetch(path, { method: body === undefined ? 'GET' : 'POST', headers: { authorization: 'Bearer ' + token, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
const el = (tag, props = {}, ...children) => {
  const { data, ...rest } = props;
  const element = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries(data ?? {})) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
};
const MARKS = { passed: '✓', held: '✓', done: '✓', failed: '✗', violated: '✗', stopped: '✗', blocked: '■', errored: '!', undecided: '?', unproven: '∅', flaky: '~', skipped: '–', 'not-reached': '–', running: '●', waiting: '·' };
const mark = (state, said = state) => el('span', { className: 'mark ' + state, title: said, data: { role: 'img', 'aria-label': said } }, MARKS[state] ?? '·');
const time = (ms) => (ms >= 10000 ? Math.round(ms / 1000) + ' s' : ms >= 1000 ? (ms / 1000).toFixed(1) + ' s' : Math.round(ms) + ' ms');

let state;
let pinned;
let live = new Map();

const pictures = new Map();
async function pictureOf(id) {
  if (!pictures.has(id)) pictures.set(id, ask('/api/pictures/' + id).then(async (answer) => (answer.ok ? URL.createObjectURL(await answer.blob()) : undefined)));
  return pictures.get(id);
}

const post = async (path, body) => {
  const answer = await ask(path, body).catch(() => undefined);
  if (!answer?.ok) say(answer ? await answer.text() : 'intentwright ui is not there any more', true);
};
const say = (text, wrong = false) => {
  byId('say').textContent = text;
  byId('say').className = wrong ? 'wrong' : '';
};
const run = (ids) => post('/api/run', { ids, fresh: byId('fresh').checked });
byId('run-all').addEventListener('click', () => run([]));
byId('stop').addEventListener('click', () => post('/api/stop', {}));
byId('watch').addEventListener('change', (event) => post('/api/watch', { on: event.target.checked }));

/** Puts children in place of others, but leaves those alone that say the same: nothing flickers, and the focus stays. */
function put(parent, wanted) {
  wanted.forEach(([key, said, make], index) => {
    const now = parent.children[index];
    if (now?.dataset.key === key && now.dataset.said === said) return;
    const made = make();
    made.dataset.key = key;
    made.dataset.said = said;
    const focused = now?.dataset.key === key && now.contains(document.activeElement) ? document.activeElement.dataset.act : undefined;
    if (now) now.replaceWith(made);
    else parent.append(made);
    if (focused) made.querySelector('[data-act="' + focused + '"]')?.focus();
  });
  while (parent.children.length > wanted.length) parent.lastChild.remove();
}

function intentRow(intent, shown) {
  const current = intent.steps.find((step) => step.state === 'running');
  const sub = intent.state === 'running' ? (current ? current.actor + ': ' + current.text : 'looking at the backend') : intent.state === 'waiting' ? intent.steps.length + (intent.steps.length === 1 ? ' step' : ' steps') : intent.state + (intent.ms ? ' in ' + time(intent.ms) : '');
  const pick = el('button', { type: 'button', className: 'pick', onclick: () => { pinned = intent.id; show(); }, data: { 'data-act': 'pick', 'aria-current': String(shown) } }, intent.title);
  const again = el('button', { type: 'button', disabled: state.running, onclick: () => { pinned = intent.id; run([intent.id]); }, data: { 'data-act': 'run', 'aria-label': 'Run ' + intent.title } }, 'Run');
  const dots = el('span', { className: 'dots', data: { 'aria-hidden': 'true' } }, ...intent.steps.map((step) => el('i', { className: step.state })));
  return el('div', { className: 'intent' + (shown ? ' shown' : '') }, mark(intent.state), pick, again, el('span', { className: 'sub' }, dots, sub));
}

function target({ box: [left, top, width, height], view }) {
  const [svg, rect] = ['svg', 'rect'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name));
  const set = (element, attributes) => { for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value); };
  set(svg, { class: 'target', viewBox: '0 0 ' + view.join(' '), preserveAspectRatio: 'xMidYMin slice', 'aria-hidden': 'true' });
  set(rect, { x: left - 5, y: top - 5, width: width + 10, height: height + 10, rx: 6 });
  svg.append(rect);
  return svg;
}

function actorCard(actor) {
  const seen = el('div', { className: 'seen' }, 'no picture yet');
  if (actor.picture) pictureOf(actor.picture).then((url) => { if (url) seen.replaceChildren(el('img', { src: url, alt: 'What ' + actor.name + ' sees: ' + actor.page }), ...(actor.outline ? [target(actor.outline)] : [])); });
  return el('figure', { className: 'actor' }, seen, el('figcaption', {}, el('b', {}, actor.name), actor.page));
}

function stepRow(step) {
  const acts = step.acts.slice(-6).map((act) => el('li', { className: act.ok ? '' : 'not' }, act.line));
  return el('li', { className: 'step' }, mark(step.state), el('span', { className: 'said' }, el('b', {}, step.actor), (step.tries ? ' tries: ' : ': ') + step.text), el('span', { className: 'ms' }, step.ms ? time(step.ms) : '', step.by ? ' · ' + step.by : ''),
    acts.length > 0 ? el('ul', { className: 'acts' }, ...acts) : undefined, step.state === 'stopped' ? el('span', { className: 'why' }, step.why) : undefined);
}

const SAID = { waiting: 'not there yet', held: 'holds', violated: 'does not hold', undecided: 'undecided' };
function invariantRow(one) {
  const tail = one.status === 'held' && one.final ? (one.convergedMs !== undefined ? 'after ' + time(one.convergedMs) : '') : one.readings > 0 ? 'read ' + one.readings + (one.readings === 1 ? ' time' : ' times') : '';
  return el('li', { className: 'inv' }, mark(one.status, SAID[one.status] + (one.final ? '' : ' so far')), el('span', {}, one.says), el('span', { className: 'n' }, tail),
    one.status === 'held' || one.readings === 0 ? undefined : el('span', { className: 'found' }, 'expected ' + one.expected + ', found ' + one.found));
}

function show() {
  const intents = state.intents.map((known) => live.get(known.id) ?? known);
  const shown = intents.find((intent) => intent.id === pinned) ?? intents.find((intent) => intent.state === 'running') ?? intents.find((intent) => !['passed', 'waiting'].includes(intent.state)) ?? intents[0];
  byId('target').textContent = state.target;
  byId('run-all').disabled = state.running;
  byId('stop').disabled = !state.running;
  byId('watch').checked = state.watching;
  say(state.problem || state.said, Boolean(state.problem));
  document.title = (state.running ? '● ' : '') + 'Intentwright';
  put(byId('intents'), intents.map((intent) => [intent.id, JSON.stringify([intent, intent === shown, state.running]), () => intentRow(intent, intent === shown)]));
  if (!shown) return byId('main').replaceChildren(el('p', { className: 'empty' }, 'There are no intents here yet.'));
  const main = byId('main');
  if (main.dataset.intent !== shown.id) {
    byId('intents').children[intents.indexOf(shown)].scrollIntoView({ block: 'nearest' });
    main.dataset.intent = shown.id;
    main.replaceChildren(el('h1'), el('p', { className: 'lead' }), el('div', { className: 'actors' }), el('div', { className: 'cols' }, el('section', {}, el('h2', {}, 'Steps'), el('ol', { className: 'steps' })), el('section', {}, el('h2', {}, 'What must be true'), el('ul', { className: 'invs' }), el('p', { className: 'empty' }))));
  }
  main.querySelector('h1').textContent = shown.title;
  main.querySelector('.lead').textContent = shown.state === 'waiting' ? 'Not run yet.' : shown.state + (shown.attempt > 1 ? ', attempt ' + shown.attempt : '') + (shown.cause ? ' — ' + shown.cause : '');
  const rows = (selector, items, key, make) => put(main.querySelector(selector), items.map((item, index) => [key(item, index), JSON.stringify(item), () => make(item)]));
  rows('.actors', shown.actors, (actor) => actor.name, actorCard);
  rows('.steps', shown.steps, (_, index) => String(index), stepRow);
  rows('.invs', shown.invariants, (one) => one.id, invariantRow);
  main.querySelector('.cols .empty').textContent = shown.invariants.length > 0 ? '' : 'They are read before the first step.';
}

async function listen() {
  const answer = await ask('/api/state').catch(() => undefined);
  if (!answer?.ok) return say(answer?.status === 401 ? 'This page needs the whole address that intentwright ui has printed.' : 'intentwright ui is not there any more', true);
  let rest = '';
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read().catch(() => ({ done: true }));
    if (done) return say('intentwright ui has ended', true);
    const lines = (rest + value).split('\\n');
    rest = lines.pop();
    if (lines.length === 0) continue;
    state = JSON.parse(lines.at(-1));
    live = new Map(state.run.map((intent) => [intent.id, intent]));
    show();
  }
}
listen();
`;
