import { expect, it } from 'vitest';
import { stage, type Handler } from '../stage.ts';

const at = stage();
const after =
  (ms: number, text: string): Handler =>
  (_, response) =>
    void setTimeout(() => response.end(text), ms);
const OUT = '<p id=out></p>';

it('sees what a click brings: at once, by timers, by frames, by requests, in a chain of them', async () => {
  const actor = await at.open({
    '/': `${OUT}<button onclick="out.textContent='now'">Now</button><button onclick="setTimeout(()=>out.textContent='timer',300)">Timer</button>
    <button onclick="requestAnimationFrame(()=>requestAnimationFrame(()=>out.textContent='frame'))">Frame</button>
    <button onclick="fetch('/slow').then(r=>r.text()).then(t=>fetch('/more')).then(r=>r.text()).then(t=>out.textContent=t)">Chain</button>
    <button onclick="new MessageChannel().port1.postMessage;const c=new MessageChannel();c.port1.onmessage=()=>out.textContent='message';c.port2.postMessage(1)">Message</button>`,
    '/slow': after(150, 'slow'),
    '/more': after(100, 'more'),
  });
  for (const [name, text] of [
    ['Now', 'now'],
    ['Timer', 'timer'],
    ['Frame', 'frame'],
    ['Chain', 'more'],
    ['Message', 'message'],
  ] as const) {
    await actor.click(name);
    expect(actor.text()).toBe(text);
  }
});

it('waits for a search that is debounced and then asked for', async () => {
  const actor = await at.open({
    '/': `<input aria-label=Find><ul id=l></ul><script>let t;document.querySelector('input').oninput=(e)=>{clearTimeout(t);t=setTimeout(()=>fetch('/q').then(r=>r.text()).then(x=>l.innerHTML='<li>'+x),300)}</script>`,
    '/q': after(80, 'Dana Reyes'),
  });
  await actor.fill('Find', 'dana');
  expect(actor.text()).toBe('Dana Reyes');
});

it('follows a navigation to the page it leads to, through a redirect, and waits for that page’s own data', async () => {
  const actor = await at.open({
    '/': `<a href=/go>Go</a>`,
    '/go': (_, response) => void setTimeout(() => response.writeHead(302, { location: '/end' }).end(), 80),
    '/end': `<p id=out>…</p><script>fetch('/data').then(r=>r.text()).then(t=>out.textContent=t)</script>`,
    '/data': after(120, 'arrived'),
  });
  const outcome = await actor.click('Go');
  expect(outcome).toMatchObject({ ok: true, navigated: true });
  expect(actor.seen.path).toBe('/end');
  expect(actor.text()).toBe('arrived');
  expect(outcome.requests.map(({ method, template, status, kind }) => [method, template, status, kind])).toEqual([
    ['GET', '/go', 302, 'document'],
    ['GET', '/end', 200, 'document'],
    ['GET', '/data', 200, 'fetch'],
  ]);
});

it('does not give up on a form that is being sent, however long the answer takes, nor on a script that goes elsewhere', async () => {
  const actor = await at.open({
    '/': `<form method=post action=/save><button>Send</button></form><button onclick="Promise.resolve().then(()=>location.assign('/end'))">Leave</button>`,
    '/save': (_, response) => void setTimeout(() => response.writeHead(303, { location: '/end' }).end(), 700),
    '/end': '<h1>End</h1>',
  });
  const sent = await actor.click('Send');
  expect(sent).toMatchObject({ ok: true, navigated: true });
  expect(sent.requests.map(({ method, changes }) => [method, changes])).toEqual([
    ['POST', true],
    ['GET', false],
  ]);
  await actor.act({ kind: 'back' });
  expect(await actor.click('Leave')).toMatchObject({ navigated: true });
});

