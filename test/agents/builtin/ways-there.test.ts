import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const first = async (sentence: string, on: ReturnType<typeof page>, files: string[] = []) =>
  told(await walk(createBuiltin(), step(sentence, { files })).decide(on));

describe('the way to a thing', () => {
  it('pages that only have numbers are looked through one after the other', async () => {
    const list = (now: number) =>
      page({
        path: `/units?page=${now}`,
        headings: ['Units'],
        texts: [{ text: `HH-10${now}`, role: 'cell', context: { row: `HH-10${now}` } }],
        controls: [
          control('link', 'Delete', { context: { row: `HH-10${now}` } }),
          ...[1, 2, 3]
            .filter((number) => number !== now)
            .map((number) => control('link', String(number), { href: `/units?page=${number}` })),
        ],
      });
    const journey = walk(createBuiltin(), step('Delete unit HH-122'));
    const second = await journey.decide(list(1));
    expect(told(second)).toBe('click link 2');
    journey.did(second, list(1), { navigated: true });
    expect(told(await journey.decide(list(2)))).toBe('click link 3');
  });

  it('where the sentence says is gone to before what stands elsewhere is used', async () => {
    const talks = page({
      path: '/talks',
      headings: ['Talks'],
      controls: [
        control('link', 'Settings', { href: '/settings' }),
        ...['Rust', 'Queues'].map((row) => control('button', 'Edit', { context: { row } })),
      ],
    });
    expect(await first('In the settings change the conference name to "Podium Berlin"', talks)).toBe('click link Settings');
  });

  it('what a row of another kind adds is not what is recorded', async () => {
    const home = page({
      path: '/',
      headings: ['Administration'],
      controls: [
        ...['Units Add Change', 'Leases Add Change'].map((row) => control('link', 'Add', { href: `/${row}`, context: { row } })),
        control('link', 'Payments', { href: '/payments' }),
      ],
    });
    expect(await first("Record Femi Adeyemi's payment by bank transfer", home)).toBe('click link Payments');
  });
});

describe('what was replayed before', () => {
  it('what was pressed for an earlier order is not taken for this one', async () => {
    const row = 'Olga Brandt 825 overdue';
    const list = page({
      path: '/payments?state=overdue',
      headings: ['Payments'],
      controls: [
        control('button', 'Filter', { form: 1, attrs: { type: 'submit' } }),
        control('combobox', 'State', { options: ['Pending', 'Overdue'], value: 'Overdue', form: 1 }),
        control('link', 'Waive', { href: '/waive', context: { row } }),
      ],
    });
    const journey = walk(createBuiltin(), step('Filter the payments by state Overdue and waive the one that is left'));
    journey.turns.push({
      step: 0,
      agent: 'replay',
      action: { kind: 'click', target: 1 },
      digest: 'before',
      path: '/payments',
      added: [],
      target: { role: 'button', name: 'Filter' },
      outcome: { ok: true, requests: [], events: [], navigated: true, ms: 1 },
    });
    expect((await journey.decide(list)).kind).not.toBe('step-done');
  });
});

describe('controls as common toolkits make them', () => {
  it('a date that is shown and not typed is picked with the button beside it', async () => {
    const group = 'Preferred date';
    const form = page({
      path: '/talks',
      dialog: 'Submit a talk',
      controls: [
        control('textbox', 'Preferred date', { value: '2027-03-10', readonly: true, context: { group } }),
        control('button', 'Choose date, selected date is 2027-03-10', { context: { group } }),
      ],
    });
    const journey = walk(createBuiltin(), step('Enter 2 April 2027 as the preferred date'));
    const shown = await journey.decide(form);
    journey.did(shown, form);
    expect(told(await journey.decide(form))).toBe('click button Choose date, selected date is 2027-03-10');
  });

  it('a list that filters as soon as it is chosen from needs nothing to send it', async () => {
    const list = (value: string) =>
      page({
        path: '/talks',
        headings: ['Talks'],
        controls: [control('combobox', 'Status', { value, popup: 'listbox', expanded: false })],
      });
    const open = page({
      path: '/talks',
      headings: ['Talks'],
      controls: [
        control('combobox', 'Status', { value: 'All', popup: 'listbox', expanded: true }),
        control('option', 'Submitted', { context: { group: 'Status' } }),
      ],
    });
    const journey = walk(createBuiltin(), step('Filter the talks by status Submitted'));
    const opened = await journey.decide(list('All'));
    journey.did(opened, list('All'), { added: ['option "Submitted"'] });
    const chosen = await journey.decide(open);
    expect(told(chosen)).toBe('click option Submitted');
    journey.did(chosen, open);
    expect((await journey.decide(list('Submitted'))).kind).toBe('step-done');
  });

  it('a file that is attached with a form is put into it before it is sent', async () => {
    const form = (method: string) =>
      page({
        path: '/payments/4/record',
        headings: ['Record payment of Hana Kovac'],
        controls: [
          control('combobox', 'Method', { options: ['Bank transfer', 'Cash'], value: method, form: 1 }),
          control('button', 'Receipt', { inputType: 'file', form: 1 }),
          control('button', 'Record', { form: 1, attrs: { type: 'submit' } }),
        ],
      });
    const journey = walk(
      createBuiltin(),
      step('Record the payment of Hana Kovac in cash and attach receipt.pdf', { files: ['receipt.pdf'] }),
    );
    for (let at = 0, method = ''; at < 4; at++) {
      const decision = await journey.decide(form(method));
      if (decision.kind !== 'act' || decision.action.kind === 'click') {
        expect(told(decision)).toBe('click button Record');
        expect(journey.turns.map((turn) => turn.action.kind).toSorted()).toEqual(['select', 'upload']);
        journey.did(decision, form(method), { navigated: true, requests: [sent('POST', '/payments/4/record')] });
        break;
      }
      journey.did(decision, form(method));
      if (decision.action.kind === 'select') method = 'Cash';
    }
    expect(journey.turns.at(-1)?.action.kind).toBe('click');
  });
});

it('a link that looks like a button leads to where a value is asked for, though it stands among the fields of another form', async () => {
  const preferences = page({
    path: '/preferences',
    headings: ['Preferences'],
    controls: [
      control('tab', 'Editing', { form: 1 }),
      control('textbox', 'Real name', { value: '', form: 1 }),
      control('button', 'Set an email address', { form: 1, href: '/change-email', context: { row: 'Email: needed for password resets' } }),
      control('button', 'Save', { form: 1, attrs: { type: 'submit' } }),
    ],
  });
  expect(told(await walk(createBuiltin(), step('Set the e-mail address dana@example.test')).decide(preferences))).toBe(
    'click button Set an email address',
  );
});
