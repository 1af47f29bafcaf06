import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const at = stage();

it('numbers what can be operated, by role and accessible name', async () => {
  const actor =
    await at.open(`<h1>Invite</h1><a href=/team>Team</a><label>Email <input type=email></label><label for=r>Role</label><select id=r><option>viewer</select>
    <textarea aria-label=Note></textarea><input type=checkbox id=c><label for=c>Send a copy</label><input type=radio name=x aria-label=Now><input type=range aria-label=Seats>
    <input type=search placeholder=Find><input type=number title=Count><button>Invite</button><input type=submit value=Go><details><summary>More</summary>x</details><div contenteditable aria-label=Body>hi</div>`);
  expect(actor.names()).toEqual([
    'link Team',
    'textbox Email',
    'combobox Role',
    'textbox Note',
    'checkbox Send a copy',
    'radio Now',
    'slider Seats',
    'searchbox Find',
    'spinbutton Count',
    'button Invite',
    'button Go',
    'button More',
    'textbox Body',
  ]);
  expect(actor.seen.candidates.map(({ id }) => id)).toEqual(actor.seen.candidates.map((_, index) => index + 1));
});

it('tells values, states and what a control opens', async () => {
  const actor =
    await at.open(`<input aria-label=City value=Bern required readonly><input aria-label=Off disabled><fieldset disabled><button>Inside</button></fieldset>
    <input type=checkbox aria-label=On checked><button aria-pressed=true>Bold</button><button aria-expanded=false aria-haspopup=menu>Menu</button><div role=tab tabindex=0 aria-selected=true>General</div>
    <select aria-label=Plan><option>Free<option selected>Pro</select><input aria-label=Bad aria-invalid=true><div role=switch tabindex=0 aria-checked=true>Beta</div>`);
  expect(actor.find('City')).toMatchObject({ value: 'Bern', required: true, readonly: true, inputType: 'text' });
  expect(actor.find('Off').disabled).toBe(true);
  expect(actor.find('Inside').disabled).toBe(true);
  expect(actor.find('On').checked).toBe(true);
  expect(actor.find('Bold').pressed).toBe(true);
  expect(actor.find('Menu')).toMatchObject({ expanded: false, popup: 'menu' });
  expect(actor.find('General').selected).toBe(true);
  expect(actor.find('Plan')).toMatchObject({ value: 'Pro', options: ['Free', 'Pro'] });
  expect(actor.find('Bad').invalid).toBe(true);
  expect(actor.find('Beta')).toMatchObject({ role: 'switch', checked: true });
});

it('finds what is clickable without a role: by hand, by handler, by listener, in SVG and on canvas', async () => {
  const actor =
    await at.open(`<style>.hand{cursor:pointer}</style><div class=hand>By hand <b>and bold</b></div><span onclick="1">By handler</span><div id=l>By listener</div>
    <div id=late>By property</div><svg width=90 height=30><circle id=dot cx=12 cy=12 r=10 fill=red /><rect x=30 width=20 height=20 fill=blue></rect></svg><canvas id=paper width=50 height=50></canvas><p>Plain text</p>
    <script>l.addEventListener('click',()=>{});late.onclick=()=>{};dot.addEventListener('click',()=>{});paper.addEventListener('mousedown',()=>{})</script>`);
  expect(actor.names()).toEqual([
    'generic By hand and bold',
    'generic By handler',
    'generic By listener',
    'generic By property',
    'generic',
    'generic',
  ]);
  expect(actor.seen.candidates[4]!.description).toBe('red circle');
});

it('takes a listener on a container for delegation, not for a button', async () => {
  const actor = await at.open(
    `<div id=all><button>One</button><button>Two</button></div><script>all.addEventListener('click',()=>{});document.body.addEventListener('click',()=>{})</script>`,
  );
  expect(actor.names()).toEqual(['button One', 'button Two']);
});

it('shows a clickable wrapper around one control once', async () => {
  const actor = await at.open(`<div style="cursor:pointer;display:inline-block"><button>Save</button></div>`);
  expect(actor.names()).toEqual(['button Save']);
});

it('never shows the value of a password, nor of what was one', async () => {
  const actor = await at.open(
    `<input type=password aria-label=Password value=hunter2><button onclick="document.querySelector('input').type='text'">Show</button>`,
  );
  expect(actor.find('Password')).toMatchObject({ value: '•••', inputType: 'password' });
  await actor.click('Show');
  expect(actor.find('Password')).toMatchObject({ value: '•••', inputType: 'text' });
  expect(JSON.stringify(actor.seen)).not.toContain('hunter2');
});

it('shows checkboxes that are hidden behind their label', async () => {
  const actor = await at.open(
    `<style>.sr{position:absolute;opacity:0;width:0;height:0}</style><label><input type=checkbox class=sr> Terms</label><input type=radio id=r style="display:none"><label for=r>Card</label>`,
  );
  expect(actor.names()).toEqual(['checkbox Terms', 'radio Card']);
  expect(actor.seen.candidates.every(({ coveredBy }) => coveredBy === undefined)).toBe(true);
});

it('keeps a candidate under its number for as long as its document lives', async () => {
  const actor = await at.open(`<button>First</button><button>Second</button>`);
  const before = actor.find('Second').id;
  await actor.session.act({ kind: 'press', key: 'Tab' }, actor.seen, {
    valueOf: actor.valueOf,
    signal: AbortSignal.timeout(60_000),
    settleMs: 500,
  });
  await actor.look();
  expect(actor.find('Second').id).toBe(before);
});

it('tells an element apart by attributes, structure, place and neighbourhood', async () => {
  const actor = await at.open(
    `<main><form id=invite><p>Who may come</p><input id=e name=email type=email placeholder=you@example.test></form></main>`,
  );
  expect(actor.seen.candidates[0]!.print).toMatchObject({
    tag: 'input',
    path: 'main/form#invite/input',
    attrs: { id: 'e', name: 'email', type: 'email', placeholder: 'you@example.test' },
    near: 'Who may come',
  });
});

it('gives no address to a link that a script sends as something else than a question', async () => {
  const actor = await at.open(
    `<a href=/a>Plain</a><a href=/b data-method=get>Asks</a><a href=/c data-method=delete>Deletes</a><a href=/d data-turbo-method=post>Posts</a><a href=/e hx-post=/e>Sends</a>`,
  );
  expect(actor.seen.candidates.map(({ name, href }) => [name, href])).toEqual([
    ['Plain', '/a'],
    ['Asks', '/b'],
    ['Deletes', undefined],
    ['Posts', undefined],
    ['Sends', undefined],
  ]);
});
