import { describe, expect, test } from 'vitest';
import { type CauseFacts, causeOf, type StepFacts } from '../../src/core/cause.ts';
import { STATUSES } from '../../src/core/decide.ts';

type Request = StepFacts['requests'][number];
const request = (status: number | undefined, more: Partial<Request> = {}): Request => ({
  method: 'POST',
  template: '/orders',
  own: true,
  changes: true,
  kind: 'fetch',
  ...(status === undefined ? {} : { status }),
  ...more,
});
const step = (more: Partial<StepFacts> = {}): StepFacts => ({
  actor: 'admin',
  text: 'Order it',
  status: 'done',
  why: '',
  requests: [],
  notices: [],
  misses: [],
  foundAt: [],
  handedOver: [],
  ...more,
});
const violated = {
  name: 'ordered',
  says: 'it is ordered',
  status: 'violated' as const,
  reason: 'did-not-converge' as const,
  mode: 'eventually' as const,
  builtin: false,
  vacuous: false,
  found: '[]',
};
const facts = (more: Partial<CauseFacts>): CauseFacts => ({
  status: 'failed',
  conduct: { kind: 'carried-out' },
  verdicts: [],
  fixtures: [],
  preconditions: [],
  environment: [],
  steps: [step({ requests: [request(200)] })],
  hadLockfile: false,
  ...more,
});
const gaveUp = (more: Partial<StepFacts> = {}, rest: Partial<CauseFacts> = {}): CauseFacts =>
  facts({
    status: 'blocked',
    conduct: { kind: 'blocked', by: 'gave-up', why: 'no way' },
    steps: [step({ status: 'gave-up', why: 'no control for Order', ...more })],
    ...rest,
  });

