import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { explainStep } from '../../../src/agents/explain.ts';
import { control, page, step, told, walk } from '../pages.ts';

const read = (sentence: string): string[] =>
  goalsOf(step(sentence)).map(({ kind, parts }) =>
    [
      kind,
      ...parts.map(({ role, value }) => `${role} ${value.text}${value.hints.length > 0 ? ` (${value.hints.join(' ')})` : ''}`).toSorted(),
    ].join(' | '),
  );
const first = async (sentence: string, on: ReturnType<typeof page>): Promise<string> =>
  told(await walk(createBuiltin(), step(sentence)).decide(on));

describe('what is changed in one sentence', () => {
  it.each([
    [
      'Change its priority to Urgent and its target version to "1.0 Launch"',
      ['do | typed 1.0 Launch (target vers) | typed Urgent (prioriti)'],
    ],
    [
      'Set the status to In Progress, the version to "2.1" and the priority to "High"',
      ['do | typed 2.1 (vers) | typed High (prioriti) | typed In Progress (status)'],
    ],
    ['Move the card "A" to To Do', ['do | entity A (card) | typed To Do (card)']],
    ['In Marketing, create the page "A"', ['do | either Marketing | typed A (pag)']],
  ])('has a value for each, in quotes or not: %s', (sentence, goals) => {
    expect(read(sentence)).toEqual(goals);
  });
});

describe('what is made', () => {
  it.each([
    ['Report a bug with the subject "Blank page"', 'do | typed Blank page (subject)'],
    ['File a complaint called "Too loud"', 'do | typed Too loud'],
    ['Open a new ticket with the subject "Blank page"', 'do | typed Blank page (subject)'],
    ['Report the comment "Buy now" as spam', 'do | entity Buy now (comment) | typed spam'],
    ['Open the project "Roadmap"', 'open | entity Roadmap (project)'],
  ])('is reported, filed or opened, where it is not there yet: %s', (sentence, goal) => {
    expect(read(sentence)).toEqual([goal]);
  });

  it('needs no control of that very word', () => {
    expect(explainStep(step('Report a bug with the subject "Blank page"')).warnings).toEqual([]);
    expect(explainStep(step('Report the comment "Buy now" as spam')).warnings).toHaveLength(1);
  });

  it('is what "it" means afterwards, and not where it was made', () => {
    expect(read('Create the issue "Blank page" in the project "Shop" and assign it to Kim Larsen')[1]).toBe(
      'do | entity Blank page (issu) | typed Kim Larsen',
    );
  });

  it('is made in what stands before its kind, with all its capitals', () => {
    expect(read('Create the page "A" in the Mobile App project')).toEqual(['do | either Mobile App (project) | typed A (pag)']);
    expect(read('Rename the page "A" in the Mobile App project to "B"')).toEqual([
      'do | entity A (pag) | entity Mobile App (project) | typed B (pag)',
    ]);
  });
});

describe('hours', () => {
  it('may be halves, and are of something', () => {
    expect(read('Log 2.5 hours of design on the task "Menu"')).toEqual(['do | either Menu (task) | either design | typed 2.5 hours']);
  });

  const sheet = (value: string) =>
    page({
      path: '/time/new',
      headings: ['Log time'],
      controls: [
        control('textbox', 'Day', { form: 1, value: '' }),
        control('textbox', 'Hours *', { form: 1, value }),
        control('combobox', 'Activity', { form: 1, value: 'Choose …', options: ['Choose …', 'Design', 'Testing'] }),
        control('button', 'Create', { form: 1, attrs: { type: 'submit' } }),
      ],
    });

  it.each([
    ['Log 2.5 hours of design', 'fill textbox Hours * = 2.5'],
    ['Log three hours of design', 'fill textbox Hours * = 3'],
  ])('are written as a number where a field asks for them: %s', async (sentence, line) => {
    expect(await first(sentence, sheet(''))).toBe(line);
    expect(await first(sentence, sheet(line.split('= ')[1]!))).toBe('select combobox Activity = design');
  });
});

it('who marks something as blocked has not done with it', async () => {
  const task = page({
    path: '/tasks/7',
    title: 'Menu',
    headings: ['Menu'],
    controls: [control('button', 'Mark as done'), control('button', 'Complete'), control('link', 'Edit', { href: '/tasks/7/edit' })],
  });
  expect(await first('Mark the task "Menu" as done', task)).toBe('click button Mark as done');
  expect(await first('Mark the task "Menu" as blocked', task)).not.toMatch(/button/);
});

