import { describe, expect, it } from 'vitest';
import type { LockedAction, Lockfile } from '../../src/core/lock.ts';
import { changeNotes } from '../../src/journey/change-notes.ts';

const click = (name: string, more: { role?: string; dialog?: string; row?: string; commits?: string[] } = {}): LockedAction => {
  const { role = 'button', commits = [], ...place } = more;
  return { kind: 'click', target: { role, name, ...place }, page: '/', commits };
};
const fill = (name: string, value: string): LockedAction => ({
  kind: 'fill',
  target: { role: 'textbox', name },
  value,
  page: '/',
  commits: [],
});
const lock = (actions: LockedAction[]): Lockfile => ({
  version: 1,
  intent: 'invite',
  actors: ['user'],
  steps: [{ actor: 'user', text: 'Invite', actions }],
  converges: {},
});
const told = (before: LockedAction[], after: LockedAction[]): string[] => changeNotes(lock(before), lock(after)).map(({ note }) => note);

const way = [click('Invite'), fill('Email', '${invitee}'), click('Send invitation', { commits: ['POST /invite'] })];
const [invite, email, send] = way as [LockedAction, LockedAction, LockedAction];

describe('what a lockfile’s reader is told', () => {
  it('says nothing of a way that is the same, wherever it stands', () => {
    expect(told(way, way)).toEqual([]);
    expect(told(way, [{ ...invite, target: { ...invite.target!, landmark: 'banner', heading: 'Home' } }, email, send])).toEqual([]);
  });
  it('says that an action went into a menu', () => {
    expect(told(way, [click('More'), click('Invite', { role: 'menuitem' }), email, send])).toEqual(['“Invite” is now in the menu “More”']);
  });
  it('says on which way a control is found now', () => {
    expect(told(way, [click('Members', { role: 'link' }), click('People', { role: 'tab' }), invite, email, send])).toEqual([
      'now also needed: click “Members”, click “People”',
    ]);
    expect(told(way, [click('Members', { role: 'link' }), click('Invite a teammate', { role: 'link' }), email, send])).toEqual(
      ['“Invite” is now called “Invite a teammate”, and under “Members”'].map((note) => expect.stringContaining(note.slice(0, 40))),
    );
  });
  it('tells a long detour by its beginning and its length', () => {
    expect(told(way, [...'ABCDEFG'].map((name) => click(name, { role: 'link' })).concat(way))).toEqual([
      'now also needed: click “A”, click “B”, click “C”, click “D” and 3 more',
    ]);
  });
  it('knows a control under a new name by what it sends, and a field by what goes into it', () => {
    expect(told(way, [invite, fill('Work e-mail', '${invitee}'), click('Add', { commits: ['POST /invite'] })])).toEqual([
      '“Email” is now called “Work e-mail”',
      '“Send invitation” is now called “Add”',
    ]);
  });
  it('tells what came in between, what went, and what was done instead', () => {
    expect(told(way, [invite, email, click('I am sure'), send])).toEqual(['now also needed: click “I am sure”']);
    expect(told(way, [email, send])).toEqual(['no longer needed: click “Invite”']);
    expect(told(way, [click('New…', { row: 'Dana' }), email, send])).toEqual(['instead of click “Invite”: click “New…” in the row “Dana”']);
  });
  it('says in words what became of a question that the browser itself asked, and of a tick that was taken away', () => {
    const asked: LockedAction = { kind: 'dialog', value: 'on', page: '/', commits: [] };
    const ticked: LockedAction = { kind: 'check', target: { role: 'checkbox', name: 'Public' }, value: 'off', page: '/', commits: [] };
    expect(told([invite, asked, send], [invite, click('Yes'), send])).toEqual(['instead of accept the dialog: click “Yes”']);
    expect(told([ticked, invite, { ...asked, value: 'off' }], [invite])).toEqual([
      'no longer needed: untick “Public”',
      'no longer needed: dismiss the dialog',
    ]);
  });
  it('knows the button of a row in the menu of that row, and the answer to its question by what it sends', () => {
    const row = { row: 'Copper' };
    const commits = ['POST /books/:id/delete'];
    const more = click('More for Copper', row);
    expect(
      told(
        [click('Delete', row), click('Delete', { dialog: 'Delete this book?', commits })],
        [{ ...more, kind: 'hover' }, more, click('Take out', { ...row, role: 'menuitem' }), click('Yes', { dialog: 'Sure?', commits })],
      ),
    ).toEqual(['“Delete” is now called “Take out”, and in the menu “More for Copper”', '“Delete” is now called “Yes”']);
  });
  it('knows the option of a list that is no native one any more', () => {
    const role: LockedAction = { kind: 'select', target: { role: 'combobox', name: 'Role' }, value: 'editor', page: '/', commits: [] };
    expect(told([role, send], [click('Access', { role: 'combobox' }), click('Editor Works on it', { role: 'option' }), send])).toEqual([
      '“editor” of “Role” is now the option “Editor Works on it” of “Access”',
    ]);
  });
  it('has nothing to compare a first lockfile with', () => {
    expect(changeNotes(undefined, lock(way))).toEqual([]);
  });
});
