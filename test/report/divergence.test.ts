import { describe, expect, test } from 'vitest';
import { divergenceFrom } from '../../src/report/divergence.ts';
import { footprintOf, isFootprint, leveller } from '../../src/report/footprint.ts';
import { foldEvents } from '../../src/report/fold.ts';
import { plain } from '../../src/report/narrative/line.ts';
import { intents } from './synthetic/teamspace.ts';
import { tellRun, type ToldIntent } from './synthetic/telling.ts';

/** The invitation as it is when all is well. */
function green(): ToldIntent {
  const told = structuredClone(intents.failed) as ToldIntent;
  const [attempt] = told.attempts;
  attempt!.status = 'passed';
  const [member] = attempt!.invariants!;
  Object.assign(member!.verdict, { status: 'held', reason: 'converged', convergedMs: 60, found: 'x', diff: [] });
  member!.readings = [
    [40, 'baseline', []],
    [2130, 'poll', [{ role: 'editor', status: 'active' }]],
    [3700, 'settle', [{ role: 'editor', status: 'active' }]],
  ];
  return told;
}

async function differences(change: (told: ToldIntent) => void, from: ToldIntent = green()): Promise<string[]> {
  const before = foldEvents(await tellRun([from], { run: 'run-green', startedAt: '2026-11-19T09:30:00.000Z', commit: 'aaaaaaaaaaaa' }));
  const footprint: unknown = JSON.parse(JSON.stringify(footprintOf(before.intents[0]!.attempts[0]!, before)));
  if (!isFootprint(footprint)) throw new Error('no footprint');
  const told = green();
  change(told);
  const after = foldEvents(await tellRun([told], { commit: 'bbbbbbbbbbbb' }));
  return divergenceFrom(footprint, after.intents[0]!.attempts[0]!, after).map(({ spans }) => plain(spans));
}

