import { describe, expect, it } from 'vitest';
import { saysLiterally } from '../../../src/agents/builtin/rank.ts';

describe('a quoted name is meant as it stands', () => {
  it.each([
    ['Save', 'Save changes'],
    ['Projects', '★ Projects'],
    ['Inbox', 'Inbox (3)'],
    ['New project', 'New project…'],
    ['Invite', 'Invite now'],
  ])('“%s” is the control “%s”', (quoted, name) => {
    expect(saysLiterally(quoted, name)).toBe(true);
  });

  it.each([
    ['Projects', 'New project', 'what makes another one'],
    ['Password', 'Change password', 'what is done to it'],
    ['Any priority', 'Priority: Any priority', 'a list that shows it as chosen'],
    ['Protected pages', 'Protect a page', 'where it is done, not where it is listed'],
    ['Save', 'Save and close', 'a control that does more'],
  ])('“%s” is not the control “%s”, %s', (quoted, name) => {
    expect(saysLiterally(quoted, name)).toBe(false);
  });
});
