import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const at = stage();

it('lets the agent answer a page that asks before it is left', async () => {
  const actor = await at.open({
    '/': `<input aria-label=Draft><a href=/next>Next</a><script>addEventListener('beforeunload',e=>{e.preventDefault()})</script>`,
    '/next': '<h1>Next</h1>',
  });
  await actor.fill('Draft', 'words');
  await actor.click('Next');
  expect(actor.seen.nativeDialog?.type).toBe('beforeunload');
  await actor.act({ kind: 'dialog', accept: false });
  expect(actor.seen.path).toBe('/');
  await actor.click('Next');
  expect(await actor.act({ kind: 'dialog', accept: true })).toMatchObject({ ok: true });
  expect(actor.seen.path).toBe('/next');
});

it('closes a tab that opens on another host', async () => {
  const actor = await at.open({
    '/': `<a href="http://elsewhere.example/" target=_blank>Out</a><button onclick="window.open('http://elsewhere.example/x')">Script</button>`,
  });
  for (const name of ['Out', 'Script']) {
    const outcome = await actor.click(name);
    expect(outcome.events.join()).toContain('elsewhere.example, which is not the application’s');
    expect(actor.seen.tabs).toHaveLength(1);
    expect(actor.seen.path).toBe('/');
  }
});

it('denies what a page asks the person for', async () => {
  const actor = await at.open(
    `<p id=out></p><button onclick="navigator.geolocation.getCurrentPosition(()=>out.textContent='granted',()=>out.textContent='denied')">Where</button><button onclick="Notification.requestPermission().then(p=>out.textContent='notify '+p)">Notify</button>`,
  );
  await actor.click('Where');
  expect(actor.text()).toBe('denied');
  await actor.click('Notify');
  expect(actor.text()).not.toBe('notify granted');
});

it('says that a page asked for a file, and goes on', async () => {
  const actor = await at.open(`<input type=file hidden id=f><button onclick="f.click()">Attach</button><button>Other</button>`);
  expect(await actor.click('Attach')).toMatchObject({ ok: true });
  expect(await actor.click('Other')).toMatchObject({ ok: true });
});

it('shows a page that asks for a password of the browser as the error page it is', async () => {
  const actor = await at.open({
    '/': '<a href=/inner>In</a>',
    '/inner': (_, response) =>
      void response.writeHead(401, { 'www-authenticate': 'Basic realm=x', 'content-type': 'text/html' }).end('<h1>Sign in</h1>'),
  });
  await actor.click('In');
  expect(actor.seen.notices[0]?.kind).toBe('error-page');
});

it('shows that a page could not be loaded at all', async () => {
  const actor = await at.open({ '/': '<a href=/dead>Go</a>', '/dead': (_, response) => void response.destroy() });
  const outcome = await actor.click('Go');
  expect(outcome.ok).toBe(true);
  expect(actor.seen.notices[0]).toMatchObject({ kind: 'error-page', text: expect.stringContaining('the page could not be loaded') });
  await actor.act({ kind: 'back' });
  expect(actor.seen.path).toBe('/');
});

it('reads a page that replaces its document while it is looked at', async () => {
  const actor = await at.open({
    '/': '<a href=/a>Go</a>',
    '/a': '<script>location.replace("/b")</script>',
    '/b': '<script>setTimeout(()=>location.replace("/c"),30)</script>',
    '/c': '<h1>There</h1>',
  });
  await actor.click('Go');
  for (let tries = 0; actor.seen.path !== '/c' && tries < 50; tries++) await actor.look();
  expect(actor.text()).toBe('There');
});

it('keeps its footing on a page that rewrites the built-ins scripts rely on', async () => {
  const actor = await at.open(`<button onclick="this.textContent='Done'">Go</button><p>Text</p><script>
    Array.prototype.toJSON=()=>'broken';Object.prototype.extra='x';Array.prototype.map=()=>{throw 1};JSON.stringify=()=>'no';window.getComputedStyle=()=>({});Element.prototype.getBoundingClientRect=()=>({});window.setTimeout=()=>0;Map=class{};WeakSet=undefined</script>`);
  expect(actor.names()).toEqual(['button Go']);
  expect(await actor.click('Go')).toMatchObject({ ok: true });
  expect(actor.names()).toEqual(['button Done']);
});

it('reads and fills a form whose fields are called like properties of the form', async () => {
  const actor = await at.open({
    '/': `<form id=f action=/x>${['id', 'name', 'action', 'method', 'title', 'children', 'labels', 'inert', 'draggable', 'matches', 'length', 'elements', 'submit'].map((name) => `<label>${name} <input name=${name}></label>`).join('')}<button>Send</button></form>`,
    '/x': '<h1>Sent</h1>',
  });
  expect(actor.names()).toContain('button Send');
  expect(actor.names()).toHaveLength(14);
  expect(await actor.fill('children', '2')).toMatchObject({ ok: true });
  await actor.click('Send');
  expect(actor.seen.path).toContain('children=2');
});

it('leaves no trace that a page could notice by accident', async () => {
  const actor =
    await at.open(`<button>Go</button><p id=out></p><script>const before=Object.keys(window).length;const names=Object.getOwnPropertyNames(window).length;
    const host=document.createElement('x-y');host.attachShadow({mode:'closed'});setTimeout(()=>{out.textContent=[Object.keys(window).length-before,Object.getOwnPropertyNames(window).length-names,String(host.shadowRoot),document.documentElement.attributes.length].join()},50)</script>`);
  await actor.click('Go');
  expect(actor.text()).toBe('0,0,null,0');
});