describe('the first difference from the last green run', () => {
  test('nothing is said of a run that did the same', async () => expect(await differences(() => undefined)).toEqual([]));

  test('a request that was not sent', async () => {
    const lines = await differences((told) => {
      told.attempts[0]!.steps![0]!.requests!.shift();
    });
    expect(lines).toEqual([
      'Step 1 did not send POST /o/:slug/members/invite, which it did before.',
      'Compared with the last green run run-green, 24 h earlier; commits aaaaaaaaaa..bbbbbbbbbb.',
    ]);
  });

  test('a request that was answered otherwise', async () => {
    const [first] = await differences((told) => {
      told.attempts[0]!.steps![1]!.requests![0]!.status = 409;
    });
    expect(first).toBe('Step 2: POST /join/:token answered 409; it was 303.');
  });

  test('a request that is sent twice now', async () => {
    const [first] = await differences((told) => {
      told.attempts[0]!.steps![0]!.requests!.push({ method: 'POST', template: '/o/:slug/members/invite', status: 303 });
    });
    expect(first).toBe('Step 1 sent POST /o/:slug/members/invite (303) more often than before.');
  });

  test('an alert that was not there, and a confirmation that is missing', async () => {
    const lines = await differences((told) => {
      told.attempts[0]!.steps![0]!.notices = [{ kind: 'alert', text: 'You have no seats left' }];
    });
    expect(lines.slice(0, 2)).toEqual([
      'Step 1: the page said “You have no seats left”, which it did not before.',
      'Step 1: the page did not say “Invitation sent to casey+k3fz@example.test” any more.',
    ]);
  });

  test('a control that is gone', async () => {
    const [first] = await differences((told) => {
      const [attempt] = told.attempts;
      attempt!.conduct = { kind: 'blocked', by: 'gave-up', why: 'no way' };
      attempt!.status = 'blocked';
      Object.assign(attempt!.steps![0]!, {
        status: 'gave-up',
        why: 'no control for inviting',
        acts: [],
        requests: [],
        unsure: [{ agent: 'replay', why: 'button "Invite people" is not on Members any more' }],
      });
      attempt!.steps![1] = { status: 'not-reached' };
    });
    expect(first).toBe(
      'Step 1 could not go on where it did click Invite people before: button "Invite people" is not on Members any more.',
    );
  });

  test('a backend that answers otherwise although the browser saw the same', async () => {
    const lines = await differences((told) => {
      told.attempts = structuredClone(intents.failed.attempts) as ToldIntent['attempts'];
    });
    expect(lines[0]).toBe(
      'Step 1, which said “editor”: that casey+k3fz@example.test is an active editor of Acme came about after 315 ms (role: editor, status: active); now it is role: viewer, status: active.',
    );
  });

  test('what came out wrong comes before the step that could not go on because of it', async () => {
    const lines = await differences((told) => {
      const [attempt] = told.attempts;
      const [member] = structuredClone(intents.failed.attempts[0]!.invariants);
      attempt!.invariants![0] = member as never;
      attempt!.status = 'blocked';
      attempt!.conduct = { kind: 'blocked', by: 'gave-up', why: 'no way' };
      Object.assign(attempt!.steps![1]!, {
        status: 'gave-up',
        why: 'no way was found to join',
        acts: [],
        requests: [],
        notices: [],
        unsure: [{ agent: 'replay', why: 'there is no lockfile' }],
      });
    });
    expect(lines.slice(0, 2)).toEqual([
      'Step 1, which said “editor”: that casey+k3fz@example.test is an active editor of Acme came about after 315 ms (role: editor, status: active); now it is role: viewer, status: active.',
      'Step 2 could not go on where it did read the mailbox before: no way was found to join.',
    ]);
  });

  test('a status that never came goes back to the step that brings it about, whoever said the word', async () => {
    const [first] = await differences((told) => {
      const [attempt] = told.attempts;
      const [member] = structuredClone(intents.failed.attempts[0]!.invariants);
      Object.assign(member!.verdict, { diff: ['[0].status: expected active, found pending'] });
      member!.readings = member!.readings.map(([at, phase, value]) => [
        at,
        phase,
        Array.isArray(value) && value.length > 0 ? [{ role: 'editor', status: 'pending' }] : value,
      ]) as never;
      attempt!.invariants![0] = member as never;
      attempt!.status = 'failed';
    });
    expect(first).toMatch(/^Step 2 looked the same in the browser; behind it: that casey/);
  });

  test('a mail that never came goes back to what was done before it was looked for', async () => {
    const lines = await differences((told) => {
      const [attempt] = told.attempts;
      attempt!.status = 'blocked';
      attempt!.conduct = { kind: 'blocked', by: 'gave-up', why: 'no way' };
      Object.assign(attempt!.steps![1]!, {
        status: 'gave-up',
        why: 'no mail about the invitation has arrived: the mailbox is empty',
        acts: [],
        requests: [],
        notices: [],
        unsure: [],
      });
    });
    expect(lines.slice(0, 2)).toEqual([
      'Step 1: the mail that came of it before did not come; step 2 looked for it in vain.',
      expect.stringMatching(/^Step 2 could not go on/),
    ]);
  });

  test('what was right and then came to something else goes back to the step that did that', async () => {
    const doubled = [
      { role: 'editor', status: 'active' },
      { role: 'editor', status: 'active' },
    ];
    const orders: ToldIntent['attempts'][number]['steps'] = structuredClone(green().attempts[0]!.steps);
    const from = green();
    from.steps.push({ actor: 'teammate', text: 'Open the mail again', tries: false, line: 16 });
    from.attempts[0]!.steps!.push({ ...orders![1]!, ms: 400 });
    const [first] = await differences((told) => {
      told.steps.push({ actor: 'teammate', text: 'Open the mail again', tries: false, line: 16 });
      told.attempts[0]!.steps!.push({ ...orders![1]!, ms: 400 });
      const [member] = told.attempts[0]!.invariants!;
      Object.assign(member!.verdict, { status: 'violated', reason: 'did-not-converge', diff: [] });
      member!.readings = [
        [40, 'baseline', []],
        [2130, 'watch', doubled.slice(0, 1)],
        [2700, 'poll', doubled],
        [3700, 'final', doubled],
      ];
      told.attempts[0]!.status = 'failed';
    }, from);
    expect(first).toMatch(/^Step 3 looked the same in the browser; behind it: that casey/);
  });

  test('a number that looks like one of this run alone is told by what is wrong with it', async () => {
    const paid = (cents: number): object[] => [{ plan: 'pro', amount_cents: cents }];
    const priced = (told: ToldIntent, cents: number): ToldIntent => {
      told.attempts[0]!.invariants![0]!.readings = [
        [40, 'baseline', []],
        [2130, 'poll', paid(cents)],
        [3700, 'final', paid(cents)],
      ];
      return told;
    };
    const [first] = await differences(
      (told) => {
        Object.assign(priced(told, 2900).attempts[0]!, { status: 'failed' });
        Object.assign(told.attempts[0]!.invariants![0]!.verdict, {
          status: 'violated',
          reason: 'did-not-converge',
          diff: ['[0].amount_cents: expected 1200, found 2900'],
          expected: 'exactly one: [{ amount_cents: 1200 }]',
          found: '[{ amount_cents: 2900 }]',
        });
      },
      priced(green(), 1200),
    );
    expect(first).toMatch(/^Step 2 looked the same in the browser; behind it: that .*; now amount cents is 2900, expected 1200\.$/);
  });

  test('a job that failed', async () => {
    const [first] = await differences((told) => {
      told.attempts[0]!.invariants!.push({
        verdict: { name: 'no-failed-jobs', says: 'no job failed', mode: 'always', status: 'violated', reason: 'violated-during' },
        readings: [[3000, 'final', [{ kind: 'send_mail', status: 'failed', attempts: 3, error: 'smtp down' }]]],
      });
    });
    expect(first).toContain('job send_mail is failed, which it was not before.');
  });

  test('a step that became very slow', async () => {
    const [first] = await differences((told) => {
      told.attempts[0]!.steps![0]!.ms = 9000;
    });
    expect(first).toBe('Step 1 took 9.0 s; it took 780 ms before.');
  });

  test('a variable that came out as another word is no rewritten sentence', async () => {
    const before = foldEvents(await tellRun([green()], { run: 'run-green' }));
    const footprint = footprintOf(before.intents[0]!.attempts[0]!, before);
    const events = await tellRun([green()]);
    for (const event of events)
      if (event.type === 'step-start' && event.step === 0) event.text = event.text.replace('casey+k3fz', 'casey+abcdef');
    const after = foldEvents(events);
    expect(divergenceFrom(footprint, after.intents[0]!.attempts[0]!, after)).toEqual([]);
  });

  test('a sentence that was rewritten ends the comparison', async () => {
    const lines = await differences((told) => {
      told.steps[0]!.text = 'Ask casey to join';
    });
    expect(lines[0]).toMatch(/^Step 1 says something else now/);
  });
});

