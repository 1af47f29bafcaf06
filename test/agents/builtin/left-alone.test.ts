import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const first = async (sentence: string, on: ReturnType<typeof page>) => told(await walk(createBuiltin(), step(sentence)).decide(on));
const field = (name: string, value = '') => control('textbox', name, { value, form: 1 });
const save = (name = 'Save') => control('button', name, { form: 1, attrs: { type: 'submit' } });

describe('what is begun is not gone through with where the sentence says so', () => {
  const row = 'WebGPU in practice Tom Reyes';
  const list = page({
    path: '/talks',
    headings: ['Talks'],
    controls: [control('button', 'Delete', { context: { row } })],
    texts: [{ text: 'WebGPU in practice', role: 'cell', context: { row } }],
  });
  const asked = page({ path: '/talks', dialog: 'Delete this talk?', controls: [control('button', 'Cancel'), control('button', 'Delete')] });

  it('"… but cancel" answers what is asked with its way out', async () => {
    const journey = walk(createBuiltin(), step('Start deleting the talk "WebGPU in practice" but cancel'));
    const begun = await journey.decide(list);
    expect(told(begun)).toBe('click button Delete');
    journey.did(begun, list, { added: ['dialog "Delete this talk?"'] });
    const out = await journey.decide(asked);
    expect(told(out)).toBe('click button Cancel');
    journey.did(out, asked);
    expect((await journey.decide(list)).kind).toBe('step-done');
  });

  it('"do not confirm it" leaves it asked', async () => {
    const journey = walk(createBuiltin(), step('Begin to delete the talk "WebGPU in practice" but do not confirm it'));
    const begun = await journey.decide(list);
    journey.did(begun, list, { added: ['dialog "Delete this talk?"'] });
    expect((await journey.decide(asked)).kind).toBe('step-done');
  });

  it('a dialog of the browser is answered with no', async () => {
    const journey = walk(createBuiltin(), step('Start deleting the talk "WebGPU in practice" but cancel'));
    const begun = await journey.decide(list);
    journey.did(begun, list);
    const question = page({ path: '/talks', controls: [], nativeDialog: { type: 'confirm', message: 'Are you sure?' } });
    const answer = await journey.decide(question);
    expect(answer).toMatchObject({ action: { kind: 'dialog', accept: false } });
    journey.did(answer, question);
    expect((await journey.decide(list)).kind).toBe('step-done');
  });

  it('booked and then cancelled is both', async () => {
    const journey = walk(createBuiltin(), step('Delete the talk "WebGPU in practice"'));
    const begun = await journey.decide(list);
    journey.did(begun, list, { added: ['dialog "Delete this talk?"'] });
    expect(told(await journey.decide(asked))).toBe('click button Delete');
  });
});

describe('no more is done away with than the sentence names', () => {
  it('what is taken off something is not deleted where it is at home', async () => {
    const talk = page({
      path: '/talks/10',
      headings: ['The joy of small tools'],
      controls: [control('button', 'Delete'), control('link', 'Schedule', { href: '/schedule' })],
    });
    expect(await first('Take "The joy of small tools" off the schedule', talk)).not.toContain('Delete');
  });

  it('a part of a thing is not the thing', async () => {
    const unit = page({
      path: '/units/3/edit',
      headings: ['Change unit ET-103'],
      controls: [field('Code', 'ET-103'), save(), control('button', 'Delete')],
    });
    expect(await first('Take the balcony out of the amenities of "ET-103"', unit)).not.toContain('Delete');
  });

  it('a row that only mentions somebody is something else', async () => {
    const row = 'Rust for the impatient Tom Reyes Systems';
    const talks = page({
      path: '/talks',
      headings: ['Talks'],
      controls: [control('link', 'Speakers', { href: '/speakers' }), control('button', 'Delete', { context: { row } })],
    });
    expect(await first('Remove the speaker Tom Reyes', talks)).not.toContain('Delete');
  });

  it('removing from the list that is in sight is what its rows do', async () => {
    const row = 'Luis Prado luis@mail.test';
    const renters = page({ path: '/renters', headings: ['Tenants'], controls: [control('button', 'Delete', { context: { row } })] });
    expect(await first('Remove Luis Prado from the tenants', renters)).toBe('click button Delete');
  });
});

describe('what stands beside is not pressed', () => {
  it('of two things in a dialog that is open already, the one that is not named stays', async () => {
    const dialog = (tags: string[]) =>
      page({
        path: '/talks',
        dialog: 'Edit talk',
        controls: [
          control('textbox', 'Title', { value: 'Rust' }),
          ...tags.map((tag) => control('button', `Remove ${tag}`)),
          control('button', 'Cancel'),
          control('button', 'Save changes'),
        ],
      });
    const journey = walk(createBuiltin(), step('Remove the tag logs and save'));
    const removed = await journey.decide(dialog(['logs', 'metrics']));
    expect(told(removed)).toBe('click button Remove logs');
    journey.did(removed, dialog(['logs', 'metrics']));
    expect(told(await journey.decide(dialog(['metrics'])))).toBe('click button Save changes');
  });

  it('what sends something else starts no search', async () => {
    const talks = (value: string) =>
      page({
        path: '/talks',
        headings: ['Talks'],
        controls: [
          control('button', 'Submit a talk', { path: 'main/button' }),
          control('searchbox', 'Search talks', { value, inputType: 'search', path: 'main/input' }),
          control('combobox', 'Status All', { value: 'All', popup: 'listbox', expanded: false, path: 'main/div' }),
        ],
      });
    const journey = walk(createBuiltin(), step('Search for "colour"'));
    const typed = await journey.decide(talks(''));
    journey.did(typed, talks(''));
    expect(told(await journey.decide(talks('colour')))).not.toContain('Submit a talk');
  });
});

