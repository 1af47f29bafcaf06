import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const at = stage();
const LOG = `<ol id=log></ol><script>function say(t){const li=document.createElement('li');li.textContent=t;log.append(li)}</script>`;

it('clicks with trusted events, as a person would', async () => {
  const actor = await at.open(
    `<button>Go</button>${LOG}<script>for(const t of ['pointerdown','mousedown','mouseup','click'])document.querySelector('button').addEventListener(t,e=>say(t+e.isTrusted+e.button+e.detail))</script>`,
  );
  expect((await actor.click('Go')).ok).toBe(true);
  expect(actor.text()).toBe('pointerdowntrue00 | mousedowntrue01 | mouseuptrue01 | clicktrue01');
});

it('double-clicks and right-clicks', async () => {
  const actor = await at.open(
    `<button>Go</button>${LOG}<script>const b=document.querySelector('button');b.ondblclick=()=>say('double');b.oncontextmenu=(e)=>{e.preventDefault();say('menu')}</script>`,
  );
  await actor.act({ kind: 'click', target: actor.find('Go').id, double: true });
  await actor.act({ kind: 'click', target: actor.find('Go').id, button: 'right' });
  expect(actor.text()).toBe('double | menu');
});

it('scrolls to what is far below, also in an inner area, and presses there', async () => {
  const actor = await at.open(
    `<div style="height:100px;overflow:auto"><p style="height:900px">x</p><button onclick="say('inner')">Inner</button></div><p style="height:3000px">y</p><button onclick="say('far')">Far</button>${LOG}`,
  );
  expect((await actor.click('Inner')).ok).toBe(true);
  expect((await actor.click('Far')).ok).toBe(true);
  expect(actor.text()).toContain('inner | far');
});

it('does not press under a sticky header', async () => {
  const actor = await at.open(
    `<header style="position:sticky;top:0;height:120px;background:#eee"><button onclick="say('header')">Header</button></header><p style="height:2000px">x</p><button onclick="say('low')">Low</button><p style="height:2000px">x</p>${LOG}<script>scrollTo(0, 2100)</script>`,
  );
  expect(await actor.click('Low')).toMatchObject({ ok: true });
  expect(actor.text()).toContain('low');
  expect(actor.text()).not.toContain('header');
});

it('says by what a target is covered and does nothing', async () => {
  const actor = await at.open(
    `<button onclick="say('pay')">Pay</button><div class=consent style="position:fixed;inset:0;background:#fffc"><h2>Cookies</h2></div>${LOG}`,
  );
  const outcome = await actor.click('Pay');
  expect(outcome).toMatchObject({ ok: false, miss: 'covered' });
  expect(outcome.error).toBe('button “Pay” is covered by div “Cookies”');
  expect(actor.text()).not.toContain('pay');
});

it('holds back a press on what has moved there meanwhile, from those too who listen first', async () => {
  const actor =
    await at.open(`<script>for(const type of ['pointerdown','mousedown','click'])addEventListener(type,(event)=>say(type+' '+event.target.textContent),true)</script>
    <button id=a style="position:absolute;top:10px">Approve</button><button style="position:absolute;top:10px;z-index:-1">Reject</button>${LOG}
    <script>addEventListener('mousemove',(event)=>{if(event.clientX>0)a.style.top='200px'})</script>`);
  expect(await actor.click('Approve')).toMatchObject({ ok: false, miss: 'covered', error: expect.stringContaining('held back') });
  expect(actor.text()).toBe('');
});

it('refuses what is disabled', async () => {
  const actor = await at.open(
    `<button disabled>Pay</button><div role=button tabindex=0 aria-disabled=true onclick="say('x')">Soft</div>${LOG}`,
  );
  expect(await actor.click('Pay')).toMatchObject({ ok: false, miss: 'disabled', error: 'button “Pay” is disabled' });
  expect(await actor.click('Soft')).toMatchObject({ ok: false, miss: 'disabled' });
});

