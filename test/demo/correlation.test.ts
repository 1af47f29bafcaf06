import { afterAll, beforeAll, expect, test } from 'vitest';
import { Teamspace } from './teamspace.ts';
import { flows } from './flows.ts';
import { Visitor } from './visitor.ts';

let teamspace: Teamspace;
beforeAll(async () => {
  teamspace = await Teamspace.start();
});
afterAll(async () => {
  await teamspace.stop();
});

interface Diagnostics {
  jobs: { kind: string; status: string }[];
  events: { kind: string; workflow: string }[];
  mails: { to: string; workflow: string }[];
  webhooks: { webhooks: { type: string; answers: number[] }[] };
  requests: { method: string; path: string; status: number }[];
}

test('a workflow id is carried through rows, jobs, mails, events, the provider and its webhooks', async () => {
  await flows.buyPro(teamspace, 'followed');
  const found = await teamspace.support<Diagnostics>('GET', '/test/diagnostics?workflow=followed');
  expect(found.jobs.map((job) => job.kind).toSorted()).toEqual(['apply_payment', 'send_mail', 'set_entitlements']);
  expect(found.events.map((event) => event.kind)).toEqual(
    expect.arrayContaining(['checkout.started', 'checkout.returned', 'subscription.activated']),
  );
  expect(found.mails).toMatchObject([{ workflow: 'followed' }]);
  expect(found.webhooks.webhooks).toMatchObject([{ type: 'checkout.paid', answers: [200, 200] }]);
  expect(found.requests).toEqual(
    expect.arrayContaining([expect.objectContaining({ method: 'POST', path: '/webhooks/payments', status: 200 })]),
  );
});

test('events are found by the trace of a request', async () => {
  const org = await teamspace.seed('org-with-admin', 'traced');
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  await fetch(`${teamspace.ready.url}${org.path}/members/invite`, {
    method: 'POST',
    body: new URLSearchParams({ email: 'x@example.test', role: 'viewer' }),
    headers: { cookie: org.admin?.session ?? '', accept: 'application/json', traceparent: `00-${trace}-00f067aa0ba902b7-01` },
  });
  expect(await teamspace.support('GET', `/api/events?trace=${trace}`)).toMatchObject([
    { kind: 'member.invited', subject: 'x@example.test', trace },
  ]);
});

test('a refusal is a 403 and an audit event, and the same request of an admin is accepted', async () => {
  const org = await teamspace.seed('org-with-team', 'refused');
  const path = `${org.path}/members/${org.dana?.membership}/remove`;
  expect((await new Visitor(teamspace.ready, 'refused', org.viewer?.session).post(path)).status).toBe(403);
  expect(await teamspace.support('GET', '/api/events?workflow=refused&kind=access.refused')).toMatchObject([
    { actor: org.viewer?.email, subject: path },
  ]);
  expect((await new Visitor(teamspace.ready, 'refused', org.admin?.session).post(path)).status).toBe(200);
});

test('flags are evaluated by OFREP, aimed by rules, and told apart from unknown ones', async () => {
  const { flags, token } = teamspace.ready;
  const ask = async (key: string, context: Record<string, string>) => {
    const response = await fetch(`${flags}/ofrep/v1/evaluate/flags/${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ context: { targetingKey: 'u', ...context } }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  expect(await ask('billing-return-path', { segment: 'enterprise' })).toMatchObject({
    status: 200,
    value: 'billing/welcome',
    reason: 'TARGETING_MATCH',
  });
  expect(await ask('no-such-flag', {})).toMatchObject({ status: 404, errorCode: 'FLAG_NOT_FOUND' });
  const rules = {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ flag: 'guided-setup', when: { org: 'org_x' }, variant: 'on' }),
  };
  const { id } = (await (await fetch(`${flags}/rules`, rules)).json()) as { id: string };
  expect(await ask('guided-setup', { org: 'org_x' })).toMatchObject({ value: true });
  expect(await ask('guided-setup', { org: 'org_y' })).toMatchObject({ value: false, reason: 'STATIC' });
  await fetch(`${flags}/rules/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
  expect(await ask('guided-setup', { org: 'org_x' })).toMatchObject({ value: false });
});

test('a form sent after the session ended is kept, and is there after signing in', async () => {
  const org = await teamspace.seed('org-with-editor', 'kept');
  const editor = new Visitor(teamspace.ready, 'kept', org.editor?.session);
  await teamspace.support('POST', '/test/expire-session', { email: org.editor?.email });
  const refused = await editor.post(`${org.project.path}/edit`, { name: 'Roadmap', description: 'Long text', version: '1' });
  expect(refused).toMatchObject({ status: 401, location: expect.stringContaining('/login?next=') });
  const next = new URL(refused.location ?? '', teamspace.ready.url).searchParams.get('next') ?? '';
  const signedIn = await editor.post('/login', { email: org.editor?.email ?? '', password: org.editor?.password ?? '', next });
  expect((await editor.get(signedIn.location ?? '')).text).toContain('Long text');
  expect(await teamspace.rows('select description from projects where id = :id', { id: org.project.id })).toEqual([
    { description: 'What we build next, and when.' },
  ]);
});
