import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { runInline } from './run-inline.ts';

const servers: Server[] = [];
afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

/** Members of a team that only an admin may remove or rename. `leaks`: its page lets everybody, and its API does not. `lax`: its API lets everybody who has been to its page. */
async function startTeam({ leaks = false, lax = false } = {}): Promise<{ url: string; members: string[]; refill(): void }> {
  const members: string[] = [];
  const refill = (): void => void members.splice(0, 9, 'Dana', 'Eli', 'Fay');
  refill();
  const server = createServer((request, response) => {
    const who = /sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    const json = (status: number, body: unknown = {}): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const [, place, deed, name = ''] = (request.url ?? '').split('/');
    if (place === 'members') return json(200, members);
    if (request.method !== 'POST') {
      const buttons = members.map(
        (member) =>
          `<li>${member} <form method="post" action="/page/remove/${member}">${leaks || who === 'admin' ? `<button>Remove ${member}</button>` : ''}</form></li>`,
      );
      return void response
        .writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'been=here' })
        .end(`<!doctype html><title>Team</title><h1>Team</h1><ul>${buttons.join('')}</ul>`);
    }
    const at = members.indexOf(name);
    if (at === -1) return json(404);
    if (lax && !request.headers.cookie?.includes('been=here')) return json(403);
    if (who !== 'admin' && !lax && !(leaks && place === 'page')) return json(403);
    if (deed === 'remove') members.splice(at, 1);
    else members[at] = `${name} II`;
    return place === 'page'
      ? void response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!doctype html><title>Team</title><h1>Team</h1><p role="status">Removed</p>')
      : json(200);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, members, refill };
}

const project = (url: string, then: string, invariants: string) => ({
  'intentwright.config.yaml': `targets:\n  local: { url: "${url}" }\nbrowser: { channel: headless-shell }\ndefaults: { settle: 0s }\n`,
  'intents/viewer.intent.yaml': `intent: A viewer removes nobody
actors:
  viewer: { session: sid=viewer }
journey:
  - viewer: { tries: Remove Dana }
then: [${then}]
`,
  'invariants/access.yaml': invariants,
});

const MEMBERS = '{ http: { path: /members, pick: $ } }';
const access = (name: string, deed: string, whom: string, control: string, unchanged = `\n    unchanged: ${MEMBERS}`): string => `${name}:
  says: a viewer cannot ${deed} ${whom}
  access:
    may_not: { as: sid=viewer, request: { method: POST, path: /api/${deed}/${whom} } }
    may: { as: sid=admin, request: { method: POST, path: /api/${deed}/${control} } }${unchanged}
`;

test('two refusals over the same state: neither try and neither control is held against the other', async () => {
  const team = await startTeam();
  const both = access('no-removing', 'remove', 'Dana', 'Eli') + access('no-renaming', 'rename', 'Dana', 'Fay');
  const { result, exitCode } = await runInline(project(team.url, 'no-removing, no-renaming', both), ['run']);
  expect(result!.intents[0]).toMatchObject({
    status: 'passed',
    verdicts: expect.arrayContaining([expect.objectContaining({ invariant: 'no-renaming', reason: 'refused-with-control' })]),
  });
  expect(exitCode).toBe(0);
  // The first control takes away what the second one needs: that is no refusal of an admin.
  team.refill();
  const clash = access('no-removing', 'remove', 'Dana', 'Eli') + access('no-renaming', 'rename', 'Dana', 'Eli');
  const spoiled = await runInline(project(team.url, 'no-removing, no-renaming', clash), ['run']);
  expect(spoiled.result!.intents[0]).toMatchObject({
    status: 'errored',
    cause: 'spec',
    causeWhy: expect.stringContaining('only after the control of no-removing was accepted'),
  });
  expect((await runInline({}, ['recheck'], { dir: spoiled.dir })).exitCode).toBe(0);
});

test('a try that the page let through is not proven refused by a request that comes too late to be allowed', async () => {
  // Dana is gone by the page; what the API then answers is 404, which looks like a refusal.
  const team = await startTeam({ leaks: true });
  const blind = await runInline(project(team.url, 'no-removing', access('no-removing', 'remove', 'Dana', 'Eli', '')), ['run']);
  expect(team.members).not.toContain('Dana');
  expect(blind.result!.intents[0]).toMatchObject({
    status: 'unproven',
    cause: 'spec',
    sentence: expect.stringContaining(
      'sent POST /page/remove/Dana, answered 200, and no access invariant says with unchanged: that nothing came of it',
    ),
  });
  expect(blind.exitCode).toBe(1);
  expect((await runInline({}, ['recheck'], { dir: blind.dir })).exitCode).toBe(0);
  team.refill();
  const seeing = await runInline(project(team.url, 'no-removing', access('no-removing', 'remove', 'Dana', 'Eli')), ['run']);
  expect(seeing.result!.intents[0]).toMatchObject({
    status: 'failed',
    cause: 'product',
    verdicts: expect.arrayContaining([
      expect.objectContaining({ reason: 'state-touched', found: expect.stringContaining('before the first step') }),
    ]),
  });
  // And without any access invariant, a hidden button is no proof, whatever else holds.
  const hidden = await startTeam();
  const flipping = `${access('no-removing', 'remove', 'Dana', 'Eli')}asked:\n  says: the page was asked for\n  eventually: { requests: { path: "/" }, expect: { count: { gte: 1 } } }\n`;
  expect((await runInline(project(hidden.url, 'asked', flipping), ['run'])).result!.intents[0]).toMatchObject({
    status: 'unproven',
    sentence: expect.stringContaining('no access invariant proves that it is refused'),
  });
});

test('a control that is another request is a mistake in the files', async () => {
  const wrong = access('no-removing', 'remove', 'Dana', 'Eli').replace('path: /api/remove/Eli', 'path: /api/rename/Eli');
  const { exitCode, stderr } = await runInline(project('http://127.0.0.1:1', 'no-removing', wrong), ['check']);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining('the control is not the same request: /api/remove/Dana is not /api/rename/Eli'),
  });
});

test('somebody who has done nothing yet is not proven to be refused because they have never opened the application', async () => {
  const team = await startTeam({ lax: true });
  const files = {
    ...project(
      team.url,
      'no-removing',
      access('no-removing', 'remove', 'Dana', 'Eli', '').replace('as: sid=viewer', 'as: viewer').replace('as: sid=admin', 'as: admin'),
    ),
    'intents/viewer.intent.yaml': `intent: A viewer removes nobody
actors:
  admin: { session: sid=admin }
  viewer: { session: sid=viewer }
journey:
  - admin: Remove Fay
then: [no-removing]
`,
  };
  const { result, exitCode } = await runInline(files, ['run']);
  expect(result!.intents[0]).toMatchObject({
    status: 'failed',
    verdicts: expect.arrayContaining([expect.objectContaining({ invariant: 'no-removing', status: 'violated' })]),
  });
  expect(exitCode).toBe(1);
});
