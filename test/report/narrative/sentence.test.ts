import { describe, expect, test } from 'vitest';
import { foldEvents } from '../../../src/report/fold.ts';
import { narrate } from '../../../src/report/narrative/narrate.ts';
import { plain } from '../../../src/report/narrative/line.ts';
import { firstSentence } from '../../../src/report/narrative/sentence.ts';
import { narrativeText } from '../../../src/report/narrative/text.ts';
import { allIntents, intents } from '../synthetic/teamspace.ts';
import { tellRun, type ToldIntent } from '../synthetic/telling.ts';

const sentenceOf = async (told: ToldIntent): Promise<string> => plain(firstSentence(foldEvents(await tellRun([told])).intents[0]!).spans);
const textOf = async (told: ToldIntent): Promise<string> => {
  const story = foldEvents(await tellRun([told]));
  return narrativeText(narrate(story.intents[0]!, story));
};

describe('the first sentence', () => {
  test.each<[keyof typeof intents, string]>([
    ['passed', 'The admin created a project named "Apollo", and the project Apollo of Acme is active; one more invariant held.'],
    [
      'failed',
      'The admin invited casey+k3fz@example.test as an editor, but casey+k3fz@example.test is not an active editor of Acme: role is viewer, expected editor.',
    ],
    [
      'failedJob',
      'The visitor created the workspace "Northwind", but the workspace Northwind is not active (status is provisioning, expected active): job provision_workspace failed 3 times (“permission denied for schema tenants”).',
    ],
    [
      'blocked',
      'The admin could not upgrade to Pro and pay with the test card: no control for “Upgrade to Pro” was found on Billing; nearest were “Contact sales” and “Download invoices” (the page said “Plan changes are handled by your account manager”); so far Acme is not on the plan Pro.',
    ],
    ['unproven', 'Nothing was proven: before the first step it was already true that the record Globex renewal can be found.'],
    ['errored', 'It is not known whether the export holds all 24 records: it could not be read (connect ECONNREFUSED 127.0.0.1:5432).'],
    ['erroredFixture', 'The starting state user could not be made: POST /test/seed answered 401 token expired.'],
    [
      'flaky',
      'Passed only on attempt 2; on attempt 1 the editor imported "contacts.csv" into the project, but it did not stay true that the import of contacts.csv has completed: later status is queued, expected completed.',
    ],
    [
      'refusalBroken',
      'The viewer was refused in the browser, but a viewer can remove a member: the request was accepted (POST /o/:slug/members/:id/remove answered 303).',
    ],
    ['skipped', 'Was not run: the run was cut short by --max-failures 5.'],
  ])('of %s', async (name, sentence) => expect(await sentenceOf(intents[name])).toBe(sentence));

  test('puts the business fact first when it came out wrong before the journey could not go on', async () => {
    const told = structuredClone(intents.failed) as ToldIntent;
    const [attempt] = told.attempts;
    Object.assign(attempt!, { status: 'blocked', conduct: { kind: 'blocked', by: 'gave-up', why: 'no way' } });
    Object.assign(attempt!.steps![1]!, { status: 'gave-up', why: 'no way was found to open it' });
    expect(await sentenceOf(told)).toBe(
      'The admin invited casey+k3fz@example.test as an editor, but casey+k3fz@example.test is not an active editor of Acme: role is viewer, expected editor; the teammate could not open the invitation mail and accept it as "Casey User" with password ${secret:TEAMMATE_PASSWORD}.',
    );
  });

  test('says that it was so already, when that may be why nobody could do it', async () => {
    const told = structuredClone(intents.failed) as ToldIntent;
    const [attempt] = told.attempts;
    Object.assign(attempt!, { status: 'blocked', conduct: { kind: 'blocked', by: 'gave-up', why: 'no way' } });
    Object.assign(attempt!.steps![1]!, { status: 'gave-up', why: 'no way was found to open it' });
    for (const { verdict } of attempt!.invariants!) Object.assign(verdict, { status: 'held', says: 'the book is gone' });
    Object.assign(attempt!.invariants![0]!.verdict, { vacuous: true });
    expect(await sentenceOf(told)).toContain('; before the first step it was already so that the book is gone.');
  });

  test('counts what must be counted', async () => {
    const told = structuredClone(intents.failed) as ToldIntent;
    Object.assign(told.attempts[0]!.invariants![0]!.verdict, {
      says: 'casey+k3fz@example.test receives exactly one mail',
      found: '[{ id: mail_1 }, { id: mail_2 }]',
      expected: 'count 1',
      diff: ['expected count 1, found 2'],
      value: [{ id: 'mail_1' }, { id: 'mail_2' }],
    });
    expect(await sentenceOf(told)).toBe(
      'The admin invited casey+k3fz@example.test as an editor, but casey+k3fz@example.test does not receive exactly one mail: found 2, expected exactly 1.',
    );
    Object.assign(told.attempts[0]!.invariants![0]!.verdict, {
      says: 'no mail goes to avery@example.test',
      found: '[{ id: mail_1, to: avery@example.test }]',
      expected: 'none (an empty answer)',
      value: [{ id: 'mail_1', to: 'avery@example.test' }],
    });
    expect(await sentenceOf(told)).toContain('but a mail goes to avery@example.test: found 1, expected none.');
  });

  test('tells the same thing too often by its number', async () => {
    const told = structuredClone(intents.failed) as ToldIntent;
    const row = { plan: 'pro', status: 'active' };
    const rows = '[{ plan: pro, status: active }, { plan: pro, status: active }]';
    Object.assign(told.attempts[0]!.invariants![0]!.verdict, {
      says: 'Acme has exactly one subscription',
      found: rows,
      expected: 'exactly one: [{ plan: pro, status: active }]',
      diff: [`expected exactly one: [{ plan: pro, status: active }], found 2: ${rows}`],
      value: [row, row],
    });
    expect(await sentenceOf(told)).toContain(
      'Acme does not have exactly one subscription: found 2 times plan: pro, status: active, expected exactly one.',
    );
  });

  test('names no step when none is about the fact', async () => {
    const told = structuredClone(intents.failed) as ToldIntent;
    Object.assign(told.attempts[0]!.invariants![0]!.verdict, {
      says: 'the audit log has one entry',
      found: 'nothing ([])',
      expected: 'count 1',
      diff: ['expected count 1, found nothing ([])'],
      value: [],
    });
    expect(await sentenceOf(told)).toBe(
      'Every step was carried out in the browser, but the audit log does not have one entry: found none, expected exactly 1.',
    );
  });

  test('of what should have stayed as it was tells how many are gone, and which field changed', async () => {
    const told = structuredClone(intents.failed) as ToldIntent;
    const invariant = (diff: string[]): void => {
      told.attempts[0]!.invariants = [
        {
          verdict: {
            name: 'neighbours',
            says: 'the neighbouring organisation stays as it was',
            mode: 'unchanged',
            status: 'violated',
            reason: 'changed',
            expected: 'the same as before the first step',
            found: diff.join('; '),
            diff,
          },
          readings: [
            [40, 'baseline', []],
            [9000, 'final', []],
          ],
        },
      ];
    };
    invariant(['gone: { name: Birch }', 'gone: { name: Cobalt }', 'new: { name: Dune }']);
    expect(await sentenceOf(told)).toContain(
      'the neighbouring organisation does not stay as it was: 2 are gone, the first { name: Birch }; { name: Dune } is new.',
    );
    invariant(['[0].plan_name: was pro, is free', '[0].seats: was 25, is 5', '[1].seats: was 5, is 0']);
    expect(await sentenceOf(told)).toContain(': plan name was pro and is free; seats was 25 and is 5; 1 more changed.');
  });

  test('of a fact that broke on the way tells it with who could not go on', async () => {
    const told = structuredClone(intents.failed) as ToldIntent;
    const [attempt] = told.attempts;
    attempt!.conduct = { kind: 'blocked', by: 'gave-up', why: 'no way' };
    Object.assign(attempt!.steps![1]!, { status: 'gave-up', why: 'it did not come to be so: Acme is ready' });
    attempt!.invariants = [
      {
        verdict: {
          name: 'no-refusals',
          says: 'no message of the provider is turned away',
          mode: 'always',
          status: 'violated',
          reason: 'violated-during',
          expected: 'none (an empty answer)',
          found: '[…]',
          diff: [],
          value: [{ id: 'm1', type: 'paid', refused: 8, received_at: '2026-11-20' }],
        },
        readings: [
          [40, 'baseline', []],
          [1500, 'watch', [{ id: 'm1', type: 'paid', refused: 1 }]],
          [2100, 'poll', [{ id: 'm1', type: 'paid', refused: 8 }]],
        ],
      },
    ];
    expect(await sentenceOf(told)).toBe(
      'The admin invited casey+k3fz@example.test as an editor, but a message of the provider is turned away: found type: paid, refused: 8, expected none; the teammate could not open the invitation mail and accept it as "Casey User" with password ${secret:TEAMMATE_PASSWORD}.',
    );
  });

  test('does not say a sentence twice, and calls people by their names', async () => {
    const told = structuredClone(intents.blocked) as ToldIntent;
    for (const step of told.steps) step.actor = 'casey';
    Object.assign(told.attempts[0]!.steps![0]!, { why: 'no way was found to Upgrade to Pro and pay with the test card', notices: [] });
    expect(await sentenceOf(told)).toBe(
      'Casey could not upgrade to Pro and pay with the test card: no way was found to do that; so far Acme is not on the plan Pro.',
    );
  });

  test('of an interrupted journey names the step it was at', async () => {
    const events = await tellRun([intents.failed]);
    const at = events.findIndex((event) => event.type === 'step-start' && event.step === 1);
    const story = foldEvents(events.slice(0, at + 1));
    expect(plain(firstSentence(story.intents[0]!).spans)).toMatch(
      /^The run was interrupted while teammate was at “Open the invitation mail/,
    );
  });

  test('every sentence of the narrative rests on events of the journal', async () => {
    const events = await tellRun(allIntents);
    const story = foldEvents(events);
    const known = new Set(events.map(({ seq }) => seq));
    for (const intent of story.intents.filter(({ attempts }) => attempts.length > 0)) {
      const { sentence, sections } = narrate(intent, story);
      for (const line of [
        sentence,
        ...sections.filter(({ id }) => id !== 'again' && id !== 'circumstances').flatMap(({ lines }) => lines),
      ]) {
        expect(line.seqs.length, plain(line.spans)).toBeGreaterThan(0);
        for (const seq of line.seqs) expect(known).toContain(seq);
      }
    }
  });
});

describe('the narrative', () => {
  test('of a failure', async () => expect(await textOf(intents.failed)).toMatchSnapshot());
  test('of a blocked journey', async () => expect(await textOf(intents.blocked)).toMatchSnapshot());
  test('says adaptations even on a pass', async () =>
    expect(await textOf(intents.adapted)).toContain(
      'Step 1: The button Save is now called Save changes (score 0.83, 0.31 ahead of “Cancel”), by relocate.',
    ));
});