describe('the cause of an intent that is not green', () => {
  test.each<[string, CauseFacts, string, string]>([
    ['a violated invariant after a journey that was carried out', facts({ verdicts: [violated] }), 'product', 'ordered'],
    [
      'a flag that an earlier run left set',
      facts({ verdicts: [{ ...violated, mode: 'changes', reason: 'wrong-start', found: 'on before the first step' }] }),
      'fixture',
      'ordered did not begin as expected: on before',
    ],
    [
      'the same beside something that came out wrong',
      facts({ verdicts: [{ ...violated, reason: 'wrong-start' }, violated] }),
      'product',
      'ordered',
    ],
    [
      'a journey that changed nothing and was told nothing',
      facts({ verdicts: [violated], steps: [step({ requests: [request(200, { method: 'GET', changes: false })] })] }),
      'agent',
      'no request',
    ],
    [
      'the same, but the page said that it was done',
      facts({ verdicts: [violated], steps: [step({ notices: [{ kind: 'toast', text: 'Saved' }] })] }),
      'product',
      'ordered',
    ],
    ['a gateway that answered 503', facts({ verdicts: [violated], steps: [step({ requests: [request(503)] })] }), 'environment', '503'],
    [
      'no control after the recorded one was gone',
      gaveUp({ handedOver: [{ agent: 'replay', why: 'button "Order" is gone' }] }, { hadLockfile: true }),
      'interface-changed',
      'button "Order" is gone',
    ],
    ['no control and never a recording', gaveUp(), 'agent', 'no control for Order'],
    ['a 500 on the way', gaveUp({ requests: [request(500)] }), 'product', 'POST /orders answered 500'],
    [
      'a server that is not there',
      gaveUp({
        requests: [request(undefined, { failed: 'net::ERR_CONNECTION_REFUSED', kind: 'document', method: 'GET', changes: false })],
      }),
      'environment',
      'ERR_CONNECTION_REFUSED',
    ],
    [
      'a navigation that the page itself cut off',
      gaveUp({ requests: [request(undefined, { failed: 'net::ERR_ABORTED', kind: 'document', method: 'GET', changes: false })] }),
      'agent',
      'no control',
    ],
    [
      'a link that answered 404',
      gaveUp({ requests: [request(404, { method: 'GET', changes: false, kind: 'document', template: '/join/:token' })] }),
      'product',
      'GET /join/:token answered 404',
    ],
    ['a page that said no', gaveUp({ notices: [{ kind: 'alert', text: 'Your session is over' }] }), 'product', 'Your session is over'],
    [
      'a page that confirmed what the backend denies',
      facts({
        status: 'blocked',
        conduct: { kind: 'blocked', by: 'gave-up', why: '' },
        hadLockfile: true,
        verdicts: [{ ...violated, says: 'Acme may use what the Pro plan brings' }],
        steps: [
          step({ notices: [{ kind: 'status', text: 'Acme is on Pro now.' }] }),
          step({ status: 'gave-up', why: 'no control for automations' }),
        ],
      }),
      'product',
      'Acme is on Pro now',
    ],
    [
      'a page that says it is still at it',
      facts({
        status: 'blocked',
        conduct: { kind: 'blocked', by: 'gave-up', why: '' },
        verdicts: [{ ...violated, says: 'the import of customers.csv is completed' }],
        steps: [
          step({ notices: [{ kind: 'status', text: 'Importing customers.csv, the import is being completed' }] }),
          step({ status: 'gave-up', why: 'no control for search' }),
        ],
      }),
      'agent',
      'no control',
    ],
    [
      'a link that led nowhere some steps ago',
      facts({
        status: 'blocked',
        conduct: { kind: 'blocked', by: 'gave-up', why: '' },
        steps: [
          step({ requests: [request(404, { method: 'GET', changes: false, kind: 'document', template: '/join/:id' })] }),
          step({ status: 'gave-up', why: 'no control' }),
        ],
      }),
      'product',
      'GET /join/:id answered 404',
    ],
    [
      'something that was waited for in vain',
      facts({
        status: 'blocked',
        conduct: { kind: 'blocked', by: 'budget', why: '' },
        hadLockfile: true,
        steps: [step({ status: 'out-of-budget', why: 'went round in circles: reload the page, three times on the same page' })],
      }),
      'product',
      'never came',
    ],
    ['a session that was lost', gaveUp({ foundAt: ['/o/:id', '/login?next=%2Fo'] }), 'product', 'asked to sign in (/login)'],
    ['a page that only informs', gaveUp({ notices: [{ kind: 'alert', text: 'You are signed in as Avery.' }] }), 'agent', 'no control'],
    [
      'a role that came out wrong before',
      gaveUp(
        { requests: [request(200)] },
        {
          verdicts: [{ ...violated, invariant: 'm', value: [{ role: 'viewer' }], diff: ['[0].role: expected editor, found viewer'] }],
          baselines: { m: [] },
        },
      ),
      'product',
      'on the way: role: expected editor, found viewer',
    ],
    [
      'a long answer that is as it was before',
      gaveUp(
        { requests: [request(200)] },
        {
          verdicts: [
            {
              ...violated,
              invariant: 'm',
              value: [{ name: 'Bo', notes: `${'long '.repeat(99)}long…` }],
              diff: ['[0].name: expected Ada, found Bo'],
            },
          ],
          baselines: { m: [{ name: 'Bo', notes: 'long '.repeat(200) }] },
        },
      ),
      'agent',
      'no control',
    ],
    [
      'a page that has changed and does not say yet what it is to say',
      gaveUp(
        { requests: [request(200)] },
        {
          verdicts: [
            { ...violated, invariant: 'm', value: { body: 'two orders' }, diff: ['body: expected contains "Tea", found two orders'] },
          ],
          baselines: { m: { body: 'one order' } },
        },
      ),
      'agent',
      'no control',
    ],
    [
      'the same, while nobody in this journey changed anything',
      gaveUp(
        {},
        {
          verdicts: [{ ...violated, invariant: 'm', value: [{ role: 'viewer' }], diff: ['[0].role: expected editor, found viewer'] }],
          baselines: { m: [] },
        },
      ),
      'agent',
      'no control',
    ],
    [
      'a status that is not there yet',
      gaveUp(
        {},
        {
          verdicts: [{ ...violated, invariant: 'm', value: [{ status: 'pending' }], diff: ['[0].status: expected active, found pending'] }],
          baselines: { m: [] },
        },
      ),
      'agent',
      'no control',
    ],
    [
      'a value that was so before the first step',
      gaveUp(
        {},
        {
          verdicts: [{ ...violated, invariant: 'm', value: [{ plan: 'free' }], diff: ['[0].plan: expected pro, found free'] }],
          baselines: { m: [{ plan: 'free' }] },
        },
      ),
      'agent',
      'no control',
    ],
    [
      'going round in circles',
      facts({
        status: 'blocked',
        conduct: { kind: 'blocked', by: 'budget', why: 'step 1: went round in circles: a → b' },
        steps: [step({ status: 'out-of-budget', why: 'went round in circles: a → b' })],
      }),
      'agent',
      'circles',
    ],
    [
      'a control that was taken away, behind one that was found again',
      gaveUp(
        {
          handedOver: [
            { agent: 'replay', why: 'recorded action 1 of 2: gone: link “Edit” is not on the page' },
            { agent: 'replay', why: 'recorded action 2 of 2: gone: button “Mark as lost” is not on the page' },
            { agent: 'relocate', why: 'button “Mark as lost” is not there any more; the nearest is button “Save” (0.49, 0.18 ahead)' },
            { agent: 'replay', why: 'recorded action 2 of 2: it was done on /books/:id/edit, this is /loans' },
          ],
        },
        { hadLockfile: true },
      ),
      'interface-changed',
      '(recorded action 2 of 2: gone: button “Mark as lost” is not on the page; the nearest is button “Save”)',
    ],
    [
      'a starting state in which it had happened already',
      gaveUp({}, { hadLockfile: true, verdicts: [{ ...violated, says: 'the book is gone', status: 'held', vacuous: true }] }),
      'fixture',
      'already so: the book is gone',
    ],
    ['a mail that never came', gaveUp({ why: 'no mail to casey came within 10 s' }), 'product', 'no mail'],
    ['a button that stayed disabled', gaveUp({ misses: ['disabled'], why: 'button Order stayed disabled' }), 'product', 'disabled'],
    [
      'a list that was opened over the button of its own dialog',
      gaveUp(
        {
          why: 'button “Create project” in the dialog “New project” is covered by dialog “New project”',
          handedOver: [{ agent: 'replay', why: 'option “Launch” stands elsewhere now' }],
        },
        { hadLockfile: true },
      ),
      'interface-changed',
      'stands elsewhere',
    ],
    [
      'a button under a banner',
      gaveUp({ why: 'button “Pay” in the dialog “Checkout” is covered by dialog “We value your privacy”' }, { hadLockfile: true }),
      'product',
      'We value your privacy',
    ],
    [
      'a budget that ended',
      facts({ status: 'blocked', conduct: { kind: 'blocked', by: 'budget', why: '120 s were not enough' } }),
      'budget',
      '120 s',
    ],
    [
      'two equal controls and no recording',
      facts({
        status: 'blocked',
        conduct: { kind: 'blocked', by: 'ambiguous-target', why: '' },
        steps: [step({ status: 'gave-up', why: 'two buttons Remove' })],
      }),
      'spec',
      'two buttons',
    ],
    [
      'a frozen lockfile that no longer fits',
      facts({ status: 'blocked', conduct: { kind: 'blocked', by: 'stale-lockfile', why: 'step 2 was reworded' } }),
      'interface-changed',
      'reworded',
    ],
    [
      'a fixture',
      facts({
        status: 'errored',
        conduct: { kind: 'errored', by: 'fixture', why: '401' },
        fixtures: [{ fixture: 'org', phase: 'set-up', ok: false, error: 'token expired' }],
      }),
      'fixture',
      'token expired',
    ],
    ['a model', facts({ status: 'errored', conduct: { kind: 'errored', by: 'model', why: 'timeout' } }), 'model', 'timeout'],
    [
      'an unreadable backend',
      facts({ status: 'errored', verdicts: [{ ...violated, status: 'undecided', reason: 'unreadable', found: 'ECONNREFUSED' }] }),
      'environment',
      'ECONNREFUSED',
    ],
    [
      'a fact that was read and is wrong, while this machine was too busy to watch another',
      facts({
        verdicts: [
          violated,
          {
            ...violated,
            name: 'no-failed-jobs',
            status: 'undecided',
            reason: 'blind-too-long',
            mode: 'always',
            found: '[]',
            unreadable: 0,
            blindMs: 14_000,
          },
        ],
      }),
      'product',
      'ordered',
    ],
    [
      'the same, while that backend could not be read',
      facts({
        verdicts: [
          violated,
          {
            ...violated,
            name: 'no-failed-jobs',
            status: 'undecided',
            reason: 'blind-too-long',
            mode: 'always',
            found: 'ECONNREFUSED',
            unreadable: 9,
            blindMs: 14_000,
          },
        ],
      }),
      'environment',
      'ECONNREFUSED',
    ],
    [
      'a machine too busy to watch',
      facts({
        status: 'errored',
        verdicts: [
          { ...violated, status: 'undecided', reason: 'blind-too-long', mode: 'always', found: '[]', unreadable: 0, blindMs: 14_000 },
        ],
      }),
      'environment',
      'too busy to watch invariant ordered throughout: nothing was read for 14 s',
    ],
    [
      'a weak specification',
      facts({ status: 'unproven', verdicts: [{ ...violated, status: 'held', reason: 'already-true', vacuous: true }] }),
      'spec',
      'already true',
    ],
    [
      'a worker that does not run',
      facts({
        verdicts: [violated],
        environment: [
          { says: 'the database answers', ok: true, why: '' },
          { says: 'the worker runs', ok: false, why: 'expected running, found stopped' },
        ],
      }),
      'environment',
      'the worker runs: expected running, found stopped',
    ],
    [
      'an environment that is as it should be',
      facts({ verdicts: [violated], environment: [{ says: 'the worker runs', ok: true, why: '' }] }),
      'product',
      'ordered',
    ],
    [
      'a fixture that could not be made because something is down',
      facts({
        status: 'errored',
        conduct: { kind: 'errored', by: 'fixture', why: '401' },
        fixtures: [{ fixture: 'org', phase: 'set-up', ok: false, error: 'token expired' }],
        environment: [{ says: 'the worker runs', ok: false, why: 'gone' }],
      }),
      'environment',
      'the worker runs',
    ],
    [
      'a 500 of an application whose database cannot be asked either',
      gaveUp(
        { requests: [request(500)] },
        { verdicts: [{ ...violated, status: 'undecided', reason: 'unreadable', found: 'could not be read: ECONNREFUSED' }] },
      ),
      'environment',
      'ECONNREFUSED',
    ],
    [
      'a role that came out wrong, though another backend cannot be asked',
      facts({
        verdicts: [
          { ...violated, invariant: 'm', value: [{ role: 'viewer' }], diff: ['[0].role: expected editor, found viewer'] },
          { ...violated, name: 'mailed', status: 'undecided', reason: 'unreadable', found: 'ECONNREFUSED' },
        ],
        baselines: { m: [] },
      }),
      'product',
      'ordered',
    ],
    [
      'an unmet precondition',
      facts({ status: 'unproven', preconditions: [{ met: false, why: 'the plan is Free' }] }),
      'fixture',
      'the plan is Free',
    ],
  ])('%s', (_, given, cause, evidence) => {
    expect(causeOf(given)).toMatchObject({ cause, why: expect.stringContaining(evidence) });
  });

  test('a fixture is not said to have failed twice', () => {
    expect(
      causeOf(
        facts({
          status: 'errored',
          conduct: { kind: 'errored', by: 'fixture', why: '' },
          fixtures: [{ fixture: 'org', phase: 'set-up', ok: false, error: 'fixture org failed: 401' }],
        }),
      )?.why,
    ).toBe('fixture org failed: 401');
  });

  test('every status has a cause with evidence, or is one that needs none', () => {
    for (const status of STATUSES) {
      const found = causeOf(facts({ status }));
      if (['passed', 'flaky', 'skipped'].includes(status)) expect(found).toBeUndefined();
      else expect(found?.why.length).toBeGreaterThan(10);
    }
  });
});
