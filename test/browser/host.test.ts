import { execFileSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resolverRules } from '../../src/browser/fence.ts';
import { findBrowser } from '../../src/browser/find.ts';
import { BROWSER, stage, type Actor } from './stage.ts';

const at = stage({ hangMs: 1500 });

it('prefers the headless shell when nobody watches, a windowed browser when somebody does', () => {
  const found = findBrowser({ config: BROWSER, env: process.env });
  expect(found.shell).toBe(true);
  expect(at.host.version).toMatch(/^chromium-headless-shell \d+\./);
});

it('says with one command how to get a browser when there is none', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'intentwright-none-'));
  const find = (config: Partial<typeof BROWSER>, platform: NodeJS.Platform): unknown => {
    try {
      return findBrowser({ config: { ...BROWSER, ...config }, env: { PATH: empty, HOME: empty }, platform });
    } catch (error) {
      return error;
    }
  };
  expect(find({}, 'sunos')).toMatchObject({ code: 'BROWSER_MISSING', hint: 'run: npx playwright install --only-shell chromium' });
  expect(find({ channel: 'msedge' }, 'sunos')).toMatchObject({ hint: 'run: npx playwright install msedge' });
  expect(find({ executable: join(empty, 'chrome') }, 'linux')).toMatchObject({
    code: 'BROWSER_MISSING',
    message: expect.stringContaining('is not a program that can be run'),
  });
});

it('resolves the application’s hosts, with their ports, and no other name', () => {
  expect(resolverRules(['app.test', '127.0.0.1:4000', 'https://pay.test', 'http://127.0.0.1:4000/x'])).toBe(
    'MAP app.test app.test, MAP 127.0.0.1:4000 127.0.0.1:4000, MAP pay.test:443 pay.test:443, MAP * ~NOTFOUND',
  );
});

it('keeps every other host out: fetch, image, frame, redirect, socket, literal address', async () => {
  const reached: string[] = [];
  const forbidden = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
  }).on('upgrade', (request, socket) => {
    reached.push(`socket ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => forbidden.listen(0, '127.0.0.2', resolve));
  const port = (forbidden.address() as AddressInfo).port;
  const target = `http://127.0.0.2:${port}`;
  const actor = await at.open({
    '/': `<img src="${target}/img"><iframe src="${target}/frame"></iframe><button onclick="Promise.allSettled([fetch('${target}/fetch',{mode:'no-cors'}),fetch('/away',{mode:'no-cors'}),new Promise(r=>{const s=new WebSocket('ws://127.0.0.2:${port}/ws');s.onclose=r})]).then(()=>this.textContent='Done')">Try</button>`,
    '/away': (_, response) => void response.writeHead(302, { location: `${target}/redirect` }).end(),
  });
  await actor.click('Try');
  expect(actor.names()).toContain('button Done');
  expect(reached).toEqual([]);
  await new Promise((resolve) => forbidden.close(resolve));
});

it('starts again after the browser was killed', async () => {
  const actor = await at.open('<h1>Hi</h1>');
  kill((args) => args.includes('headless') && !args.includes('--type='));
  await expect(lookOn(actor)).rejects.toMatchObject({ code: 'BROWSER_CRASHED' });
  const outcome = await actor.session.act({ kind: 'reload' }, actor.seen, {
    valueOf: actor.valueOf,
    signal: AbortSignal.timeout(60_000),
    settleMs: 500,
  });
  expect(outcome).toMatchObject({ ok: false });
  expect((await at.open('<h1>Again</h1>')).text()).toBe('Again');
});

it('notices a page that has crashed', async () => {
  const actor = await at.open('<h1>Hi</h1>');
  kill((args) => args.includes('--type=renderer'));
  await expect(lookOn(actor)).rejects.toMatchObject({ code: 'BROWSER_CRASHED' });
  expect(actor.events.map(({ kind }) => kind)).toContain('crash');
});

it('notices a page that hangs, says so, and leaves the others alone', async () => {
  const other = await at.open('<h1>Other</h1>');
  const actor = await at.open('<button onclick="for(;;);">Hang</button>');
  await expect(actor.click('Hang')).rejects.toMatchObject({ code: 'PAGE_HUNG' });
  await actor.session.close();
  expect((await other.look()).passages[0]!.text).toBe('Other');
});

/** Looks until it fails: a death takes a moment to be noticed. */
async function lookOn(actor: Actor): Promise<never> {
  for (;;) await actor.look();
}

/** Kills those processes of this test's browser whose command line fits. */
function kill(fits: (args: string) => boolean): void {
  const rows = execFileSync('ps', ['-eo', 'pid,ppid,args'])
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)!);
  const own = [process.pid];
  for (const pid of own) for (const row of rows) if (Number(row[2]) === pid) own.push(Number(row[1]));
  for (const row of rows) if (own.includes(Number(row[1])) && fits(row[3]!)) process.kill(Number(row[1]), 'SIGKILL');
}
