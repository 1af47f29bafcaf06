import { describe, expect, it } from 'vitest';
import { rivalsOf } from '../../src/agents/kinship.ts';
import { createRelocate, refind } from '../../src/agents/relocate.ts';
import type { Lockfile } from '../../src/core/lock.ts';
import type { Fingerprint } from '../../src/core/observation.ts';
import { control, page, step } from './pages.ts';

const print: Fingerprint = {
  tag: 'button',
  attrs: { id: 'invite', type: 'button' },
  path: 'main/form/div',
  box: { x: 10, y: 20, w: 100, h: 20 },
  text: 'Invite',
  near: 'Members Export Invite',
};
const lost = (more: object = {}) => ({ target: { role: 'button', name: 'Invite' }, page: '/members', commits: false, print, ...more });
const members = (...controls: ReturnType<typeof control>[]) => page({ path: '/members', controls });

describe('a lost element', () => {
  it('is the one with the same role and name, wherever it stands now', () => {
    const observation = members(
      control('button', 'Export'),
      control('button', 'Invite', { context: { heading: 'People', landmark: 'region People' } }),
    );
    expect(refind(observation, lost({ target: { role: 'button', name: 'Invite', landmark: 'main' } }))).toMatchObject({
      candidate: { id: 2 },
      kind: 'moved',
      score: 1,
    });
  });

  it('is found under another name by its identifiers and its meaning', () => {
    const observation = members(
      control('button', 'Invite people', { attrs: { id: 'invite', type: 'button' }, near: 'Members' }),
      control('button', 'Settings', { at: [600, 400] }),
    );
    expect(refind(observation, lost())).toMatchObject({ candidate: { id: 1 }, kind: 'renamed' });
  });

  it('that was removed is not there, though its neighbour stands in its place', () => {
    const observation = members(control('button', 'Export', { attrs: { type: 'button' }, near: 'Members Export' }));
    expect(refind(observation, lost())).toMatchObject({ why: expect.stringContaining('not there any more') });
  });

  it('that could be two is neither', () => {
    const twice = members(
      control('button', 'Invite', { context: { heading: 'A' } }),
      control('button', 'Invite', { context: { heading: 'B' } }),
    );
    expect(refind(twice, lost())).toMatchObject({ why: expect.stringContaining('2 elements'), between: expect.any(Array) });
  });

  it('of one row is never found in another', () => {
    const observation = members(control('button', 'Remove', { context: { row: 'Bert bert@example.test' } }));
    expect(refind(observation, lost({ target: { role: 'button', name: 'Remove', row: 'Anna' } }))).toHaveProperty('why');
  });

  it('whose row was only its group by another name is found by the group, and in no other', () => {
    const target = { role: 'option', name: 'Product launch', row: 'Template', group: 'Template', dialog: 'New project' };
    const option = (group: string, row?: string) =>
      members(control('option', 'Product launch', { context: { dialog: 'New project', group, ...(row === undefined ? {} : { row }) } }));
    expect(refind(option('Template'), lost({ target }))).toMatchObject({ candidate: { id: 1 }, kind: 'moved' });
    expect(refind(option('Colour'), lost({ target }))).toHaveProperty('why');
    expect(refind(option('Template', 'Another row'), lost({ target }))).toHaveProperty('why');
    expect(refind(option('Template'), lost({ target: { ...target, row: 'Anna' } }))).toHaveProperty('why');
  });

  it('that sends something is not taken from another page for its name alone', () => {
    const elsewhere = page({ path: '/settings', controls: [control('button', 'Save')] });
    expect(refind(elsewhere, lost({ target: { role: 'button', name: 'Save' }, commits: true }))).toHaveProperty('why');
  });

  it('keeps its kind: a button is not taken for a text field', () => {
    const observation = members(control('textbox', 'Invite', { attrs: { id: 'invite' } }));
    expect(refind(observation, lost())).toHaveProperty('why');
  });

  it('of a numbered row is the one in the row whose cell says the number with a plain word', () => {
    const observation = members(
      control('link', 'Cancel', { context: { row: 'No. 7019 2027-02-10 received' } }),
      control('link', 'Cancel', { context: { row: 'No. 7020 2027-02-10 received' } }),
    );
    const told = {
      ...observation,
      passages: ['No. 7019', 'No. 7020'].map((text) => ({ text, role: 'cell', context: { row: `${text} 2027-02-10 received` } })),
    };
    expect(refind(told, lost({ target: { role: 'link', name: 'Cancel', row: '7019' } }))).toMatchObject({ candidate: { id: 1 } });
  });

  it('that was removed is not another one with another number, and a counter is no number', () => {
    const tick = {
      tag: 'input',
      attrs: { type: 'checkbox' },
      path: 'main/table/tr/td/input',
      box: { x: 10, y: 20, w: 13, h: 13 },
      text: '',
      near: 'F-1002',
    };
    const others = page({
      path: '/members',
      controls: [control('checkbox', 'Select F-1004', { attrs: { type: 'checkbox' }, path: 'main/table/tr/td/input', near: 'F-1004' })],
    });
    expect(refind(others, lost({ target: { role: 'checkbox', name: 'Select F-1002' }, print: tick }))).toHaveProperty('why');
    const counted = members(control('button', 'Requests (4)', { attrs: { type: 'button' }, near: 'Members' }));
    expect(
      refind(
        counted,
        lost({
          target: { role: 'button', name: 'Requests (3)' },
          print: { ...print, attrs: { type: 'button' }, text: 'Requests (3)', near: 'Members' },
        }),
      ),
    ).toMatchObject({ candidate: { id: 1 } });
  });

  it('that was removed is not what is called otherwise in another part of the page', () => {
    const observation = members(
      control('button', 'Invites', { attrs: { type: 'button' }, context: { landmark: 'navigation Main' }, near: 'Members' }),
    );
    expect(refind(observation, lost({ target: { role: 'button', name: 'Invite', landmark: 'main' } }))).toMatchObject({
      why: expect.stringContaining('another part of the page'),
    });
  });

  it('is not what stood on the page with it and is called the same, unless that leads to the same place', () => {
    const header = control('link', 'Talk', {
      href: '/user/admin',
      attrs: { href: '/user/admin' },
      context: { landmark: 'navigation Personal' },
    });
    const own = control('link', 'Talk', { href: '/page/talk', attrs: { href: '/page/talk' }, context: { landmark: 'main' } });
    const moved = { ...own, context: { landmark: 'region Page' } };
    const before = members(header, own);
    const recorded = lost({
      target: { role: 'link', name: 'Talk', landmark: 'main' },
      print: { ...before.candidates[1]!.print, rivals: rivalsOf(before, before.candidates[1]!) },
    });
    expect(refind(members(header), recorded)).toMatchObject({ why: expect.stringContaining('not there any more') });
    expect(refind(members(header, moved), recorded)).toMatchObject({ candidate: { id: 2 }, kind: 'moved' });
    expect(refind(members({ ...header, href: '/page/talk', attrs: { href: '/page/talk' } }), recorded)).toMatchObject({
      candidate: { id: 1 },
    });
  });

  it('that was removed is not what was called nearly the same beside it', () => {
    const [first, again] = [
      control('textbox', 'Password', { attrs: { type: 'password' } }),
      control('textbox', 'Confirm password', { attrs: { type: 'password' } }),
    ];
    const before = members(first, again);
    const recorded = lost({
      target: { role: 'textbox', name: 'Confirm password' },
      print: { ...before.candidates[1]!.print, rivals: rivalsOf(before, before.candidates[1]!) },
    });
    expect(refind(members(first), recorded)).toMatchObject({ why: expect.stringContaining('not there any more') });
    expect(refind(members(first, { ...again, name: 'Confirm the password' }), recorded)).toMatchObject({
      candidate: { id: 2 },
      kind: 'renamed',
    });
  });

  it('of a dialog is not what opens that dialog, while it is open', () => {
    const target = { role: 'button', name: 'Cancel plan', dialog: 'Cancel the plan?' };
    const opener = control('button', 'Cancel plan', { context: { landmark: 'main' } });
    expect(
      refind(members(opener, control('button', 'Keep it', { context: { dialog: 'Cancel the plan?' } })), lost({ target })),
    ).toMatchObject({ why: expect.stringContaining('the dialog is still open') });
    expect(refind(members(opener), lost({ target }))).toMatchObject({ candidate: { id: 1 }, kind: 'moved' });
  });

  it('of a row is not in a row that only begins with its name, while that row is there', () => {
    const rows = ['Website audit', 'Website audit, small'];
    const observation = members(
      control('button', 'Retire', { context: { row: rows[0]! } }),
      control('button', 'Edit', { context: { row: rows[1]! } }),
    );
    expect(refind(observation, lost({ target: { role: 'button', name: 'Edit', row: rows[0]! } }))).toHaveProperty('why');
  });

  it('is told by what is new about its place', async () => {
    const target = { role: 'button', name: 'Invite', landmark: 'main', dialog: 'Team', heading: 'People' };
    const lock: Lockfile = {
      version: 1,
      intent: 'invite',
      actors: ['admin'],
      steps: [{ actor: 'admin', text: 'Invite her', actions: [{ kind: 'click', target, page: '/members', commits: [], print }] }],
      converges: {},
    };
    const observation = members(control('button', 'Invite', { context: { landmark: 'main', dialog: 'Team', heading: 'Colleagues' } }));
    const decision = await createRelocate(lock, (text) => text).decide({
      observation,
      step: step('Invite her'),
      turns: [],
      earlier: [],
      signal: new AbortController().signal,
    });
    expect(decision).toMatchObject({ kind: 'act', adapted: { note: '“Invite” is now under “Colleagues”' } });
  });
});
