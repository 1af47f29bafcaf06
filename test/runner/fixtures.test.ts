import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fixture, FixtureAction } from '../../src/core/intent.ts';
import type { ProbeQuery } from '../../src/core/invariant.ts';
import type { ProbeReader } from '../../src/oracle/port.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { type FixtureContext, setUpFixture, undoFixture } from '../../src/runner/fixtures.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { MailCatcher } from '../../demo/mail/catcher.ts';
import { servicesWith } from '../conformance/services.ts';

const dir = mkdtempSync(join(tmpdir(), 'iw-fixtures-'));
const seen: { method: string; path: string; headers: IncomingHttpHeaders; body: string }[] = [];
let server: Server;
let reader: ProbeReader;
let mails: MailCatcher;
let smtp: number;
let context: FixtureContext;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      seen.push({ method: request.method!, path: request.url!, headers: request.headers, body });
      response
        .writeHead(request.url === '/refused' ? 409 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ id: 'rule_7' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const database = new DatabaseSync(join(dir, 'app.sqlite'));
  database.exec('create table users (email text unique, run text); create table other (n int)');
  database.close();
  mails = new MailCatcher();
  smtp = await mails.listen(0);
  await new Promise<void>((resolve) => mails.http.listen(0, '127.0.0.1', resolve));
  const connections = [
    { name: 'app', probe: 'sql', settings: { sqlite: join(dir, 'app.sqlite'), test: true } },
    { name: 'live', probe: 'sql', settings: { sqlite: join(dir, 'app.sqlite') } },
    { name: 'box', probe: 'mail', settings: { url: `http://127.0.0.1:${(mails.http.address() as AddressInfo).port}` } },
  ];
  reader = await openReader({ connections, services: servicesWith(), maxInFlight: 4 });
  context = {
    root: dir,
    baseUrl,
    scope: { run: { id: 'iw1' } },
    env: {},
    headers: { 'x-workflow-id': 'iw1' },
    clock: systemClock,
    signal: AbortSignal.timeout(240_000),
    connections,
    reader,
    production: false,
    guard: { checkFixture: () => undefined, checkProgram: () => undefined, checkUnwatched: () => undefined, env: {} },
    fetchAs: async (who, request) => {
      const answer = await fetch(request.url, {
        method: request.method,
        headers: { ...request.headers, cookie: String(who) },
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      return { status: answer.status, headers: {}, body: await answer.text() };
    },
  };
});
afterAll(async () => {
  await reader.close();
  server.closeAllConnections();
  server.close();
  mails.close();
  mails.http.closeAllConnections();
  mails.http.close();
  rmSync(dir, { recursive: true, force: true });
});

const fixture = (actions: FixtureAction[], more: Partial<Fixture> = {}): Fixture => ({
  name: 'state',
  params: [],
  do: actions,
  undo: [],
  where: { file: 'fixtures.yaml', line: 3, col: 1 },
  ...more,
});
const http = (more: Partial<Extract<FixtureAction, { kind: 'http' }>> = {}): FixtureAction => ({
  kind: 'http',
  method: 'POST',
  url: '/hook',
  headers: {},
  ...more,
});
const make = (actions: FixtureAction[], more?: Partial<Fixture>, by = context) => setUpFixture(fixture(actions, more), {}, by);
const sql = (...statements: string[]): FixtureAction => ({
  kind: 'sql',
  on: 'app',
  statements,
  with: { email: "o'hara@x.test", run: '${run.id}' },
});
const left: ProbeQuery = {
  probe: 'sql',
  on: 'app',
  args: { query: 'select email from users where run = :run', with: { run: '${run.id}' } },
};
const emails = () => reader.read({ probe: 'sql', on: 'app', args: { query: 'select email from users' } }, AbortSignal.timeout(60_000));

describe('a request', () => {
  test.each([
    ['hex', (body: string) => createHmac('sha256', 'whsec').update(body).digest('hex')],
    ['base64', (body: string) => createHmac('sha256', 'whsec').update(body).digest('base64')],
    ['prefixed', (body: string) => `sha256=${createHmac('sha256', 'whsec').update(body).digest('hex')}`],
  ] as const)('is signed as providers sign their webhooks: %s', async (style, signature) => {
    await make([http({ json: { paid: true }, sign: { secret: 'whsec', header: 'x-sign', style } })]);
    const { headers, body } = seen.at(-1)!;
    expect({ body, sign: headers['x-sign'], workflow: headers['x-workflow-id'] }).toEqual({
      body: '{"paid":true}',
      sign: signature('{"paid":true}'),
      workflow: 'iw1',
    });
  });
  test('is signed with its time', async () => {
    await make([http({ body: 'x', sign: { secret: 'whsec', header: 'x-sign', style: 'timestamped' } })]);
    const [, at, signature] = /^t=(\d+),v1=(\w+)$/.exec(String(seen.at(-1)!.headers['x-sign']))!;
    expect(signature).toBe(createHmac('sha256', 'whsec').update(`${at}.x`).digest('hex'));
  });
  test('is sent as somebody', async () => {
    await make([http({ as: 'sid=casey' })]);
    expect(seen.at(-1)!.headers.cookie).toBe('sid=casey');
  });
  test('that is refused fails with its place', async () => {
    await expect(make([http({ url: '/refused' })])).rejects.toMatchObject({
      code: 'FIXTURE_FAILED',
      at: 'fixtures.yaml:3:1',
      message: expect.stringMatching(/POST .*\/refused answered 409/),
    });
  });
});

describe('statements on a test database', () => {
  test('are carried out with values, all or none', async () => {
    await make([sql('insert into users values (:email, :run)', 'insert into other values (1)')]);
    expect(await emails()).toEqual([{ email: "o'hara@x.test" }]);
    await expect(
      make([sql("insert into users values ('second@x.test', :run)", 'insert into users values (:email, :run)')]),
    ).rejects.toThrow(/UNIQUE/);
    expect(await emails()).toHaveLength(1);
  });
  test('are not carried out where the connection does not say that it is one, nor in production', async () => {
    const write: FixtureAction = { kind: 'sql', on: 'live', statements: ['delete from users'], with: {} };
    await expect(make([write])).rejects.toMatchObject({
      message: expect.stringContaining('live is not marked as a test database'),
      hint: expect.stringContaining('test: true'),
    });
    await expect(make([sql('delete from users')], {}, { ...context, production: true })).rejects.toThrow('when the target is production');
    expect(await emails()).toHaveLength(1);
  });
});

describe('an undo', () => {
  test('is looked after: what it leaves is told', async () => {
    const forgetful = fixture([], { leftBehind: left, undo: [sql("update users set email = 'x'")] });
    await expect(undoFixture(forgetful, {}, context, undefined)).rejects.toMatchObject({
      message: 'left behind: 1 row, the first of them {"email":"x"}',
      at: 'fixtures.yaml:3:1',
    });
    await expect(
      undoFixture(fixture([], { leftBehind: left, undo: [sql('delete from users where run = :run')] }), {}, context, undefined),
    ).resolves.toBeUndefined();
  });
  test('knows what was answered when it was made', async () => {
    const flag = fixture([http({ url: '/rules' })], { undo: [http({ method: 'DELETE', url: '/rules/${answer.id}' })] });
    const { answer } = await setUpFixture(flag, {}, context);
    await undoFixture(flag, {}, context, answer);
    expect(seen.at(-1)).toMatchObject({ method: 'DELETE', path: '/rules/rule_7' });
  });
});

describe('mail', () => {
  test('is delivered to the application, and a link of it is followed', async () => {
    await make([
      {
        kind: 'deliver-mail',
        smtp: `smtp://127.0.0.1:${smtp}`,
        from: 'bob@x.test',
        to: 'in@x.test',
        subject: 'A question',
        text: `See ${context.baseUrl}/answer?token=t1`,
      },
    ]);
    const { outputs } = await make([{ kind: 'follow-mail', to: 'in@x.test', subject: 'question', link: '/answer' }]);
    expect(outputs).toEqual({ url: `${context.baseUrl}/answer?token=t1`, status: 200 });
    expect(seen.at(-1)).toMatchObject({ method: 'GET', path: '/answer?token=t1' });
  });
  test('that is late is waited for', async () => {
    const following = make([{ kind: 'follow-mail', to: 'late@x.test' }]);
    await createTransport({ host: '127.0.0.1', port: smtp, secure: false }).sendMail({
      from: 'a@x.test',
      to: 'late@x.test',
      subject: 'Late',
      text: `${context.baseUrl}/late`,
    });
    expect((await following).outputs).toMatchObject({ status: 200 });
  });
});

test('a program and a function of a team answer with outputs', async () => {
  writeFileSync(
    join(dir, 'make.ts'),
    'export const make = ({ with: given, scope }: { with: { n: number }; scope: { run: { id: string } } }) => ({ n: given.n + 1, run: scope.run.id });',
  );
  const { outputs } = await make(
    [
      { kind: 'command', command: ['node', '-e', 'console.log(JSON.stringify({ n: Number(process.env.N) }))'], env: { N: '41' } },
      { kind: 'module', file: join(dir, 'make.ts'), export: 'make', with: { n: '${answer.n}' } },
    ],
    { capture: { n: 'n', run: 'run' } },
  );
  expect(outputs).toEqual({ n: 42, run: 'iw1' });
});