it('does not act on a page that is gone', async () => {
  const actor = await at.open({ '/': `<button onclick="say('a')">Approve</button>${LOG}` });
  const look = actor.seen;
  const target = actor.find('Approve').id;
  await actor.act({ kind: 'reload' });
  const outcome = await actor.session.act({ kind: 'click', target }, look, {
    valueOf: actor.valueOf,
    signal: AbortSignal.timeout(60_000),
    settleMs: 1000,
  });
  expect(outcome).toMatchObject({ ok: false, miss: 'gone' });
  await actor.look();
  expect(actor.text()).toBe('');
});

it('notices labels that were swapped', async () => {
  const actor = await at.open(
    `<button id=a onclick="say('a')">Approve</button><button id=b onclick="say('b')">Reject</button><button onclick="[a.textContent,b.textContent]=[b.textContent,a.textContent]">Swap</button>${LOG}`,
  );
  const look = actor.seen;
  const target = actor.find('Approve').id;
  await actor.click('Swap');
  const outcome = await actor.session.act({ kind: 'click', target }, look, {
    valueOf: actor.valueOf,
    signal: AbortSignal.timeout(60_000),
    settleMs: 1000,
  });
  expect(outcome).toMatchObject({ ok: false, miss: 'replaced', error: 'button “Approve” is now button “Reject”' });
  await actor.look();
  expect(actor.text()).toBe('');
});

it('notices that a reused row now belongs to somebody else', async () => {
  const actor =
    await at.open(`<table><tbody>${['Dana Reyes', 'Ann Lee'].map((name) => `<tr><td>${name}</td><td><button onclick="say('removed '+this.closest('tr').cells[0].textContent)">Remove</button></td></tr>`).join('')}</tbody></table>
    <button onclick="const c=[...document.querySelectorAll('td:first-child')];[c[0].textContent,c[1].textContent]=[c[1].textContent,c[0].textContent]">Sort</button>${LOG}`);
  const look = actor.seen;
  const target = look.candidates.find(({ context }) => context.row === 'Dana Reyes')!.id;
  await actor.click('Sort');
  const outcome = await actor.session.act({ kind: 'click', target }, look, {
    valueOf: actor.valueOf,
    signal: AbortSignal.timeout(60_000),
    settleMs: 1000,
  });
  expect(outcome).toMatchObject({ ok: false, miss: 'replaced', error: 'button “Remove” of “Dana Reyes” now stands in “Ann Lee”' });
  await actor.look();
  expect(actor.text()).not.toContain('removed');
});

it('notices that a reused dialog now asks about something else', async () => {
  const actor = await at.open(
    `<dialog id=d aria-labelledby=h><h2 id=h>Delete Roadmap?</h2><button onclick="say('deleted')">Delete</button><button onclick="h.textContent='Delete Backlog?'">Other</button></dialog>${LOG}<script>d.show()</script>`,
  );
  const look = actor.seen;
  const target = actor.find('Delete').id;
  await actor.click('Other');
  const outcome = await actor.session.act({ kind: 'click', target }, look, {
    valueOf: actor.valueOf,
    signal: AbortSignal.timeout(60_000),
    settleMs: 1000,
  });
  expect(outcome).toMatchObject({ ok: false, miss: 'replaced' });
});

it('holds back a press on an element that changes its name in the last moment', async () => {
  const actor = await at.open(
    `<button id=a onclick="say(this.textContent)">Approve</button>${LOG}<script>addEventListener('mousemove',(e)=>{if(e.clientX>0)a.textContent='Reject'})</script>`,
  );
  expect(await actor.click('Approve')).toMatchObject({ ok: false, miss: 'covered' });
  expect(actor.text()).toBe('');
});

it('presses a button that shows a tip of itself under the mouse', async () => {
  const actor = await at.open(
    `<style>button span{display:none}button:hover span{display:inline}</style><button onclick="say('saved')">Save<span> your work</span></button>${LOG}`,
  );
  expect(await actor.click('Save')).toMatchObject({ ok: true });
  expect(actor.text()).toContain('saved');
});

