import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { reservationIn } from '../../../src/agents/builtin/reservation.ts';
import { control, page, step, told, walk } from '../pages.ts';

const rows = ['Milk', 'Bread', 'Eggs'];
const list = page({
  path: '/notes',
  headings: ['Notes'],
  controls: rows.map((row) => control('button', 'Delete', { context: { row } })),
  texts: rows.map((row) => ({ text: row, role: 'cell', context: { row } })),
});

describe('what a sentence says beside what it names', () => {
  it.each([
    'Delete every note except "Milk"',
    'Delete all notes but "Milk"',
    'Delete everything but Milk',
    'Delete any note other than "Milk"',
    'Delete everything apart from "Milk"',
    'Delete a note different from "Milk"',
    'Neither delete nor archive "Milk"',
    'Avoid deleting "Milk"',
    'Delete none of the notes',
    'Delete "Milk" unless it is archived',
    'Delete "Milk" if it is archived',
    'If "Milk" is archived, delete it',
    'Delete "Milk" in case it is archived',
    'Delete "Milk" only if it is archived',
    'Delete "Milk" provided that it is archived',
    'Delete the note before "Milk"',
    'Delete the note below "Milk"',
    'Delete "Milk" twice',
    'Press "Delete" three times',
    'Prevent "Milk" from being deleted',
    'Dana cannot delete "Milk"',
    'Delete "Milk" while it is archived',
    'Delete notes until only "Milk" is left',
    'Select only "Milk" and save',
  ])('is not left out: %s', async (sentence) => {
    expect(await walk(createBuiltin(), step(sentence)).decide(list)).toMatchObject({ kind: 'give-up', because: 'sentence' });
  });

  it.each([
    'Delete "Milk" but keep "Bread"',
    'Tick all boxes but do not save',
    'Fill in all fields but leave the note empty',
    'Confirm if asked',
    'Accept the cookies if there is a banner',
    'Invite Dana as an editor if needed',
    'Dana asks if we can move it: move it to Friday',
    'Move the task "A" before "B"',
    'Add a note after "Milk"',
    'Book a room after 10:00',
    'Set reminders to 3 times a day',
    'Fill in the form with the provided data',
    'Increase the quantity to 5',
    'Add the note "All but one, unless it rains"',
    'Note that the neighbour called twice',
    'Download the file once it is ready',
    'Wait until all files are there',
    'Check that the page says "twice"',
  ])('is no more than it says: %s', (sentence) => expect(reservationIn(step(sentence))).toBeUndefined());
});

describe('how much it becomes', () => {
  it('a number by which something changes is not what is typed', async () => {
    const cart = page({ controls: [control('spinbutton', 'Quantity', { value: '3', form: 1 }), control('button', 'Update', { form: 1 })] });
    expect((await walk(createBuiltin(), step('Increase the quantity by 2')).decide(cart)).kind).toBe('give-up');
  });

  it('the cheapest answer is chosen, and without prices none is', async () => {
    const plans = (names: string[]) =>
      page({
        controls: [
          ...names.map((name) => control('radio', name, { form: 1, checked: false })),
          control('button', 'Choose plan', { form: 1, attrs: { type: 'submit' } }),
        ],
      });
    const first = async (names: string[]) => told(await walk(createBuiltin(), step('Choose the cheapest plan')).decide(plans(names)));
    expect(await first(['Pro – €30', 'Free – €0', 'Team – €10'])).toContain('Free');
    expect(await first(['Pro', 'Free', 'Team'])).not.toContain('Choose plan');
  });
});