describe('what a field of another name holds is not written over', () => {
  const dialog = page({ path: '/talks', dialog: 'Edit talk', controls: [field('Title', 'Queues that never sleep'), save('Save changes')] });
  it.each([
    'Change the status of "Queues that never sleep" to Waitlisted',
    'Assign "Queues that never sleep" to Room A',
    'Put the talk "Queues that never sleep" under review',
  ])('%s', async (sentence) => {
    expect(await first(sentence, dialog)).not.toContain('fill');
  });

  it('a new name is', async () => {
    expect(await first('Rename the talk "Queues that never sleep" to "Queues that rest"', dialog)).toBe(
      'fill textbox Title = Queues that rest',
    );
  });

  it('a thing of one kind is not made with the form of another', async () => {
    const form = page({
      path: '/renters/new',
      headings: ['New tenant'],
      controls: [field('First name'), field('Last name'), save('Create Tenant')],
    });
    expect(await first('Add a unit "ET-700" in Elm Terrace', form)).not.toContain('fill');
  });
});

describe('each value goes where it is called to', () => {
  const person = page({
    path: '/renters/3/edit',
    headings: ['Editing tenant'],
    controls: [
      field('First name', 'Hana'),
      field('Last name', 'Kovac'),
      field('Phone', '0151-22'),
      ...['Email', 'Phone'].map((name) => control('radio', name, { checked: name === 'Email', form: 1, attrs: { name: 'contact' } })),
      save('Update Tenant'),
    ],
    texts: ['Hana Kovac'],
  });
  it('the last name is no last of several things', async () => {
    expect(await first('Change the last name to "Novak"', person)).toBe('fill textbox Last name = Novak');
  });

  it('a phone number is no name, and no answer to how one is reached', async () => {
    const journey = walk(createBuiltin(), step('Change the phone number to 0151-77'));
    const filled = await journey.decide(person);
    expect(told(filled)).toBe('fill textbox Phone = 0151-77');
    journey.did(filled, person);
    const after = {
      ...person,
      candidates: person.candidates.map((candidate) =>
        candidate.name === 'Phone' && candidate.role === 'textbox' ? { ...candidate, value: '0151-77' } : candidate,
      ),
    };
    expect(told(await journey.decide(after))).toBe('click button Update Tenant');
  });

  it('a list of several takes each of them', async () => {
    const form = (value: string) =>
      page({
        path: '/units/new',
        headings: ['Add unit'],
        controls: [
          control('textbox', 'Code', { value: 'MC-900', form: 1 }),
          control('listbox', 'Amenities', { options: ['Balcony', 'Lift', 'Garden'], value, form: 1 }),
          save('Save and add another'),
          save(),
        ],
      });
    const journey = walk(createBuiltin(), step('Add a unit with the code "MC-900" and with the amenities Lift and Garden'));
    const lift = await journey.decide(form(''));
    expect(lift).toMatchObject({ action: { kind: 'select', option: { text: 'Lift' } } });
    journey.did(lift, form(''));
    const garden = await journey.decide(form('Lift'));
    expect(garden).toMatchObject({ action: { kind: 'select', option: { text: 'Garden' } } });
    journey.did(garden, form('Lift'));
    expect(told(await journey.decide(form('Lift, Garden')))).toBe('click button Save');
  });

  it('what is extended ends later', async () => {
    const lease = page({
      path: '/leases/1/edit',
      headings: ['Change lease of Olga Brandt'],
      controls: ['Start date', 'End date']
        .map((name) => control('textbox', name, { value: '2027-01-31', inputType: 'date', form: 1 }))
        .concat(save()),
    });
    expect(await first("Extend Olga Brandt's lease to 30 June 2027", lease)).toBe('fill textbox End date = 2027-06-30');
  });

  it('what is ticked in the same form is ticked before that is sent', async () => {
    const form = (email: string, checked: boolean) =>
      page({
        path: '/login',
        headings: ['Log in'],
        controls: [
          control('textbox', 'Email', { value: email, inputType: 'email', form: 1 }),
          control('checkbox', 'Remember me', { checked, form: 1 }),
          save('Log in'),
        ],
      });
    const journey = walk(createBuiltin(), step('Log in as "ruth@brick.test" and tick "Remember me"'));
    const filled = await journey.decide(form('', false));
    journey.did(filled, form('', false));
    const ticked = await journey.decide(form('ruth@brick.test', false));
    expect(told(ticked)).toContain('Remember me');
    journey.did(ticked, form('ruth@brick.test', false));
    const sends = await journey.decide(form('ruth@brick.test', true));
    expect(told(sends)).toBe('click button Log in');
    journey.did(sends, form('ruth@brick.test', true), { navigated: true, requests: [sent('POST', '/login')] });
    expect((await journey.decide(page({ path: '/', headings: ['Home'], controls: [control('link', 'Units')] }))).kind).toBe('step-done');
  });

  it('a letter behind a name belongs to it', () => {
    expect(goalsOf(step('Assign "Rust" to Room A at 14:00')).flatMap(({ parts }) => parts.map(({ value }) => value.text))).toEqual([
      'Rust',
      '14:00',
      'Room A',
    ]);
  });
});
