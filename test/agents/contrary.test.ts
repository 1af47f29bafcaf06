import { expect, test } from 'vitest';
import { saysOtherwise } from '../../src/agents/contrary.ts';

test.each([
  ['Approve', 'Disapprove'],
  ['Unlock account', 'Lock account'],
  ['Send', 'Send to everyone'],
  ['Archive', 'Archive all'],
  ['Save', 'Save draft'],
  ['Send mails', 'Do not send mails'],
  ['Amount', 'Amount in cents'],
  ['Notifications', 'Notifications off'],
  ['Delete all', 'Delete'],
])('%s is not %s under another name', (was, now) => expect(saysOtherwise(was, now)).toBe(true));

test.each([
  ['Save', 'Save changes'],
  ['Invite', 'Invite teammate'],
  ['Name', 'Full name'],
  ['Remove', 'Delete'],
  ['Create project', 'New project'],
  ['E-mail', 'Email address'],
  ['Send', 'Send now'],
])('%s may be %s now', (was, now) => expect(saysOtherwise(was, now)).toBe(false));
