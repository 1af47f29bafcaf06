import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSocket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { findBrowser } from '../../src/browser/find.ts';
import { type InlineOptions, newFolder, type Ran, runInline } from './run-inline.ts';

const PASSWORD = 'c4nary-Secret!7';

interface Club {
  url: string;
  members: { email: string; role: string }[];
}

/** Three pages: a list whose rows look alike, a form of every kind of field, and what the API says. */
async function startClub(): Promise<Club> {
  const members = [
    { email: 'dana@club.test', role: 'Viewer' },
    { email: 'jo@club.test', role: 'Editor' },
  ];
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0];
    if (request.method === 'POST') {
      const form = new URLSearchParams(await bodyOf(request));
      if (path === '/members') members.push({ email: form.get('email') ?? '', role: form.get('role') ?? '' });
      else
        members.splice(
          members.findIndex(({ email }) => `/members/${email}/remove` === decodeURIComponent(path ?? '')),
          1,
        );
      response.writeHead(303, { location: '/members' }).end();
    } else if (path === '/api/members') response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(members));
    else
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(path === '/members' ? membersPage(members) : page('<h1>Welcome</h1><p>A club.</p>'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, members };
}

const page = (body: string): string =>
  `<!doctype html><html lang="en"><title>Club</title><nav aria-label="Club"><a href="/">Home</a> <a href="/members">Members</a></nav><main>${body}</main></html>`;
const membersPage = (members: Club['members']): string =>
  page(`<h1>Members</h1>
<table><thead><tr><th>E-mail</th><th>Role</th><th></th></tr></thead><tbody>${members.map(({ email, role }) => `<tr><td>${email}</td><td>${role}</td><td><form method="post" action="/members/${encodeURIComponent(email)}/remove"><button>Remove</button></form></td></tr>`).join('')}</tbody></table>
<form method="post" action="/members" aria-label="Invite"><h2>Invite somebody</h2><label>E-mail <input name="email" type="email" required></label> <label>First password <input type="password" name="password" autocomplete="new-password"></label>
<label>Role <select name="role"><option>Viewer</option><option>Editor</option></select></label> <label><input type="checkbox" name="welcome"> Send a welcome letter</label> <button>Send invitation</button></form>`);

/** A list that asks before it deletes, and asks for a new name, both by the browser itself. */
async function startShelf(): Promise<{ url: string; titles: string[] }> {
  const titles = ['Amber Letters', 'Copper Letters'];
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await bodyOf(request));
    const at = titles.indexOf(form.get('title') ?? '');
    if (request.method === 'POST') titles.splice(at, 1, ...(request.url === '/rename' ? [form.get('name') ?? ''] : []));
    if (request.url === '/api/books') response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(titles));
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(shelfPage(titles));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, titles };
}

