import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, step, told, walk } from '../pages.ts';

const first = (sentence: string, observation: ReturnType<typeof page>) => walk(createBuiltin(), step(sentence)).decide(observation);

describe('what was only begun is not done', () => {
  it('controls of one name that lead to different places are not used as if they did the same', async () => {
    const suppliers = page({ path: '/suppliers', headings: ['Suppliers'], controls: [control('link', 'Change', { href: '/suppliers/1/email' }), control('link', 'Change', { href: '/suppliers/1/phone' })] });
    expect((await first('Switch to the dark theme', suppliers)).kind).toBe('give-up');
  });

  it('a dialog with a list to choose from is answered with what the sentence names', async () => {
    const days = page({ path: '/plan', headings: ['Plan'], controls: [control('button', 'Plan', { context: { row: 'Friday –' } }), control('button', 'Plan', { context: { row: 'Monday –' } })] });
    const journey = walk(createBuiltin(), step('Plan Pea risotto for Friday'));
    const open = await journey.decide(days);
    expect(open).toMatchObject({ action: { kind: 'click' }, target: { row: 'Friday –' } });
    const dialog = (value: string) => page({ path: '/plan', dialog: 'Dinner on Friday', headings: ['Plan'], controls: [control('combobox', 'Recipe', { value, options: ['Choose a recipe', 'Plum cake', 'Pea risotto'] }), control('button', 'Cancel'), control('button', 'Save')] });
    journey.did(open, days, { added: ['dialog "Dinner on Friday"'] });
    const choose = await journey.decide(dialog(''));
    expect(choose).toMatchObject({ action: { kind: 'select', option: { text: 'Pea risotto' } } });
    journey.did(choose, dialog(''));
    expect(told(await journey.decide(dialog('Pea risotto')))).toBe('click button Save');
  });

  it('a form that was opened and that the sentence says nothing for is not taken for the end', async () => {
    const stock = page({ path: '/items', headings: ['Stock'], controls: [control('link', 'Add an item', { href: '/items/new' })] });
    const form = page({ path: '/items/new', headings: ['Add an item'], controls: [control('textbox', 'Item name', { value: '', required: true, form: 1 }), control('textbox', 'Unit price', { value: '', required: true, form: 1 }), control('button', 'Add item', { form: 1 })] });
    const journey = walk(createBuiltin(), step('Add 4 wheelbarrows to the stock because of a delivery'));
    const decision = await journey.decide(stock);
    if (decision.kind === 'act') journey.did(decision, stock, { navigated: true, added: ['textbox "Item name"'] });
    expect((await journey.decide(form)).kind).not.toBe('step-done');
  });
});

describe('where on a page a thing is', () => {
  it('what stands in the part of the page that is called after it is its own', async () => {
    const part = (name: string) => ({ landmark: `region ${name}`, heading: name });
    const suppliers = page({ path: '/suppliers', headings: ['Suppliers', 'Nordic Tools', 'Brightside Electric'], controls: [control('button', 'Pause', { context: part('Nordic Tools') }), control('button', 'Pause', { context: part('Brightside Electric') })] });
    expect(await first('Pause "Brightside Electric"', suppliers)).toMatchObject({ action: { kind: 'click', target: 2 } });
  });
});

describe('what else a sentence says', () => {
  it('who unsubscribes has the box unticked that says so, and the form saved', async () => {
    const account = (checked: boolean) => page({ path: '/account', headings: ['My account'], controls: [control('checkbox', 'Send me the monthly newsletter', { checked, form: 1 }), control('button', 'Save', { form: 1, attrs: { type: 'submit' } })] });
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
    expect(goalsOf(step('Search for wheelbarrow, open it and delete it')).map(({ kind, parts }) => [kind, parts.map(({ value }) => value.text)])).toEqual([['search', ['wheelbarrow']], ['open', ['wheelbarrow']], ['do', ['wheelbarrow']]]);
  });
});
