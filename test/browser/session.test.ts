import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stage, type Handler } from './stage.ts';

const at = stage();
const echo: Handler = (request, response, body) =>
  void response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ method: request.method, headers: request.headers, body }));

it('signs an actor in by a Cookie header, by saved state or by headers, each actor alone', async () => {
  const pages = {
    '/': '<p id=out></p><script>fetch("/who").then(r=>r.json()).then(j=>out.textContent=(j.headers.cookie||"none")+" "+(j.headers["x-key"]||"")+" "+(localStorage.theme||""))</script>',
    '/who': echo,
  };
  const read = async (session: unknown): Promise<string> => (await at.open(pages, { session })).text();
  expect(await read('sid=abc; csrf=x=y')).toBe('sid=abc; csrf=x=y');
  const base = await at.site(pages);
  const saved = {
    cookies: [{ name: 'sid', value: 's', domain: '127.0.0.1', path: '/' }],
    origins: [{ origin: base, localStorage: [{ name: 'theme', value: 'dark' }] }],
  };
  expect((await at.open(pages, { session: saved, baseUrl: base, origins: [base] })).text()).toBe('sid=s dark');
  expect(await read({ headers: { 'x-key': 'k1' } })).toBe('none k1');
  expect(await read(undefined)).toBe('none');
  await expect(read('nonsense')).rejects.toMatchObject({ code: 'SPEC_INVALID' });
});

it('sends the correlation headers of the moment with every request of the application', async () => {
  let step = 'w1';
  const actor = await at.open(
    {
      '/': '<p id=out></p><button onclick="fetch(`/who`).then(r=>r.json()).then(j=>out.textContent=j.headers[`x-workflow-id`])">Ask</button>',
      '/who': echo,
    },
    { correlation: () => ({ 'x-workflow-id': step }) },
  );
  await actor.click('Ask');
  expect(actor.text()).toBe('w1');
  step = 'w2';
  await actor.click('Ask');
  expect(actor.text()).toBe('w2');
  const answer = await actor.session.fetch({ method: 'GET', url: '/who' }, AbortSignal.timeout(60_000));
  expect(JSON.parse(answer.body).headers['x-workflow-id']).toBe('w2');
});