const shelfPage = (titles: readonly string[]): string =>
  `<!doctype html><html lang="en"><title>Shelf</title><h1>Books</h1><table>${titles.map((title) => `<tr><td>${title}</td><td><button onclick="send('/rename', '${title}', prompt('New title'))">Rename</button> <button onclick="if (confirm('Delete this book?')) send('/delete', '${title}')">Delete</button></td></tr>`).join('')}</table>
<script>const send = (path, title, name) => name !== null && fetch(path, { method: 'POST', body: new URLSearchParams({ title, name }) }).then(() => location.reload());</script>`;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** A browser that somebody has open already. */
async function openOwnBrowser(): Promise<{ endpoint: string; person: Browser }> {
  const socket = createSocket();
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo;
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  const { executable } = findBrowser({ config: { channel: 'headless-shell', headless: true }, env: process.env });
  const browser = await chromium.launch({
    executablePath: executable,
    args: [`--remote-debugging-port=${port}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const person = await chromium.connectOverCDP(endpoint);
  onTestFinished(async () => {
    await person.close();
    await browser.close();
  });
  return { endpoint, person };
}

/** Runs `record` and does something in its page meanwhile. */
async function recording(files: Record<string, string>, args: string[], dir: string, act: (page: Page) => Promise<void>): Promise<Ran> {
  const { endpoint, person } = await openOwnBrowser();
  let acting: Promise<void> | undefined;
  const watch: InlineOptions['watch'] = ({ stderr }) => {
    if (!stderr.includes('Following you')) return;
    acting ??= (async () => {
      const shown = person.contexts()[0]!.pages().at(-1)!;
      await act(shown);
      await shown.close();
    })();
  };
  const ran = await runInline(files, ['record', ...args, '--connect', endpoint], { dir, watch });
  await acting;
  return ran;
}

test('a person who is followed has written an intent that replays, and that the embedded agent can read', async () => {
  const club = await startClub();
  const dir = await newFolder();
  const config = {
    'intentwright.config.yaml': `targets:\n  local: { url: "${club.url}" }\nsecrets:\n  FIRST_PASSWORD: { generate: true }\nbrowser: { channel: headless-shell }\ndefaults: { settle: 200ms }\n`,
  };
  const ran = await recording(config, [club.url, '--title', 'Invite an editor', '--proof', '/api/members'], dir, async (shown) => {
    await shown.getByRole('link', { name: 'Members' }).click();
    await shown.getByRole('textbox', { name: 'E-mail' }).click();
    await shown.keyboard.type('casey@club.test');
    await shown.keyboard.press('Tab');
    await shown.keyboard.type(PASSWORD);
    await shown.keyboard.press('Tab');
    await shown.keyboard.press('ArrowDown');
    await shown.getByText('Send a welcome letter').click();
    await shown.getByRole('button', { name: 'Send invitation' }).click();
    await shown.getByRole('row', { name: /dana/ }).getByRole('button').click();
    await shown.getByRole('row', { name: /dana/ }).waitFor({ state: 'detached' });
  });
  expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('npx intentwright run invite-an-editor') });
  expect(club.members.map(({ email, role }) => `${email} ${role}`)).toEqual(['jo@club.test Editor', 'casey@club.test Editor']);

  const intent = ran.read('intents/invite-an-editor.intent.yaml');
  expect(intent.split('\n').filter((line) => /^ {2}/.test(line))).toEqual([
    '  email: casey+${run.id}@club.test',
    '  - Open "Members"',
    '  - Enter ${email} into "E-mail", enter ${secret:FIRST_PASSWORD} into "First password", choose "Editor" in "Role", tick "Send a welcome letter" and click "Send invitation"',
    '  - Click "Remove" in the row of "dana@club.test"',
    '  - invite-an-editor-is-stored: { email: "${email}" }',
  ]);
  const lock = ran.read('intents/invite-an-editor.lock.yaml');
  expect(lock).toContain('Nothing has been proved by it yet');
  expect(lock).toContain('=> POST /members');
  expect(`${ran.stdout}${ran.stderr}${intent}${lock}`).not.toContain(PASSWORD);

  club.members.splice(0, 9, { email: 'dana@club.test', role: 'Viewer' }, { email: 'jo@club.test', role: 'Editor' });
  const replayed = await runInline({}, ['run', '--frozen'], { dir });
  expect({ out: replayed.stdout, code: replayed.exitCode }).toEqual({ out: expect.stringContaining('1 passed'), code: 0 });
  expect(club.members).toEqual([
    { email: 'jo@club.test', role: 'Editor' },
    { email: expect.stringMatching(/^casey\+\w+@club\.test$/), role: 'Editor' },
  ]);

  club.members.splice(0, 9, { email: 'dana@club.test', role: 'Viewer' }, { email: 'jo@club.test', role: 'Editor' });
  const fresh = await runInline({}, ['run', '--fresh'], { dir });
  expect({ out: fresh.stdout, agents: fresh.result?.intents[0]?.agent }).toEqual({
    out: expect.stringContaining('1 passed'),
    agents: expect.objectContaining({ replay: 0, model: 0 }),
  });
  expect(club.members).toHaveLength(2);
  expect(await runInline({}, ['record', club.url, '--title', 'Invite an editor'], { dir })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('there is an intent invite-an-editor already'),
  });
});

test('what the browser itself asks is answered by the person, and their answer is part of the way', async () => {
  const shelf = await startShelf();
  const dir = await newFolder();
  const config = {
    'intentwright.config.yaml': `targets:\n  local: { url: "${shelf.url}" }\nbrowser: { channel: headless-shell }\ndefaults: { settle: 200ms }\n`,
  };
  const ran = await recording(config, [shelf.url, '--title', 'Tidy up', '--proof', '/api/books'], dir, async (shown) => {
    const answers = ['Golden Letters', true, false];
    shown.on('dialog', (dialog) => {
      const answer = answers.shift();
      void (answer === false ? dialog.dismiss() : dialog.accept(answer === true ? undefined : answer));
    });
    await shown.getByRole('row', { name: /Amber/ }).getByRole('button', { name: 'Rename' }).click();
    await shown.getByRole('row', { name: /Golden/ }).waitFor();
    await shown
      .getByRole('row', { name: /Copper/ })
      .getByRole('button', { name: 'Delete' })
      .click();
    await shown.getByRole('row', { name: /Copper/ }).waitFor({ state: 'detached' });
    await shown
      .getByRole('row', { name: /Golden/ })
      .getByRole('button', { name: 'Delete' })
      .click();
  });
  expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('proved by /api/books showing "Golden Letters"') });
  expect(shelf.titles).toEqual(['Golden Letters']);
  const intent = ran.read('intents/tidy-up.intent.yaml');
  expect(intent.split('\n').filter((line) => /^ {2}- /.test(line))).toEqual([
    '  - Click "Rename" in the row of "Amber Letters" and enter "Golden Letters"',
    '  - Click "Delete" in the row of "Copper Letters" and click "OK"',
    '  - Click "Delete" in the row of "Golden Letters" and click "Cancel"',
    '  - tidy-up-is-stored',
  ]);
  for (const way of ['--frozen', '--fresh']) {
    shelf.titles.splice(0, 9, 'Amber Letters', 'Copper Letters');
    const again = await runInline({}, ['run', way], { dir });
    expect({ way, out: again.stdout, titles: shelf.titles }).toEqual({
      way,
      out: expect.stringContaining('1 passed'),
      titles: ['Golden Letters'],
    });
  }
});
