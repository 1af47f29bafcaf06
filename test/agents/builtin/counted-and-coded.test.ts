import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const first = (sentence: string, observation: ReturnType<typeof page>) => walk(createBuiltin(), step(sentence)).decide(observation);
const parts = (sentence: string): string[] =>
  goalsOf(step(sentence)).flatMap((goal) =>
    goal.parts.map(({ role, value }) => `${role} ${value.text}${value.hints.length > 0 ? ` (${value.hints.join(' ')})` : ''}`),
  );

describe('what a sentence names without quotes', () => {
  it.each([
    ['Set my date of birth to 24 December 1990', ['typed 24 December 1990 (dat birth)']],
    ['Tag the pea risotto with "quick"', ['typed quick (tag)']],
    ['Write "I cook a lot" about me', ['typed I cook a lot (about)']],
    ['Save the recipe Lentil soup for later', ['entity Lentil']],
    ['Remove 20 light bulbs', ['typed 20']],
    ['Make Nordic Tools a preferred supplier', ['entity Nordic Tools', 'typed preferred supplier']],
    [
      'Add an item called Tin snips in the category Tools with a price of 9.5 and bin A7',
      ['either Tools (categori)', 'typed 9.5 (pric)', 'typed Tin snips (item)', 'typed A7 (bin)'],
    ],
  ])('%s', (sentence, expected) => {
    expect(parts(sentence).toSorted()).toEqual(expected.toSorted());
  });
});

describe('things that are counted', () => {
  const row = 'Wheelbarrow Garden 1';
  const stock = page({
    path: '/items',
    headings: ['Stock'],
    controls: [
      control('link', 'Add an item', { href: '/items/new' }),
      control('link', 'Wheelbarrow', { href: '/items/11', context: { row } }),
      control('button', 'Put one back', { context: { row } }),
    ],
    texts: [{ text: 'Wheelbarrow', role: 'cell', context: { row } }],
  });

  it('are there already, and a control that counts otherwise is not for them', async () => {
    expect(told(await first('Add 4 wheelbarrows to the stock because of a delivery', stock))).toBe('click link Wheelbarrow');
  });

  const item = (dir: string, count: string) =>
    page({
      path: '/items/11',
      title: 'Wheelbarrow',
      headings: ['Wheelbarrow', 'Adjust stock'],
      controls: [
        ...['Add', 'Remove'].map((name) =>
          control('radio', name, { checked: name === dir, form: 1, attrs: { name: 'dir' }, context: { heading: 'Adjust stock' } }),
        ),
        control('spinbutton', 'How many?', { value: count, inputType: 'number', form: 1, context: { heading: 'Adjust stock' } }),
        control('button', 'Adjust', { form: 1, context: { heading: 'Adjust stock' } }),
        control('button', 'Delete this item'),
      ],
    });

  it('to remove some of a thing is an answer of its form, and does not delete it', async () => {
    const journey = walk(createBuiltin(), step('Remove 20 wheelbarrows'));
    const open = await journey.decide(stock);
    expect(told(open)).toBe('click link Wheelbarrow');
    journey.did(open, stock, { navigated: true, added: ['heading "Wheelbarrow"'] });
    const remove = await journey.decide(item('Add', '1'));
    expect(remove).toMatchObject({ action: { kind: 'check', on: true }, target: { name: 'Remove' } });
    journey.did(remove, item('Add', '1'));
    const count = await journey.decide(item('Remove', '1'));
    expect(told(count)).toBe('fill spinbutton How many? = 20');
    journey.did(count, item('Remove', '1'));
    expect(told(await journey.decide(item('Remove', '20')))).toBe('click button Adjust');
  });

  it('a count that was put nowhere is missed', async () => {
    const journey = walk(createBuiltin(), step('Order 4 wheelbarrows'));
    const shop = page({ path: '/', headings: ['Shop'], controls: [control('button', 'Order wheelbarrows')] });
    const order = await journey.decide(shop);
    journey.did(order, shop, { requests: [sent('POST', '/orders')], added: ['status "Ordered"'] });
    expect(
      await journey.decide(
        page({
          path: '/',
          headings: ['Shop'],
          notices: [{ kind: 'status', text: 'Ordered' }],
          controls: [control('button', 'Order wheelbarrows')],
        }),
      ),
    ).toMatchObject({ kind: 'give-up', why: expect.stringContaining('“4”') });
  });
});

describe('which form is meant', () => {
  it('what narrows a list down is not for making something', async () => {
    const stock = page({
      path: '/items',
      headings: ['Stock'],
      controls: [
        control('combobox', 'Category', { value: 'All', options: ['All', 'Tools', 'Paint'], form: 1 }),
        control('button', 'Apply filters', { form: 1 }),
        control('link', 'Add an item', { href: '/items/new' }),
      ],
    });
    expect(told(await first('Add an item called Tin snips in the category Tools', stock))).toBe('click link Add an item');
  });

  it('the only field asks for what is made, whatever it is called', async () => {
    const tasks = page({
      path: '/tasks',
      headings: ['To-dos'],
      controls: [control('textbox', 'What needs doing?', { value: '', form: 1 }), control('button', 'Add', { form: 1 })],
    });
    expect(told(await first('Add a to-do: Water the plants', tasks))).toBe('fill textbox What needs doing? = Water the plants');
  });
});

describe('a calendar that opens over a form', () => {
  const days = Array.from({ length: 31 }, (_, day) => control('gridcell', String(day + 1), { context: { dialog: 'Choose a date' } }));
  const form = page({
    path: '/',
    dialog: 'New appointment',
    texts: [
      { text: '1 December 2026, 09:30 booked', role: 'paragraph', context: {} },
      { text: '‹ January 2027 ›', role: 'text', context: { dialog: 'Choose a date' } },
    ],
    controls: [
      control('button', 'Date', { popup: 'dialog' }),
      control('button', 'Next month', { context: { dialog: 'Choose a date' } }),
      ...days,
    ],
  });

  it('shows the month of its title, not one that the page speaks of', async () => {
    const journey = walk(createBuiltin(), step('Choose the date 12 January 2027'));
    const pick = await journey.decide(form);
    expect(told(pick)).toBe('click gridcell 12');
    journey.did(pick, form);
    expect(
      (await journey.decide(page({ path: '/', dialog: 'New appointment', controls: [control('button', 'Date', { popup: 'dialog' })] })))
        .kind,
    ).toBe('step-done');
  });

  it('is turned where it stands', async () => {
    expect(told(await first('Choose the date 12 March 2027', form))).toBe('click button Next month');
  });

  it('and its date is not typed into a list of something else', async () => {
    const patients = page({ path: '/', dialog: 'New appointment', controls: [control('combobox', 'Patient', { value: '' })] });
    patients.candidates[0]!.print.tag = 'input';
    expect((await first('Choose the date 12 January 2027', patients)).kind).toBe('give-up');
  });
});
