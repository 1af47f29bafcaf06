import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, step, told, walk } from '../pages.ts';

const first = (sentence: string, observation: ReturnType<typeof page>) => walk(createBuiltin(), step(sentence)).decide(observation);

describe('what was only begun is not done', () => {
  it('controls of one name that lead to different places are not used as if they did the same', async () => {
    const suppliers = page({
      path: '/suppliers',
      headings: ['Suppliers'],
      controls: [control('link', 'Change', { href: '/suppliers/1/email' }), control('link', 'Change', { href: '/suppliers/1/phone' })],
    });
    expect((await first('Switch to the dark theme', suppliers)).kind).toBe('give-up');
  });

  it('a dialog with a list to choose from is answered with what the sentence names', async () => {
    const days = page({
      path: '/plan',
      headings: ['Plan'],
      controls: [control('button', 'Plan', { context: { row: 'Friday –' } }), control('button', 'Plan', { context: { row: 'Monday –' } })],
    });
    const journey = walk(createBuiltin(), step('Plan Pea risotto for Friday'));
    const open = await journey.decide(days);
    expect(open).toMatchObject({ action: { kind: 'click' }, target: { row: 'Friday –' } });
    const dialog = (value: string) =>
      page({
        path: '/plan',
        dialog: 'Dinner on Friday',
        headings: ['Plan'],
        controls: [
          control('combobox', 'Recipe', { value, options: ['Choose a recipe', 'Plum cake', 'Pea risotto'] }),
          control('button', 'Cancel'),
          control('button', 'Save'),
        ],
      });
    journey.did(open, days, { added: ['dialog "Dinner on Friday"'] });
    const choose = await journey.decide(dialog(''));
    expect(choose).toMatchObject({ action: { kind: 'select', option: { text: 'Pea risotto' } } });
    journey.did(choose, dialog(''));
    expect(told(await journey.decide(dialog('Pea risotto')))).toBe('click button Save');
  });

  it('a form that was opened and that the sentence says nothing for is not taken for the end', async () => {
    const stock = page({ path: '/items', headings: ['Stock'], controls: [control('link', 'Add an item', { href: '/items/new' })] });
    const form = page({
      path: '/items/new',
      headings: ['Add an item'],
      controls: [
        control('textbox', 'Item name', { value: '', required: true, form: 1 }),
        control('textbox', 'Unit price', { value: '', required: true, form: 1 }),
        control('button', 'Add item', { form: 1 }),
      ],
    });
    const journey = walk(createBuiltin(), step('Add 4 wheelbarrows to the stock because of a delivery'));
    const decision = await journey.decide(stock);
    if (decision.kind === 'act') journey.did(decision, stock, { navigated: true, added: ['textbox "Item name"'] });
    expect((await journey.decide(form)).kind).not.toBe('step-done');
  });
});

describe('where on a page a thing is', () => {
  it('what stands in the part of the page that is called after it is its own', async () => {
    const part = (name: string) => ({ landmark: `region ${name}`, heading: name });
    const suppliers = page({
      path: '/suppliers',
      headings: ['Suppliers', 'Nordic Tools', 'Brightside Electric'],
      controls: [
        control('button', 'Pause', { context: part('Nordic Tools') }),
        control('button', 'Pause', { context: part('Brightside Electric') }),
      ],
    });
    expect(await first('Pause "Brightside Electric"', suppliers)).toMatchObject({ action: { kind: 'click', target: 2 } });
  });
});

describe('what is on and off', () => {
  const recipe = (name: string, liked: boolean) =>
    page({
      path: '/',
      headings: ['Recipes'],
      controls: [
        control('link', 'Pea risotto', { href: '/3', context: { row: 'Pea risotto by Maya' } }),
        control('button', name, { pressed: liked, context: { row: 'Pea risotto by Maya' } }),
        control('button', name, { pressed: !liked, context: { row: 'Plum cake by Jon' } }),
      ],
    });

  it.each([
    ['Unlike the pea risotto', 'Like'],
    ['Stop following the pea risotto', 'Follow'],
    ['Remove the pea risotto from my saved recipes', 'Saved'],
  ])('%s: the control that is on takes it back', async (sentence, name) => {
    expect(await first(sentence, recipe(name, true))).toMatchObject({ action: { kind: 'click', target: 2 } });
    const off = await first(sentence, recipe(name, false));
    expect(off.kind === 'act' && off.action.kind === 'click' && off.action.target !== 1).toBe(false);
  });

  it('what is on already is not pressed once more', async () => {
    expect((await first('Like the pea risotto', recipe('Like', true))).kind).toBe('step-done');
    expect(await first('Like the pea risotto', recipe('Like', false))).toMatchObject({ action: { kind: 'click', target: 2 } });
  });
});