it('does not break requests to the application’s other origins by its headers', async () => {
  const seen: string[] = [];
  const api = await at.site({
    '/data': (request, response) => {
      seen.push(`${request.method} ${request.headers['x-workflow-id'] ?? '-'}`);
      if (request.method === 'OPTIONS') return void response.writeHead(403).end();
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end('from the api');
    },
    '/page': (request, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end(`<p>${request.headers['x-workflow-id']}</p>`),
  });
  const base = await at.site({
    '/': `<p id=out></p><button onclick="fetch('${api}/data').then(r=>r.text(),()=>'refused').then(t=>out.textContent=t)">Ask</button><a href="${api}/page">Go</a>`,
  });
  const actor = await at.open({}, { baseUrl: base, origins: [base, api], correlation: () => ({ 'x-workflow-id': 'w9' }) });
  await actor.click('Ask');
  expect(actor.text()).toBe('from the api');
  expect(seen).toEqual(['GET w9']);
  await actor.click('Go');
  expect(actor.text()).toBe('w9');
});

it('fetches as the actor; a redirect is the answer, at home and abroad', async () => {
  const actor = await at.open(
    {
      '/': 'x',
      '/who': echo,
      '/home': (_, response) => void response.writeHead(302, { location: '/who' }).end(),
      '/away': (_, response) => void response.writeHead(302, { location: 'http://elsewhere.example/' }).end(),
    },
    { session: 'sid=abc' },
  );
  const ask = (url: string, more = {}) => actor.session.fetch({ method: 'GET', url, ...more }, AbortSignal.timeout(60_000));
  expect(JSON.parse((await ask('/who')).body).headers.cookie).toBe('sid=abc');
  expect(await ask('/home')).toMatchObject({ status: 302, headers: { location: '/who' } });
  expect((await ask('/away')).status).toBe(302);
  expect((await ask('/missing')).status).toBe(404);
  const posted = JSON.parse((await ask('/who', { method: 'POST', json: { a: 1 } })).body);
  expect(posted).toMatchObject({ method: 'POST', body: '{"a":1}' });
  expect(posted.headers['content-type']).toBe('application/json');
  expect(JSON.parse((await ask('/who', { method: 'POST', form: { a: 'b c' } })).body).body).toBe('a=b+c');
  await expect(ask('http://elsewhere.example/')).rejects.toMatchObject({ code: 'HOST_REFUSED' });
});

it('keeps a ledger of requests, each told once when it has ended, and puts them down to the action that caused them', async () => {
  const actor = await at.open({
    '/': `<button onclick="fetch('/orgs/17/members/9b2e8c1a-3f4d-4e5f-8a9b-0c1d2e3f4a5b?token=secret&q=1',{method:'POST',body:'x'})">Send</button><button onclick="fetch('/fail').catch(()=>{})">Fail</button><button onclick="navigator.sendBeacon('/analytics/collect','x')">Track</button>`,
    '/orgs/17/members/9b2e8c1a-3f4d-4e5f-8a9b-0c1d2e3f4a5b': (_, response) => void response.writeHead(201).end(),
    '/fail': (_, response) => void response.destroy(),
    '/analytics/collect': echo,
  });
  const first = actor.session.requests().length;
  const sent = await actor.click('Send');
  expect(sent.requests).toEqual([
    {
      id: first + 1,
      method: 'POST',
      url: `${actor.base}/orgs/17/members/9b2e8c1a-3f4d-4e5f-8a9b-0c1d2e3f4a5b?token=…&q=…`,
      template: '/orgs/:id/members/:id',
      status: 201,
      ms: expect.any(Number),
      kind: 'fetch',
      changes: true,
      own: true,
    },
  ]);
  expect((await actor.click('Fail')).requests[0]).toMatchObject({
    template: '/fail',
    changes: false,
    failed: expect.stringContaining('ERR_'),
  });
  expect((await actor.click('Track')).requests[0]).toMatchObject({ method: 'POST', changes: false });
  await actor.session.close();
  expect(actor.ended.map(({ id }) => id).sort((a, b) => a - b)).toEqual(actor.session.requests().map(({ id }) => id));
});

it('collects the errors that the application’s own pages log or throw', async () => {
  const actor = await at.open({
    '/': `<button onclick="console.error('broke',1);setTimeout(()=>{throw new Error('boom')})">Go</button><button onclick="Promise.reject(new Error('rejected'))">Reject</button>`,
  });
  await actor.click('Go');
  await actor.click('Reject');
  expect(actor.session.faults().map(({ kind, text }) => [kind, text])).toEqual([
    ['console-error', 'broke 1'],
    ['exception', 'boom'],
    ['exception', 'rejected'],
  ]);
});

it('masks what must not be seen in everything it shows', async () => {
  const actor = await at.open(
    `<title>canary-17</title><h1>canary-17</h1><a href="/x?canary-17">canary-17 link</a><button onclick="document.title='x';console.error('canary-17');alert('canary-17')">canary-17 button</button>`,
    { mask: (text) => text.replaceAll('canary-17', '•••') },
  );
  const outcome = await actor.click('••• button');
  expect(outcome.ok).toBe(true);
  expect(JSON.stringify([actor.seen, outcome, actor.events, actor.session.faults(), actor.session.requests()])).not.toContain('canary');
});

it('draws a picture of the page', async () => {
  const actor = await at.open('<h1>Hi</h1>');
  const picture = await actor.session.picture();
  expect([...picture!.jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8]);
  await actor.session.close();
  expect(await actor.session.picture()).toBeUndefined();
});

it('keeps a trace where one is asked for', async () => {
  const trace = join(at.folder, 'trace.zip');
  const actor = await at.open('<button>Go</button>', { artifacts: { trace } });
  await actor.click('Go');
  await actor.session.close();
  expect((await stat(trace)).size).toBeGreaterThan(1000);
});

it('tells a target so that it can be found again', async () => {
  const actor = await at.open(`<main><h2>Members</h2><table><tr><td>Dana<td><button>Remove</button></tr></table></main>`);
  expect(actor.session.targetOf(actor.seen, actor.find('Remove').id)).toEqual({
    role: 'button',
    name: 'Remove',
    row: 'Dana',
    landmark: 'main',
    heading: 'Members',
  });
  expect(actor.session.targetOf(actor.seen, 999)).toBeUndefined();
});

it('acts on a copy of an observation as on the observation', async () => {
  const actor = await at.open(`<button onclick="this.remove()">Go</button>`);
  actor.seen = structuredClone(actor.seen);
  expect(await actor.click('Go')).toMatchObject({ ok: true });
  expect(actor.names()).toEqual([]);
});

it('says that an application does not answer', async () => {
  await expect(at.open({}, { baseUrl: 'http://127.0.0.1:9', origins: ['http://127.0.0.1:9'] })).rejects.toMatchObject({
    code: 'TARGET_UNREACHABLE',
  });
});