it('notices that an element was taken out and another put in its place', async () => {
  const actor = await at.open(
    `<div id=box><button onclick="say('old')">Remove</button></div><button onclick="box.innerHTML='<button onclick=say(1)>Remove</button>'">Render</button>${LOG}`,
  );
  const look = actor.seen;
  const target = actor.find('Remove').id;
  await actor.click('Render');
  const outcome = await actor.session.act({ kind: 'click', target }, look, {
    valueOf: actor.valueOf,
    signal: AbortSignal.timeout(60_000),
    settleMs: 1000,
  });
  expect(outcome).toMatchObject({ ok: false, miss: 'gone' });
  await actor.look();
  expect(actor.text()).toBe('');
  expect(actor.find('Remove').id).not.toBe(target);
});

it('holds back a press that would land on something that jumped in between', async () => {
  const actor =
    await at.open(`<div style="height:60px"></div><button id=a style="position:absolute;top:10px;left:10px;width:90px" onclick="say('a')">Approve</button>
    <button style="position:absolute;top:200px;left:10px;width:90px" onclick="say('b')" id=b>Reject</button>${LOG}
    <script>addEventListener('mousemove',(e)=>{if(e.clientX===0)return;a.style.top='200px';b.style.top='10px'})</script>`);
  const outcome = await actor.click('Approve');
  expect(outcome).toMatchObject({ ok: false, miss: 'covered' });
  expect(outcome.error).toContain('Reject');
  expect(actor.text()).toBe('');
});

it('presses inside frames, scrolled and scaled', async () => {
  const actor = await at.open({
    '/': `<p style="height:1500px">x</p><iframe title=F src=/f width=300 height=150 style="transform:scale(.5);transform-origin:0 0;border:5px solid"></iframe>${LOG}`,
    '/f': `<p style="height:600px">x</p><button onclick="parent.say('framed')">In</button>`,
  });
  expect(await actor.click('In')).toMatchObject({ ok: true });
  expect(actor.text()).toContain('framed');
});

it('presses inside shadow trees', async () => {
  const actor = await at.open(
    `<x-box></x-box>${LOG}<script>customElements.define('x-box',class extends HTMLElement{connectedCallback(){const r=this.attachShadow({mode:'closed'});r.innerHTML='<button>In</button>';r.querySelector('button').onclick=()=>say('shadow')}})</script>`,
  );
  expect(await actor.click('In')).toMatchObject({ ok: true });
  expect(actor.text()).toContain('shadow');
});

it('opens a menu by hovering and keeps it open to press in it', async () => {
  const actor = await at.open(
    `<style>#m:not(:hover) ul{display:none}</style><div id=m><button>Products</button><ul><li><a href="#one" onclick="say('one')">One</a></ul></div>${LOG}`,
  );
  await actor.act({ kind: 'hover', target: actor.find('Products').id });
  expect((await actor.click('One')).ok).toBe(true);
  expect(actor.text()).toContain('one');
});

it('waits for a button that slides in to stand still', async () => {
  const actor = await at.open(
    `<style>@keyframes in{from{transform:translateX(600px)}}button{animation:in .3s linear}</style><button onclick="say('ok')">Slide</button>${LOG}`,
  );
  expect((await actor.click('Slide')).ok).toBe(true);
  expect(actor.text()).toContain('ok');
});

it('presses keys on a target or on what has the focus', async () => {
  const actor = await at.open(
    `<input aria-label=A><input aria-label=B>${LOG}<script>addEventListener('keydown',e=>say((document.activeElement.ariaLabel||'')+(e.ctrlKey&&e.key==='a'?'ctrl+':'')+e.key))</script>`,
  );
  await actor.act({ kind: 'press', key: 'Enter', target: actor.find('B').id });
  await actor.act({ kind: 'press', key: 'ctrl+a' });
  await actor.act({ kind: 'press', key: 'esc' });
  expect(actor.text()).toBe('BEnter | BControl | Bctrl+a | BEscape');
  expect(await actor.act({ kind: 'press', key: 'the enter key' })).toMatchObject({ ok: false, miss: 'refused' });
});