describe('what the page says of the words of a sentence', () => {
  it('an answer beside the name of its question is chosen, and the form saved', async () => {
    const account = (theme: string) =>
      page({
        path: '/account',
        headings: ['My account'],
        controls: [
          ...['Light', 'Dark', 'System'].map((name) =>
            control('radio', name, { checked: name === theme, form: 1, context: { group: 'Theme' } }),
          ),
          control('button', 'Save', { form: 1, attrs: { type: 'submit' } }),
        ],
      });
    const journey = walk(createBuiltin(), step('Switch to the dark theme'));
    const choose = await journey.decide(account('Light'));
    expect(choose).toMatchObject({ action: { kind: 'check', on: true }, target: { name: 'Dark' } });
    journey.did(choose, account('Light'));
    expect(told(await journey.decide(account('Dark')))).toBe('click button Save');
  });

  const list = (...names: string[]) =>
    page({
      path: '/items',
      headings: ['Items'],
      controls: [
        ...names.map((name) => control('button', 'Delete', { context: { row: `${name} 12` } })),
        control('link', 'Next', { href: '/items?page=2' }),
        control('link', 'Orders', { href: '/orders', context: { landmark: 'navigation' } }),
      ],
      texts: names.map((text) => ({ text, role: 'cell', context: { row: `${text} 12` } })),
    });

  it('a name without quotes is looked for further on in the list', async () => {
    expect(told(await first('Delete Masking tape', list('Claw hammer', 'Hand saw', 'Rake')))).toBe('click link Next');
    expect(await first('Delete Masking tape', list('Fuse', 'Masking tape', 'Hose'))).toMatchObject({
      target: { name: 'Delete', row: 'Masking tape 12' },
    });
  });

  it('nobody says the size or the code at the end of a name, where nothing else is called so', async () => {
    expect(await first('Delete the light bulb', list('Light bulb E27', 'Rake', 'Garden hose 20 m'))).toMatchObject({
      target: { name: 'Delete', row: 'Light bulb E27 12' },
    });
    expect(await first('Delete the light bulb', list('Light bulb E27', 'Light bulb E14', 'Rake'))).not.toMatchObject({
      target: { name: 'Delete' },
    });
  });

  it('a control that tells what has become of something is used for that', async () => {
    const orders = page({
      path: '/orders',
      headings: ['Orders'],
      controls: ['Order 501', 'Order 502'].flatMap((row) => [
        control('button', 'Goods received', { context: { row } }),
        control('button', 'Cancel order', { context: { row } }),
      ]),
    });
    expect(await first('Mark order 501 as received', orders)).toMatchObject({ target: { name: 'Goods received', row: 'Order 501' } });
  });

  it('of two links that say "Change", the one beside what is to be changed is meant', async () => {
    const supplier = page({
      path: '/suppliers/1',
      title: 'Nordic Tools',
      headings: ['Nordic Tools'],
      controls: ['E-mail', 'Phone'].map((column) => control('link', 'Change', { href: `/suppliers/1/${column}`, context: { column } })),
    });
    expect(await first('Change the e-mail of Nordic Tools to orders@nordic.test', supplier)).toMatchObject({
      action: { kind: 'click', target: 1 },
    });
    expect(await first('Change the phone of Nordic Tools to 020 999', supplier)).toMatchObject({ action: { kind: 'click', target: 2 } });
  });

  it('who something is for belongs where the form asks for somebody', async () => {
    const form = page({
      path: '/',
      dialog: 'New appointment',
      controls: [
        control('combobox', 'Patient', { value: '', attrs: { type: 'text' }, path: 'main/form/input' }),
        control('textbox', 'Remarks', { value: '' }),
        control('button', 'Book'),
      ],
    });
    form.candidates[0]!.print.tag = 'input';
    expect(told(await first('Book an appointment for Greta Holm', form))).toBe('fill combobox Patient = Greta Holm');
  });

  it("where nothing on a thing's page leads on, the rest of the application is looked through", async () => {
    const row = 'Aisha Noor Vaccination';
    const menu = page({
      path: '/appointments',
      headings: ['Appointments'],
      controls: [
        control('link', 'Patients', { href: '/patients', context: { landmark: 'navigation Main' } }),
        control('button', 'More options', { popup: 'menu', expanded: true, context: { row } }),
        control('menuitem', 'Send reminder', { context: { row } }),
      ],
      texts: [{ text: 'Aisha Noor', role: 'heading', context: { row } }],
    });
    expect(told(await first("Set Aisha Noor's insurance to None", menu))).toBe('click link Patients');
  });
});

