import { describe, expect, it } from 'vitest';
import type { LockedAction } from '../../src/core/lock.ts';
import { recordAction, withoutDetours } from '../../src/journey/record.ts';
import { step as task } from '../agents/pages.ts';
import { page } from './page.ts';

const step = (digest: string, name: string, commits: string[] = []) => ({
  digest,
  lasting: commits.length > 0,
  action: { kind: 'click', target: { role: 'link', name }, page: '/', commits } as LockedAction,
});
const names = (actions: LockedAction[]) => actions.map(({ target }) => target?.name);

describe('the way that is kept', () => {
  it('leaves out what led back to the very same page', () => {
    expect(
      names(
        withoutDetours([step('home', 'Reports'), step('reports', 'Back'), step('home', 'Members'), step('members', 'Invite')], 'dialog'),
      ),
    ).toEqual(['Members', 'Invite']);
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

describe('what is kept of an action', () => {
  it('a link of a mail that is written out is kept without its token', () => {
    const link = 'https://app.test/confirm/q8Zk-1xYw_vB3nT';
    const inbox = page({
      mail: [
        {
          id: 'm1',
          to: 'casey@example.test',
          from: 'app@example.test',
          subject: 'Welcome, Casey',
          text: link,
          codes: [],
          at: '2027-03-01T09:00:00.000Z',
          links: [{ id: 1, text: link, url: link }],
        },
      ],
    });
    const turn = { step: 0, agent: 'builtin', action: { kind: 'mail', mail: 'm1', link: 1 }, digest: '', path: '/' } as const;
    expect(
      recordAction(
        { ...turn, added: [], outcome: { ok: true, requests: [], events: [], navigated: true, ms: 1 } },
        inbox,
        task('Open the confirmation mail'),
        [['person', 'Casey']],
      )?.value,
    ).toBe('Welcome, ${person} → https://app.test/confirm/*');
  });
});
