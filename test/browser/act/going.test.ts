import { expect, it } from 'vitest';
import type { MailItem } from '../../../src/core/observation.ts';
import { stage } from '../stage.ts';

const at = stage();
const mailTo = (url: string): MailItem => ({
  id: 'm1',
  to: 'casey@example.test',
  from: 'team@example.test',
  subject: 'You are invited',
  text: 'Accept',
  at: '2027-01-01T00:00:00Z',
  links: [{ id: 1, text: 'Accept', url }],
  codes: [],
});

it('goes to paths of the application and to nothing else', async () => {
  const actor = await at.open({ '/': '<h1>Start</h1>', '/team': '<h1>Team</h1>' });
  expect(await actor.act({ kind: 'goto', path: '/team' })).toMatchObject({ ok: true, navigated: true });
  expect(actor.seen.path).toBe('/team');
  for (const path of [
    'https://evil.example/',
    '//evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    `${actor.base}.evil.example/`,
  ]) {
    expect(await actor.act({ kind: 'goto', path })).toMatchObject({ ok: false, miss: 'refused' });
  }
  expect(actor.seen.path).toBe('/team');
});

it('goes back and reloads', async () => {
  const actor = await at.open({ '/': '<a href=/two>Two</a>', '/two': '<h1>Two</h1>' });
  await actor.click('Two');
  expect(await actor.act({ kind: 'reload' })).toMatchObject({ ok: true, navigated: true });
  expect(actor.seen.path).toBe('/two');
  expect(await actor.act({ kind: 'back' })).toMatchObject({ ok: true, navigated: true });
  expect(actor.seen.path).toBe('/');
});

it('opens links of the actor’s own mail, on the application only', async () => {
  const actor = await at.open({ '/': '<h1>Start</h1>', '/accept': '<h1>Welcome</h1>' });
  actor.session.showMail([mailTo(`${actor.base}/accept?token=abc`)]);
  expect((await actor.look()).mail[0]!.subject).toBe('You are invited');
  expect(await actor.act({ kind: 'mail', mail: 'm1', link: 1 })).toMatchObject({ ok: true, navigated: true });
  expect(actor.seen.path).toBe('/accept?token=abc');
  expect(await actor.act({ kind: 'mail', mail: 'm1', link: 2 })).toMatchObject({ ok: false, miss: 'gone' });
  actor.session.showMail([mailTo('https://phish.example/accept')]);
  expect(await actor.act({ kind: 'mail', mail: 'm1', link: 1 })).toMatchObject({
    ok: false,
    miss: 'refused',
    error: 'the link “Accept” of the mail leads to phish.example, which is not the application’s',
  });
});

it('stays on the application when a page leads elsewhere, and says so', async () => {
  const actor = await at.open({
    '/': '<a href=http://elsewhere.example/x>Out</a><a href=/bounce>Bounce</a>',
    '/bounce': (_, response) => void response.writeHead(302, { location: 'http://elsewhere.example/y' }).end(),
  });
  for (const name of ['Out', 'Bounce']) {
    expect((await actor.click(name)).events).toContain('the page went to elsewhere.example, which is not the application’s; went back');
    expect(actor.seen.path).toBe('/');
  }
  expect(actor.events.filter(({ kind }) => kind === 'host-refused')).toHaveLength(2);
});

it('leaves another port of the same host, which no resolver rule keeps out', async () => {
  const other = await at.site({ '/': '<h1>Not ours</h1>' });
  const actor = await at.open({ '/': `<a href="${other}/">Out</a>` });
  expect((await actor.click('Out')).events.join()).toContain('which is not the application’s');
  expect(actor.seen.path).toBe('/');
});

it('moves on to a tab that a page opens, back when it closes, and between tabs', async () => {
  const actor = await at.open({
    '/': '<title>One</title><a href=/two target=_blank>Open</a>',
    '/two': '<title>Two</title><button onclick="window.close()">Done</button>',
  });
  const outcome = await actor.click('Open');
  expect(outcome).toMatchObject({ ok: true, navigated: true });
  expect(outcome.events.join()).toContain('a new tab opened');
  expect(actor.seen.tabs).toEqual([
    { index: 0, title: 'One', path: '/', current: false },
    { index: 1, title: 'Two', path: '/two', current: true },
  ]);
  expect(await actor.act({ kind: 'tab', index: 0 })).toMatchObject({ ok: true });
  expect(actor.names()).toEqual(['link Open']);
  await actor.act({ kind: 'tab', index: 1 });
  await actor.click('Done');
  expect(actor.seen.tabs).toHaveLength(1);
  expect(actor.names()).toEqual(['link Open']);
  expect(await actor.act({ kind: 'tab', index: 7 })).toMatchObject({ ok: false, miss: 'gone' });
});

it('does not act on a tab that is not in front', async () => {
  const actor = await at.open({ '/': '<a href=/two target=_blank>Open</a>', '/two': '<h1>Two</h1>' });
  const first = actor.seen;
  const target = actor.find('Open').id;
  await actor.click('Open');
  const outcome = await actor.session.act({ kind: 'click', target }, first, {
    valueOf: actor.valueOf,
    signal: AbortSignal.timeout(60_000),
    settleMs: 1000,
  });
  expect(outcome).toMatchObject({ ok: false, miss: 'gone', error: 'another tab is in front now' });
});

it('holds native dialogs for the agent: alert, confirm, prompt', async () => {
  const actor = await at.open(
    `<p id=out></p><button onclick="alert('Careful');out.textContent='told'">Alert</button><button onclick="out.textContent=confirm('Delete?')">Confirm</button><button onclick="out.textContent=prompt('Name?','x')">Prompt</button>`,
  );
  expect(await actor.click('Alert')).toMatchObject({ ok: true, events: ['alert: Careful'] });
  expect(actor.seen.nativeDialog).toEqual({ type: 'alert', message: 'Careful' });
  expect(actor.seen.candidates).toEqual([]);
  expect(await actor.act({ kind: 'scroll', direction: 'down' })).toMatchObject({
    ok: false,
    miss: 'covered',
    error: 'a native alert waits for an answer',
  });
  await actor.act({ kind: 'dialog', accept: true });
  expect(actor.text()).toBe('told');
  await actor.click('Confirm');
  await actor.act({ kind: 'dialog', accept: false });
  expect(actor.text()).toBe('false');
  await actor.click('Prompt');
  expect(actor.seen.nativeDialog).toEqual({ type: 'prompt', message: 'Name?', defaultValue: 'x' });
  await actor.act({ kind: 'dialog', accept: true, text: { from: 'step', text: 'Casey' } });
  expect(actor.text()).toBe('Casey');
  expect(await actor.act({ kind: 'dialog', accept: true })).toMatchObject({ ok: false, miss: 'gone' });
});

it('closes with a dialog still open', async () => {
  const actor = await at.open(`<button onclick="confirm('?')">Ask</button>`);
  await actor.click('Ask');
  await actor.session.close();
});

it('keeps downloads under a name of its own inside the folder', async () => {
  const actor = await at.open({
    '/': '<a href=/report>Export</a>',
    '/report': (_, response) =>
      void response.writeHead(200, { 'content-disposition': 'attachment; filename="../../Sales 2027.CSV"' }).end('a,b\n1,2\n'),
  });
  const outcome = await actor.click('Export');
  expect(outcome.events.join()).toMatch(/^downloaded “[^/]*Sales 2027.CSV” \(8 bytes\) as 01-[\w.-]+\.csv$/);
  expect(outcome.ok).toBe(true);
});