describe('a thing that is not there is not another one', () => {
  const row = (name: string) =>
    page({
      path: '/notes',
      headings: ['Notes'],
      controls: [control('button', 'Delete', { context: { row: name } }), control('button', 'Delete', { context: { row: 'Bread' } })],
    });
  const only = page({ path: '/notes', headings: ['Notes'], controls: [control('button', 'Delete', { context: { row: 'Bread' } })] });
  const first = async (sentence: string, on: ReturnType<typeof page>) => told(await walk(createBuiltin(), step(sentence)).decide(on));
  it.each(['Oat milk', 'Chocolate milk'])('whose name ends so: %s', async (name) =>
    expect(await first('Delete the note "Milk"', row(name))).not.toContain('click button Delete'),
  );
  it.each(['Milk', 'Milk, 2 l', 'Note Milk', '2 Milk'])('it is: %s', async (name) =>
    expect(await first('Delete the note "Milk"', row(name))).toBe('click button Delete'),
  );
  it('nor is a row of a table that is pressed as a whole one name', async () => {
    const line = (name: string) => control('row', name, { context: { row: name } });
    expect(
      await first(
        'Open the note "Spring menu"',
        page({ path: '/notes', headings: ['Notes'], controls: [line('Rita draft Winter menu'), line('Rita draft Spring menu')] }),
      ),
    ).toBe('click row Rita draft Spring menu');
  });
  it('which the only row does not say', async () => {
    expect(await first('Delete the milk note', only)).not.toContain('click button Delete');
    for (const sentence of ['Delete the note', 'Delete the bread note']) expect(await first(sentence, only)).toBe('click button Delete');
  });
});

describe('a question that asks for more than the sentence', () => {
  const asked = (text: string, button = 'Delete') =>
    page({
      dialog: 'Are you sure?',
      controls: [control('button', 'Cancel'), control('button', button)],
      texts: [{ text, role: 'paragraph', context: { dialog: 'Are you sure?' } }],
    });
  const answered = async (sentence: string, question: ReturnType<typeof page>) => {
    const journey = walk(createBuiltin(), step(sentence));
    const begun = await journey.decide(list);
    journey.did(begun, list, { added: ['dialog "Are you sure?"'] });
    return told(await journey.decide(question));
  };
  it.each([
    ['Delete all 300 notes?'],
    ['This will delete every note.'],
    ['Delete the whole workspace?'],
    ['You are about to delete 12 notes.'],
  ])('is not answered with yes: %s', async (text) => {
    expect(await answered('Delete the note "Milk"', asked(text))).toMatch(/give-up: what is asked is more than the sentence says/);
  });
  it.each([['Delete the note Milk?'], ['This deletes all its files, too.'], ['Delete all versions of Milk?'], ['It cannot be undone.']])(
    'but what goes with it is: %s',
    async (text) => {
      expect(await answered('Delete the note "Milk"', asked(text))).toBe('click button Delete');
    },
  );
  it('of the browser, neither', async () => {
    const journey = walk(createBuiltin(), step('Delete the note "Milk"'));
    const begun = await journey.decide(list);
    journey.did(begun, list);
    expect(
      (await journey.decide(page({ path: '/notes', controls: [], nativeDialog: { type: 'confirm', message: 'Delete all notes?' } }))).kind,
    ).toBe('give-up');
  });
});

describe('a box that is called by what it stops', () => {
  const settings = (label: string, checked: boolean) =>
    page({ controls: [control('checkbox', label, { form: 1, checked }), control('button', 'Save', { form: 1 })] });
  it.each<[string, string, boolean, boolean]>([
    ['Disable notifications', 'Disable notifications', false, true],
    ['Enable notifications', 'Disable notifications', true, false],
    ['Pause notifications', 'Pause notifications', false, true],
    ['Stop pausing mails', 'Pause mails', true, false],
    ['Disable notifications', 'Notifications', true, false],
    ['Enable notifications', 'Notifications', false, true],
  ])('%s, where it says “%s”', async (sentence, label, checked, on) => {
    expect(await walk(createBuiltin(), step(sentence)).decide(settings(label, checked))).toMatchObject({
      kind: 'act',
      action: { kind: 'check', on },
    });
    const decision = await walk(createBuiltin(), step(sentence)).decide(settings(label, !checked));
    expect(decision).not.toMatchObject({ kind: 'act', action: { kind: 'check' } });
  });
});