it('tells a router that changes the address from a page that is left', async () => {
  const actor = await at.open(
    `<a href=/inside>In</a><p id=out></p><script>navigation.addEventListener('navigate',e=>{if(e.destination.url.endsWith('/inside'))e.intercept({handler:async()=>{out.textContent='routed'}})})</script>`,
  );
  const outcome = await actor.click('In');
  expect(outcome).toMatchObject({ ok: true, navigated: true, events: [] });
  expect(actor.text()).toBe('routed');
  expect(actor.seen.path).toBe('/inside');
});

it('waits for what a page says it is still busy with', async () => {
  const actor = await at.open({
    '/': `<a href=/late>Go</a>`,
    '/late': `<main aria-busy=true>…</main><script>setTimeout(()=>document.querySelector('main').replaceWith(document.createTextNode('here')),900)</script>`,
  });
  await actor.click('Go');
  expect(actor.text()).toBe('here');
});

it('sees the end of a transition, not its middle', async () => {
  const actor = await at.open(
    `<style>dialog{opacity:1;transition:opacity .3s}dialog.out{opacity:0}</style><div role=dialog aria-label=Ask id=d style="transition:opacity .3s"><button onclick="d.style.opacity=0;d.ontransitionend=()=>d.remove()">Close</button></div>`,
  );
  await actor.click('Close');
  expect(actor.seen.dialog).toBeUndefined();
  expect(actor.names()).toEqual([]);
});

it('is not held up by what goes on for ever: polls, streams, clocks, spinners, long polls', async () => {
  const actor = await at.open({
    '/': `${OUT}<b id=clock></b><style>@keyframes s{to{transform:rotate(1turn)}}i{display:inline-block;animation:s 1s infinite}</style><i>x</i><button onclick="out.textContent='ok'">Go</button><script>
    setInterval(()=>clock.textContent=performance.now(),40);const poll=()=>fetch('/poll').then(()=>setTimeout(poll,50));poll();new EventSource('/events');fetch('/hang')</script>`,
    '/poll': after(20, 'x'),
    '/hang': () => undefined,
    '/events': (_, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n'),
  });
  await actor.click('Go');
  expect(await actor.click('Go')).toMatchObject({ ok: true, events: [] });
  expect(actor.text()).toContain('ok');
});

it('is bounded when a request of the action itself never ends', async () => {
  const actor = await at.open({ '/': `<button onclick="fetch('/hang',{method:'POST'})">Go</button>`, '/hang': () => undefined });
  const outcome = await actor.act({ kind: 'click', target: actor.find('Go').id }, { settleMs: 700 });
  expect(outcome).toMatchObject({ ok: true, events: ['the page was still busy when the wait ended'] });
  expect(outcome.requests[0]).toMatchObject({ method: 'POST', template: '/hang', changes: true });
});

it('does not wait for the end of its patience after a click that causes nothing', async () => {
  const actor = await at.open(`<button>Nothing</button>`);
  const { ms } = await actor.act({ kind: 'click', target: actor.find('Nothing').id }, { settleMs: 20_000 });
  expect(ms).toBeLessThan(10_000);
});

it('waits for a text, or for anything new, and says when it did not come', async () => {
  const actor = await at.open(`${OUT}<script>setTimeout(()=>out.textContent='Ready now',900)</script>`);
  expect(await actor.act({ kind: 'wait', text: 'ready' })).toMatchObject({ ok: true, events: [] });
  expect(actor.text()).toBe('Ready now');
  expect(await actor.act({ kind: 'wait', text: 'never' }, { settleMs: 200 })).toMatchObject({
    ok: true,
    events: ['“never” did not appear'],
  });
});

it('waits for anything new when no text is named, clocks apart', async () => {
  const actor = await at.open(
    `<b id=clock></b>${OUT}<button>Start</button><script>setInterval(()=>clock.textContent=performance.now(),30);setTimeout(()=>{out.textContent='new'},1500)</script>`,
  );
  await actor.click('Start');
  await actor.act({ kind: 'wait' });
  await actor.act({ kind: 'wait' });
  expect(actor.text()).toContain('new');
});