it('what is said goes into the text that a form cannot do without', async () => {
  const paper = page({
    path: '/news/new',
    headings: ['Add news'],
    controls: [
      control('textbox', 'Title *', { form: 1, value: 'We are open' }),
      control('textbox', 'Summary', { form: 1, value: '' }),
      control('textbox', 'Description *', { form: 1, value: '' }),
      control('button', 'Create', { form: 1, attrs: { type: 'submit' } }),
    ],
  });
  for (const { name, print } of paper.candidates) if (/^(?:Summary|Description)/.test(name)) print.tag = 'textarea';
  expect(await first('Publish news titled "We are open" saying "Come and see."', paper)).toBe('fill textbox Description * = Come and see.');
});

describe('"New issue" says what is made, though "issue" is a verb, too', () => {
  const board = page({
    path: '/shop/issues',
    title: 'Issues - Shop',
    headings: ['Shop', 'Issues'],
    controls: [
      control('link', 'Releases', { href: '/shop/releases' }),
      control('link', 'New issue', { href: '/shop/issues/new' }),
      control('link', 'New note', { href: '/shop/notes/new' }),
    ],
  });
  it.each([
    ['Create the issue "Blank page" in the project "Shop"', 'click link New issue'],
    ['Report a bug with the subject "Blank page" in the project "Shop"', 'click link New issue'],
    ['Create the release "2.0"', 'click link Releases'],
  ])('%s', async (sentence, line) => {
    expect(await first(sentence, board)).toBe(line);
  });

  it('nor is its form filled in for something else', async () => {
    const form = page({
      path: '/shop/issues/new',
      headings: ['New issue'],
      controls: [
        control('link', 'Releases', { href: '/shop/releases' }),
        control('textbox', 'Subject', { form: 1, value: '', context: { heading: 'New issue' } }),
        control('button', 'Create', { form: 1, attrs: { type: 'submit' }, context: { heading: 'New issue' } }),
      ],
    });
    expect(await first('Create the release "Summer"', form)).toBe('click link Releases');
    expect(await first('Report a bug with the subject "Blank page"', form)).toBe('fill textbox Subject = Blank page');
  });
});

it('a title with a kind and a number is about what stands behind them', async () => {
  const bug = page({
    path: '/issues/5',
    title: 'Defect #5: Slow search - Shop',
    controls: [control('link', 'Home', { href: '/' }), control('link', 'Edit', { href: '/issues/5/edit' })],
  });
  expect(await first('Change the status of the bug "Slow search" to Closed', bug)).toBe('click link Edit');
});

it('what is opened after a search is what was looked for', () => {
  expect(read('Search for "Slow search" and open the issue')).toEqual(['search | typed Slow search', 'open | entity Slow search (found)']);
  expect(read('Search for "Mug" and open the cart')).toEqual(['search | typed Mug', 'open']);
});

it('a password goes into the field called confirmation, too', async () => {
  const account = (password: string) =>
    page({
      path: '/users/new',
      headings: ['New user'],
      controls: [
        control('textbox', 'Login *', { form: 1, value: 'nwest' }),
        control('textbox', 'Password *', { form: 1, inputType: 'password', value: password }),
        control('textbox', 'Confirmation *', { form: 1, inputType: 'password', value: '' }),
        control('button', 'Create', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
  const journey = walk(createBuiltin(), step('Create a user with the login "nwest" and the password ${secret:PW}'));
  const typed = await journey.decide(account(''));
  expect(told(typed)).toBe('fill textbox Password * = ${secret:PW}');
  journey.did(typed, account(''));
  expect(told(await journey.decide(account('••••')))).toBe('fill textbox Confirmation * = ${secret:PW}');
});

it('who signs in is told in a field called Login', async () => {
  const door = page({
    path: '/login',
    controls: [
      control('textbox', 'Login', { form: 1, value: '' }),
      control('textbox', 'Password Lost password', { form: 1, inputType: 'password', value: '' }),
      control('button', 'Login', { form: 1, attrs: { type: 'submit' } }),
    ],
  });
  expect(await first('Sign in as "ada" with the password ${secret:PW}', door)).toBe('fill textbox Login = ada');
});