test('what differs from run to run by design is levelled', () => {
  const level = leveller({ workflow: 'iwk3fz8qpa' });
  expect(level('Invitation sent to casey+iwk3fz8qpa@example.test')).toBe('Invitation sent to casey+…@example.test');
  expect(level('Acme 7f3a was created at 2026-11-20T09:30:00Z')).toBe('Acme … was created at …');
  expect(level('Order 1234567890 for Pro, 12 seats')).toBe('Order … for Pro, 12 seats');
  expect(level('Failed Contact list · 21 Nov, 18:44')).toBe('Failed Contact list · …, …');
  expect(level('Saved Nov 3rd, 2026 at 6:44 pm by Mara, 12 minutes ago')).toBe('Saved … at … by Mara, …');
  expect(level('Marked 12 rows in 3 days')).toBe('Marked 12 rows in 3 days');
  expect(level('decade of facade')).toBe('decade of facade');
});

test('a footprint of another shape is not trusted', () => {
  for (const value of [
    undefined,
    null,
    1,
    {},
    { v: 2, run: 'r', startedAt: 's', steps: [], jobs: [], invariants: [] },
    { v: 1, run: 'r', startedAt: 's', steps: {}, jobs: [], invariants: [] },
  ])
    expect(isFootprint(value)).toBe(false);
});
