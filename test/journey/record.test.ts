import { describe, expect, it } from 'vitest';
import type { LockedAction } from '../../src/core/lock.ts';
import { withoutDetours } from '../../src/journey/record.ts';

const step = (digest: string, name: string, commits: string[] = []) => ({ digest, lasting: commits.length > 0, action: { kind: 'click', target: { role: 'link', name }, page: '/', commits } as LockedAction });
const names = (actions: LockedAction[]) => actions.map(({ target }) => target?.name);

describe('the way that is kept', () => {
  it('leaves out what led back to the very same page', () => {
    expect(names(withoutDetours([step('home', 'Reports'), step('reports', 'Back'), step('home', 'Members'), step('members', 'Invite')], 'dialog'))).toEqual(['Members', 'Invite']);
  });
  it('leaves out a walk that ended where it began', () => {
    expect(names(withoutDetours([step('home', 'Reports'), step('reports', 'Back')], 'home'))).toEqual([]);
  });
  it('keeps what changed something, even when the page looks the same afterwards', () => {
    expect(names(withoutDetours([step('list', 'Follow', ['POST /follow'])], 'list'))).toEqual(['Follow']);
  });
  it('keeps what was typed and does not show', () => {
    const typed = { ...step('login', 'Password'), action: { kind: 'fill', page: '/', commits: [] } as LockedAction };
    expect(withoutDetours([typed, step('login', 'Sign in', ['POST /login'])], 'home')).toHaveLength(2);
  });
  it('keeps a download, which leaves the page as it was', () => {
    expect(names(withoutDetours([{ ...step('reports', 'Download'), lasting: true }], 'reports'))).toEqual(['Download']);
  });
  it('keeps a way that never comes back', () => {
    expect(names(withoutDetours([step('a', 'A'), step('b', 'B')], 'c'))).toEqual(['A', 'B']);
  });
});
