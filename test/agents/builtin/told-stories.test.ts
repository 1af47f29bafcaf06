import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const read = (sentence: string): string[] =>
  goalsOf(step(sentence)).map(({ kind, parts, clause }) =>
    [
      kind,
      clause.verb,
      ...parts.map(({ role, value }) => `${role} ${value.text}${value.hints.length > 0 ? ` (${value.hints.join(' ')})` : ''}`),
    ].join(' | '),
  );

const first = async (sentence: string, on: ReturnType<typeof page>) => walk(createBuiltin(), step(sentence)).decide(on);

describe('a story gives the same orders as orders do', () => {
  it.each([
    [
      'I open the invoices, then I cancel the invoice of Aisha Noor because "Paid twice"',
      ['open | open', 'do | cancel | typed Paid twice (reason) | entity Aisha Noor (invoic)'],
    ],
    ['Given I am on the orders page', ['open | go']],
    ['When I send a reminder', ['do | send']],
    ['And I type "Penicillin" into Allergies', ['put | typ | typed Penicillin']],
    ['As a nurse, I want to cancel the appointment of Kim Larsen', ['do | cancel | entity Kim Larsen (appointment)']],
    ['The user opens the settings and the user clicks Save', ['open | open', 'press | click']],
    ['When the report is ready, download it', ['do | download']],
    [
      'I enter "Rye bread" as the title and 90 as the cooking time and click Next',
      ['put | enter | typed Rye bread (titl) | typed 90 (cook tim)', 'press | click'],
    ],
    ['Select Never', ['choose | select | typed Never']],
    ['Add a to-do: Water the plants', ['do | add | typed Water the plants (todo)']],
    ["Change Marco Bellini's phone number from 555-0103 to 555-7777", ['do | chang | entity Marco Bellini | typed 555-7777 (phon number)']],
    ["Change Tuesday's dinner from Plum cake to Lentil soup", ['do | chang | entity Tuesday | typed Lentil soup (dinner)']],
    ['Archive the draft, then undo it', ['do | archiv', 'do | undo']],
    ["Report Ida's comment on the plum cake", ['do | report | entity Ida']],
    ['Type D9 as the storage bin', ['put | typ | typed D9 (storag bin)']],
    ['Choose Sweden as the country', ['choose | choos | typed Sweden (countri)']],
    ['Replace the clinic name with "Bay Clinic"', ['do | replac | typed Bay Clinic']],
    [
      'Choose "Kim Larsen" as the patient, untick the reminder and book it',
      ['choose | choos | typed Kim Larsen (patient)', 'choose | uncheck | typed reminder', 'do | book | entity Kim Larsen (patient)'],
    ],
  ])('%s', (sentence, goals) => {
    expect(read(sentence)).toEqual(goals);
  });
});

describe('names are as long as the page has them', () => {
  const rows = ['Lentil soup by Maya', 'Plum cake by Jon', 'Pea risotto by Maya'];
  const recipes = page({
    path: '/recipes',
    headings: ['Recipes'],
    controls: rows.map((row) => control('button', 'Like', { context: { row } })),
    texts: rows.map((row) => ({ text: row.replace(/ by .*/, ''), role: 'heading', context: { row } })),
  });

  it.each([
    ['Like the pea risotto', rows[2]],
    ['Like Plum cake', rows[1]],
    ['Like the second recipe', rows[1]],
    ['Press Like on the recipe by Jon', rows[1]],
  ])('%s', async (sentence, row) => {
    expect(await first(sentence, recipes)).toMatchObject({ kind: 'act', target: { name: 'Like', row } });
  });

  it('the second of something else is not the second of these', async () => {
    expect((await first('Like the second photograph', recipes)).kind).not.toBe('act');
  });

  it('who is there already is not made anew', async () => {
    const patients = ['Greta Holm 555-0104 Inactive', 'Kim Larsen 555-0101 Active'];
    const list = page({
      path: '/patients',
      headings: ['Patients'],
      controls: [control('button', 'Register patient'), ...patients.map((row) => control('button', 'Edit', { context: { row } }))],
      texts: patients.map((row) => ({ text: row.replace(/ 555.*/, ''), role: 'cell', context: { row } })),
    });
    expect(await first('Make Greta Holm an active patient again', list)).toMatchObject({ target: { name: 'Edit', row: patients[0] } });
  });
});

