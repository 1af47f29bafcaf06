import { describe, expect, it } from 'vitest';
import { createReplay } from '../../src/agents/replay.ts';
import type { LockedAction, Lockfile } from '../../src/core/lock.ts';
import { control, page, sent, step, told, walk } from './pages.ts';

const scope: Record<string, string> = { invitee: 'casey@example.test' };
const resolve = (template: string): string =>
  template.replace(/\$\{(?!secret:)([^}]+)\}/g, (raw, name: string) => {
    if (scope[name] === undefined) throw new Error(`${raw} is not defined`);
    return scope[name];
  });

const lockOf = (text: string, ...actions: Partial<LockedAction>[]): Lockfile => ({
  version: 1,
  intent: 'invite',
  actors: ['admin'],
  converges: {},
  steps: [
    {
      actor: 'admin',
      text,
      actions: actions.map((action) => ({ kind: 'click', page: '/members', commits: [], ...action }) as LockedAction),
    },
  ],
});

const INVITE = 'Invite ${invitee}';
const task = step(INVITE, { vars: scope });
const replaying = (lock: Lockfile | undefined) => walk(createReplay(lock, resolve), task);
const members = (...controls: ReturnType<typeof control>[]) => page({ path: '/members', controls });

describe('replay', () => {
  it('follows the recorded actions in order and is done when what they sent was sent again', async () => {
    const agent = replaying(
      lockOf(
        INVITE,
        { kind: 'fill', target: { role: 'textbox', name: 'Email' }, value: '${invitee}', from: 'var' },
        { target: { role: 'button', name: 'Send' }, commits: ['POST /invitations'] },
      ),
    );
    const form = members(control('textbox', 'Email'), control('button', 'Send'));
    const first = await agent.decide(form);
    expect(told(first)).toBe('fill textbox Email = ${invitee}');
    agent.did(first, form);
    const second = await agent.decide(form);
    expect(told(second)).toBe('click button Send');
    agent.did(second, form, { requests: [sent('POST', '/invitations')] });
    expect((await agent.decide(form)).kind).toBe('step-done');
  });

  it('says what it is going to do next, in this sentence or as the same person in the one after', async () => {
    const lock = lockOf(
      INVITE,
      { kind: 'fill', target: { role: 'textbox', name: 'Email' }, value: '${invitee}', from: 'var' },
      { target: { role: 'button', name: 'Send' } },
    );
    const { admin, other } = {
      admin: lockOf('Go on', { kind: 'check' }).steps[0]!,
      other: { actor: 'viewer', text: 'Go on', actions: [] },
    };
    const form = members(control('textbox', 'Email'), control('button', 'Send'));
    const next: unknown[] = [];
    for (const after of [admin, other]) {
      const agent = replaying({ ...lock, steps: [...lock.steps, after] });
      const first = await agent.decide(form);
      agent.did(first, form);
      next.push(...[first, await agent.decide(form)].map((decision) => decision.kind === 'act' && decision.next));
    }
    expect(next).toEqual(['click', 'check', 'click', undefined]);
  });

  it('does not take a step for carried out that had nothing to wait for last time and has today', async () => {
    const OPEN = 'Open the workspace as soon as it is ready';
    const opening = walk(createReplay(lockOf(OPEN), resolve), step(OPEN));
    expect((await opening.decide(page({ texts: ['Northwind'], controls: [] }))).kind).toBe('step-done');
    expect((await opening.decide(page({ texts: ['Northwind is being set up.'], controls: [] }))).kind).toBe('unsure');
  });

  it('waits for what the sentence waits for, and is done itself once it is so', async () => {
    const WAIT = 'Wait until the import is completed';
    const waiting = walk(createReplay(lockOf(WAIT), resolve), step(WAIT));
    const under = page({ texts: ['Import: running'], controls: [] });
    const look = await waiting.decide(under);
    expect(look).toMatchObject({ kind: 'act', action: { kind: 'wait' } });
    waiting.did(look, under);
    expect((await waiting.decide(page({ texts: ['Import: completed', 'Another import is in progress'], controls: [] }))).kind).not.toBe(
      'unsure',
    );
    expect((await waiting.decide(page({ texts: ['Import: completed'], controls: [] }))).kind).toBe('step-done');
  });

  it('is not done when the recorded request was not sent', async () => {
    const agent = replaying(lockOf(INVITE, { target: { role: 'button', name: 'Send' }, commits: ['POST /invitations'] }));
    const form = members(control('button', 'Send'));
    agent.did(await agent.decide(form), form);
    expect(await agent.decide(form)).toMatchObject({ kind: 'unsure', why: expect.stringContaining('POST /invitations was not sent') });
  });

  it.each([
    ['gone', members(control('button', 'Export')), /gone|renamed/],
    ['ambiguous', members(control('button', 'Send'), control('button', 'Send')), /ambiguous/],
    ['in a dialog now', page({ path: '/members', dialog: 'Invite', controls: [control('button', 'Send')] }), /moved/],
    ['disabled', members(control('button', 'Send', { disabled: true })), /disabled/],
    ['covered', members(control('button', 'Send', { coveredBy: 'a banner' })), /covered by a banner/],
    ['on another page', page({ path: '/billing', controls: [control('button', 'Send')] }), /it was done on \/members/],
  ])('hands over before it acts when the target is %s', async (_, observation, why) => {
    const decision = await replaying(lockOf(INVITE, { target: { role: 'button', name: 'Send' } })).decide(observation);
    expect(decision.kind).toBe('unsure');
    expect(decision.why).toMatch(why);
  });

  it('takes the same name in another row for another element', async () => {
    const rows = (name: string) =>
      members(
        control('button', 'Remove', { context: { row: `${name} Editor` } }),
        control('link', name, { context: { row: `${name} Editor` } }),
      );
    const lock = lockOf(INVITE, { target: { role: 'button', name: 'Remove', row: 'Apollo' } });
    expect((await replaying(lock).decide(rows('Apollo'))).kind).toBe('act');
    expect((await replaying(lock).decide(rows('Apollo II'))).kind).toBe('unsure');
  });

  it('finds a row by the variable in its anchor', async () => {
    const lock = lockOf(INVITE, { target: { role: 'button', name: 'Remove', row: '${invitee}' } });
    const observation = members(
      control('button', 'Remove', { context: { row: 'dana@example.test viewer' } }),
      control('button', 'Remove', { context: { row: 'casey@example.test editor' } }),
    );
    expect(await replaying(lock).decide(observation)).toMatchObject({ kind: 'act', action: { target: 2 } });
  });

  it('never types a value that was read from the page when it is not there any more', async () => {
    const lock = lockOf(INVITE, { kind: 'fill', target: { role: 'textbox', name: 'Code' }, value: '491722', from: 'page' });
    expect((await replaying(lock).decide(members(control('textbox', 'Code')))).kind).toBe('unsure');
    expect((await replaying(lock).decide(page({ path: '/members', controls: [control('textbox', 'Code')], texts: ['491722'] }))).kind).toBe(
      'act',
    );
  });

  it('hands over when the sentence is another one, or there is no lockfile', async () => {
    expect(
      (await replaying(lockOf('Invite somebody', { target: { role: 'button', name: 'Send' } })).decide(members(control('button', 'Send'))))
        .kind,
    ).toBe('unsure');
    expect((await replaying(undefined).decide(members())).kind).toBe('unsure');
  });

  it('hands over after an action of its own did not work, instead of trying again', async () => {
    const agent = replaying(lockOf(INVITE, { target: { role: 'button', name: 'Send' } }));
    const form = members(control('button', 'Send'));
    agent.did(await agent.decide(form), form, { ok: false, miss: 'covered', error: 'covered by a banner' });
    expect(await agent.decide(form)).toMatchObject({ kind: 'unsure', why: expect.stringContaining('covered by a banner') });
  });

  it('goes on behind what another agent has done in the meantime', async () => {
    const agent = replaying(
      lockOf(
        INVITE,
        { kind: 'fill', target: { role: 'textbox', name: 'Email' }, value: '${invitee}', from: 'var' },
        { target: { role: 'button', name: 'Send' }, commits: ['POST /invitations'] },
      ),
    );
    const renamed = members(control('textbox', 'Address'), control('button', 'Send'));
    agent.turns.push({
      step: 0,
      agent: 'builtin',
      action: { kind: 'fill', target: 1, value: { from: 'step', text: 'casey@example.test' } },
      target: { role: 'textbox', name: 'Address' },
      outcome: { ok: true, requests: [], events: [], navigated: false, ms: 1 },
      digest: '',
      path: '/members',
      added: [],
    });
    expect(told(await agent.decide(renamed))).toBe('click button Send');
  });

  it('opens the link of a mail whose text holds a token of today, and leaves two alike to others', async () => {
    const CONFIRM = 'Open the confirmation mail and follow its link';
    const lock = lockOf(CONFIRM, { kind: 'mail', page: '/', value: 'Welcome → https://app.test/confirm/*', from: 'page' });
    const inbox = (...paths: string[]) =>
      page({
        path: '/',
        controls: [],
        mail: [
          {
            id: 'm1',
            to: 'casey@example.test',
            from: 'app@example.test',
            subject: 'Welcome',
            text: '',
            codes: [],
            at: '2027-03-01T09:00:00.000Z',
            links: ['help', ...paths].map((text, index) => ({
              id: index + 1,
              text: `https://app.test/${text}`,
              url: `https://app.test/${text}`,
            })),
          },
        ],
      });
    const decide = (...paths: string[]) => walk(createReplay(lock, resolve), step(CONFIRM, { hasMailbox: true })).decide(inbox(...paths));
    expect(await decide('confirm/Xy7_aa-Q0pLmN2z')).toMatchObject({ action: { kind: 'mail', mail: 'm1', link: 2 } });
    expect((await decide('confirm/Xy7_aa-Q0pLmN2z', 'confirm/9Kq_bb-R1sTuV3w')).kind).toBe('unsure');
  });
});
