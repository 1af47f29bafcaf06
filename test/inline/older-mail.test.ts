import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { runInline } from './run-inline.ts';

interface Team {
  url: string;
  /** Ids of the invitations that were accepted. */
  accepted: string[];
}

/** Somebody was invited long ago; whoever invites them now sends another mail after a second, or none. */
async function startTeam({ sends }: { sends: boolean }): Promise<Team> {
  const mails = [{ id: 'old', at: '2026-01-01T00:00:00.000Z' }];
  const accepted: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const url = `http://${request.headers.host}`;
    const json = (value: unknown): void => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const html = (body: string): void =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Team</title><main>${body}</main>`);
    if (path.startsWith('/api/mails'))
      return json(
        mails.map(({ id, at }) => ({
          id,
          at,
          to: 'dana@example.test',
          from: 'team@example.test',
          subject: 'You are invited',
          text: `Accept: ${url}/accept/${id}`,
          html: `<a href="${url}/accept/${id}">Accept the invitation</a>`,
        })),
      );
    if (path === '/api/accepted') return json(accepted);
    if (path.startsWith('/accept/')) {
      accepted.push(path.slice('/accept/'.length));
      return html('<h1>Welcome</h1>');
    }
    if (request.method === 'POST') {
      if (sends) setTimeout(() => mails.push({ id: 'new', at: new Date().toISOString() }), 1000);
      return html('<p role="status">Invited</p>');
    }
    html('<h1>Team</h1><form method="post"><label>E-mail <input name="email" required></label><button>Invite</button></form>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, accepted };
}

const project = (url: string, steps: string[]): Record<string, string> => ({
  'intentwright.config.yaml': `targets: { local: { url: "${url}" } }\nbrowser: { channel: headless-shell }\ndefaults: { settle: 200ms }\nconnections: { post: { mail: { url: "${url}" } } }\n`,
  'intents/invite.intent.yaml': `intent: Invite Dana\nactors: { admin: {}, dana: { mailbox: dana@example.test } }\njourney:\n${steps.map((step) => `  - ${step}\n`).join('')}then: [ accepted ]\nwithin: 2s\n`,
  'invariants/team.yaml':
    'accepted:\n  says: an invitation was accepted\n  eventually: { http: { path: /api/accepted, pick: "$" }, expect: { count: 1 } }\n',
});

const INVITE = 'admin: Invite "dana@example.test"';
const ACCEPT = 'dana: Open the invitation mail and follow its link';

test('the mail that a journey brings about is waited for, and not what an earlier one left in the mailbox', async () => {
  const team = await startTeam({ sends: true });
  expect(await runInline(project(team.url, [INVITE, ACCEPT]), ['run'])).toMatchObject({
    exitCode: 0,
    result: { intents: [{ status: 'passed' }] },
  });
  expect(team.accepted).toEqual(['new']);
});

test('when none comes, the older one is not taken instead', async () => {
  const team = await startTeam({ sends: false });
  expect(await runInline(project(team.url, [INVITE, ACCEPT]), ['run'])).toMatchObject({
    exitCode: 1,
    result: { intents: [{ status: 'blocked' }] },
  });
  expect(team.accepted).toEqual([]);
});

test('a journey that begins with the mail opens what is there', async () => {
  const team = await startTeam({ sends: false });
  expect(await runInline(project(team.url, [ACCEPT]), ['run'])).toMatchObject({ exitCode: 0 });
  expect(team.accepted).toEqual(['old']);
});