describe('what else a sentence says', () => {
  it('what was searched for without quotes is open once its page is there', async () => {
    const row = 'Wheelbarrow Garden 1';
    const found = page({
      path: '/items?q=wheelbarrow',
      headings: ['Stock'],
      controls: [
        control('textbox', 'Search', { value: 'wheelbarrow', inputType: 'search' }),
        control('link', 'Wheelbarrow', { href: '/items/11', context: { row } }),
      ],
      texts: [{ text: 'Wheelbarrow', role: 'cell', context: { row } }],
    });
    const journey = walk(createBuiltin(), step('Search for wheelbarrow and open it'));
    const search = await journey.decide(
      page({ path: '/items', headings: ['Stock'], controls: [control('textbox', 'Search', { value: '', inputType: 'search' })] }),
    );
    journey.did(search, found);
    const enter = await journey.decide(found);
    journey.did(enter, found, { navigated: true });
    const open = await journey.decide(found);
    expect(told(open)).toBe('click link Wheelbarrow');
    journey.did(open, found, { navigated: true });
    expect(
      (
        await journey.decide(
          page({
            path: '/items/11',
            title: 'Wheelbarrow',
            headings: ['Wheelbarrow'],
            controls: [control('link', 'Details', { href: '/items/11?tab=details' })],
          }),
        )
      ).kind,
    ).toBe('step-done');
  });

  it('a bare answer and a quoted question are one', () => {
    expect(
      goalsOf(step('Choose metre for "Sold by"')).map(({ kind, parts }) => [kind, parts.map(({ value }) => [value.text, value.place])]),
    ).toEqual([['choose', [['metre', 'Sold by']]]]);
  });

  it('to post is an order of its own', () => {
    expect(goalsOf(step('Go to the comments and post "Lovely"')).map(({ clause }) => clause.verb)).toEqual(['go', 'post']);
  });

  it('who unsubscribes has the box unticked that says so, and the form saved', async () => {
    const account = (checked: boolean) =>
      page({
        path: '/account',
        headings: ['My account'],
        controls: [
          control('checkbox', 'Send me the monthly newsletter', { checked, form: 1 }),
          control('button', 'Save', { form: 1, attrs: { type: 'submit' } }),
        ],
      });
    const journey = walk(createBuiltin(), step('Unsubscribe from the newsletter'));
    const untick = await journey.decide(account(true));
    expect(untick).toMatchObject({ action: { kind: 'check', on: false } });
    journey.did(untick, account(true));
    expect(told(await journey.decide(account(false)))).toBe('click button Save');
  });

  it('an answer to what is asked afterwards is no order of its own', () => {
    expect(goalsOf(step('Cancel purchase order 502 and accept the confirmation')).map(({ clause }) => clause.verb)).toEqual(['cancel']);
  });

  it('what was searched for in plain words is what is opened and deleted', () => {
    expect(
      goalsOf(step('Search for wheelbarrow, open it and delete it')).map(({ kind, parts }) => [kind, parts.map(({ value }) => value.text)]),
    ).toEqual([
      ['search', ['wheelbarrow']],
      ['open', ['wheelbarrow']],
      ['do', ['wheelbarrow']],
    ]);
  });
});

describe('what the browser itself asks', () => {
  const asking = page({ controls: [control('button', 'Rename')], nativeDialog: { type: 'prompt', message: 'New title' } });
  it('is given the one text that is to be entered, and is answered once', async () => {
    const walker = walk(createBuiltin(), step('Enter "Golden Letters"'));
    const answer = await walker.decide(asking);
    expect(answer).toMatchObject({ action: { kind: 'dialog', accept: true, text: { from: 'step', text: 'Golden Letters' } } });
    walker.did(answer, asking);
    expect(told(await walker.decide(page({ controls: [control('button', 'Rename')] })))).toContain('done');
  });
  it.each(['Enter ${secret:PIN}', 'Enter "Golden" and "Letters"'])(
    'is not given a secret, nor one of several texts: %s',
    async (sentence) => expect(await first(sentence, asking)).not.toMatchObject({ action: { kind: 'dialog' } }),
  );
});

describe('giving up', () => {
  it('names the dialog that stands in front and what it offers', async () =>
    expect(
      await first(
        'Archive the book "Copper"',
        page({ dialog: 'Which shelf?', controls: [control('button', 'Keep'), control('button', 'Lend it')] }),
      ),
    ).toMatchObject({ kind: 'give-up', why: expect.stringContaining('the dialog “Which shelf?” offers “Keep”, “Lend it”') }));
});