describe('what was not asked for is not done', () => {
  it.each<[string, ...ReturnType<typeof control>[]]>([
    ['Check "Notes"', control('button', 'Add note')],
    ['Tick "Save"', control('button', 'Save')],
    ['Choose "Notes"', control('button', 'Add note')],
    [
      'Add 4 wheelbarrows',
      control('button', 'Add item', { form: 1, attrs: { type: 'submit' } }),
      control('textbox', 'Name', { value: '', required: true, form: 1 }),
    ],
    [
      'Set the reorder level to 10',
      control('button', 'Adjust', { form: 1, attrs: { type: 'submit' } }),
      control('spinbutton', 'How many?', { value: '1', inputType: 'number', form: 1 }),
    ],
    [
      'Set the diet to Vegan',
      control('button', 'Saved', { pressed: true, context: { row: 'Plum cake by Jon' } }),
      control('textbox', 'Display name', { value: 'You' }),
    ],
    ['Tag it "quick"', control('combobox', 'Sort by', { options: ['Newest', 'Quickest'], value: 'Newest' })],
  ])('%s', async (sentence, ...controls) => {
    const decision = await first(sentence, page({ path: '/', controls }));
    expect(
      decision.kind === 'act' && decision.tentative !== true && ['click', 'check', 'fill', 'select'].includes(decision.action.kind),
    ).toBe(false);
  });

  it('where a field is called as the sentence says, the name is not written over', async () => {
    const details = page({
      path: '/items/6',
      headings: ['Rake'],
      controls: [
        control('textbox', 'Name', { value: 'Rake', form: 1 }),
        control('textbox', 'Bin', { value: 'C2', form: 1 }),
        control('button', 'Save details', { form: 1 }),
      ],
    });
    expect(told(await first('Move the Rake to bin C9', details))).toBe('fill textbox Bin = C9');
  });

  it('a new thing is not written over what a field holds', async () => {
    const settings = page({
      path: '/settings',
      headings: ['Settings'],
      controls: [control('textbox', 'Clinic name', { value: 'Harbour Clinic' }), control('button', 'Save changes')],
    });
    expect(told(await first('Add a to-do: Water the plants', settings))).not.toContain('fill');
  });

  it('a dialog with a form in it is not saved as if it only asked', async () => {
    const row = 'Greta Holm 555-0104 Inactive';
    const list = page({
      path: '/patients',
      headings: ['Patients'],
      controls: [control('button', 'Edit', { context: { row } })],
      texts: [{ text: 'Greta Holm', role: 'cell', context: { row } }],
    });
    const journey = walk(createBuiltin(), step('Edit the patient "Greta Holm" of the list'));
    const edit = await journey.decide(list);
    expect(told(edit)).toBe('click button Edit');
    journey.did(edit, list, { added: ['dialog "Edit Greta Holm"'] });
    const decision = await journey.decide(
      page({
        path: '/patients',
        dialog: 'Edit Greta Holm',
        controls: [control('textbox', 'Phone', { value: '555-0104' }), control('button', 'Discard'), control('button', 'Save')],
      }),
    );
    expect(told(decision)).not.toContain('Save');
  });

  it('a form is sent when the sentence says so, and not before', async () => {
    const form = (many: string, reason: string) =>
      page({
        path: '/items/2',
        headings: ['Hand saw'],
        controls: [
          control('spinbutton', 'How many?', { value: many, inputType: 'number', form: 1 }),
          control('combobox', 'Reason', { options: ['Delivery', 'Damaged'], value: reason, form: 1 }),
          control('button', 'Adjust', { form: 1 }),
        ],
      });
    const journey = walk(createBuiltin(), step('Set how many to 2, set the reason to Damaged and press Adjust'));
    const many = await journey.decide(form('1', 'Delivery'));
    expect(told(many)).toBe('fill spinbutton How many? = 2');
    journey.did(many, form('1', 'Delivery'));
    const reason = await journey.decide(form('2', 'Delivery'));
    expect(told(reason)).toBe('select combobox Reason = Damaged');
    journey.did(reason, form('2', 'Delivery'));
    expect(told(await journey.decide(form('2', 'Damaged')))).toBe('click button Adjust');
  });

  it('a form is left to the next sentence where that sends it', async () => {
    const task = step('Set the display name to "Robin Hill"', { after: ['admin: Press Save'] });
    const form = (value: string) =>
      page({
        path: '/account',
        headings: ['Account'],
        controls: [control('textbox', 'Display name', { value, form: 1 }), control('button', 'Save', { form: 1 })],
      });
    const journey = walk(createBuiltin(), task);
    journey.did(await journey.decide(form('Robin Vale')), form('Robin Vale'));
    expect((await journey.decide(form('Robin Hill'))).kind).toBe('step-done');
  });

  it('a box that saved itself is not followed by the button of another form', async () => {
    const todos = (checked: boolean) =>
      page({
        path: '/todos',
        headings: ['To-dos'],
        controls: [
          control('textbox', 'What needs doing?', { value: '', form: 1 }),
          control('button', 'Add', { form: 1 }),
          control('checkbox', 'Call the lab', { checked, context: { row: 'Call the lab assigned to Sam' }, path: 'main/ul/li/input' }),
        ],
      });
    const journey = walk(createBuiltin(), step('Tick "Call the lab"'));
    const tick = await journey.decide(todos(false));
    expect(tick).toMatchObject({ action: { kind: 'check', on: true } });
    journey.did(tick, todos(false), { requests: [sent('POST', '/todos/2')] });
    expect((await journey.decide(todos(true))).kind).toBe('step-done');
  });

  it('what chose and sent itself is not chosen again, though the page shows nothing of it', async () => {
    const rating = page({
      path: '/soup',
      headings: ['Soup'],
      controls: [control('combobox', 'Rating', { options: ['4 stars', '5 stars', 'none'], value: 'none' })],
    });
    const journey = walk(createBuiltin(), step('Set the rating to 5 stars'));
    const choice = await journey.decide(rating);
    expect(told(choice)).toBe('select combobox Rating = 5 stars');
    journey.did(choice, rating, { requests: [sent('POST', '/rate')] });
    expect((await journey.decide(rating)).kind).not.toBe('act');
  });

  it('“not done” takes the tick away', async () => {
    const row = 'Renew licence assigned to Kim';
    const todos = page({
      path: '/todos',
      headings: ['To-dos'],
      controls: [control('checkbox', 'Renew licence', { checked: true, context: { row } })],
      texts: [{ text: 'Renew licence', role: 'text', context: { row } }],
    });
    expect(await first('Mark the to-do Renew licence as not done', todos)).toMatchObject({ action: { kind: 'check', on: false } });
  });
});

it('links that lead to a fragment, and links without an address, are ways to look', async () => {
  const start = (controls: ReturnType<typeof control>[]) => page({ path: '/', headings: ['Appointments'], controls });
  expect(
    await first(
      'Set the opening time to 09:00 in the settings',
      start([control('link', 'Appointments', { href: '/#appointments' }), control('link', 'Settings', { href: '/#settings' })]),
    ),
  ).toMatchObject({ target: { name: 'Settings' } });
  expect(
    await first('Set the diet to Vegan in my profile', start([control('link', 'Recipes'), control('link', 'My profile')])),
  ).toMatchObject({ target: { name: 'My profile' } });
});
